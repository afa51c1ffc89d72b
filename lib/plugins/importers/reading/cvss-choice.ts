import type { Cvss } from "../contract";

/** Versions in the order in which one is taken: v3 before v4 before v2, as the scanners themselves do. */
const ORDER = ["3.1", "3.0", "4.0", "2.0"];

const rank = (version: string): number => (ORDER.includes(version) ? ORDER.indexOf(version) : ORDER.length);

/** The score that speaks for a result out of several: by version, then by the report's order. */
export const firstCvss = (all: readonly (Cvss | null)[]): Cvss | null =>
  all.reduce((best, one) => (one !== null && (best === null || rank(one.version) < rank(best.version)) ? one : best), null);
