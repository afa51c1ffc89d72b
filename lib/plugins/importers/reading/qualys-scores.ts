import type { Severity } from "@/lib/domain/finding/words";
import type { Cvss } from "../contract";
import { cvss } from "./observed";

/** Qualys' five levels, of which 1 is "minimal". */
export const LEVELS: ReadonlyMap<string, Severity> = new Map([["1", "info"], ["2", "low"], ["3", "medium"], ["4", "high"], ["5", "critical"]]);

/** `9.3 (AV:N/AC:M/Au:N/C:C/I:C/A:C)`, or either of the two. */
export function scoreOf(text: string | null, version: string): Cvss | null {
  const [, digits] = /^\s*(\d{1,2}(?:\.\d{1,2})?)(?![\d:])/.exec(text ?? "") ?? [];
  const [bare] = /(?:CVSS:\d\.\d\/)?AV:[A-Z:/a-z]{5,150}/.exec(text ?? "") ?? [];
  const vector = bare !== undefined && version === "3.1" && bare.startsWith("AV:") ? `CVSS:3.0/${bare}` : bare;
  return cvss({ vector: vector ?? null, score: digits === undefined || Number(digits) === 0 ? null : Number(digits), version });
}
