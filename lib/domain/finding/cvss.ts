import calculator from "ae-cvss-calculator";

/** One metric: `AV:N`. */
const METRIC = /^([A-Za-z]{1,3}):([A-Za-z]{1,2})$/;
const PREFIX = /^CVSS:(3\.0|3\.1|4\.0)\//;

/** Base metrics that a vector of each version must hold, each once. */
const BASE = {
  "2.0": ["AV", "AC", "Au", "C", "I", "A"],
  "3.0": ["AV", "AC", "PR", "UI", "S", "C", "I", "A"],
  "3.1": ["AV", "AC", "PR", "UI", "S", "C", "I", "A"],
  "4.0": ["AV", "AC", "AT", "PR", "UI", "VC", "VI", "VA", "SC", "SI", "SA"],
} as const;

const isVersion = (version: string): version is keyof typeof BASE => Object.hasOwn(BASE, version);

/** Is this a whole vector by the grammar of its version: every metric once, no base metric missing? The calculator itself takes nearly anything. */
function isWhole(vector: string): boolean {
  const version = PREFIX.exec(vector)?.[1] ?? "2.0";
  if (!isVersion(version)) return false;
  const names = new Set<string>();
  for (const metric of vector.replace(PREFIX, "").split("/")) {
    const name = METRIC.exec(metric)?.[1];
    if (name === undefined || names.has(name)) return false;
    names.add(name);
  }
  return BASE[version].every((name) => names.has(name));
}

/**
 * The base score (0 to 10, one decimal) that a CVSS vector gives by the rules of its own version (2.0, 3.0, 3.1, 4.0).
 * Null when it is no whole vector. Threat, temporal and environmental metrics are not counted in: reports give base scores.
 */
export function baseScore(vector: string | null): number | null {
  if (vector === null || vector.length > 200 || !isWhole(vector)) return null;
  const scores = calculator.fromVector(vector)?.calculateScores();
  if (!scores) return null;
  const base = "baseMetricsOnly" in scores ? scores.baseMetricsOnly : scores.base;
  return typeof base === "number" && Number.isFinite(base) ? Math.round(base * 10) / 10 : null;
}

const KEPT = 10_000;

/** The same, each vector worked out once: a report repeats few of them many times, and version 4 costs a third of a millisecond. */
export function scoreBook(): (vector: string | null) => number | null {
  const known = new Map<string, number | null>();
  return (vector) => {
    if (vector === null) return null;
    const before = known.get(vector);
    if (before !== undefined) return before;
    const score = baseScore(vector);
    if (known.size < KEPT) known.set(vector, score);
    return score;
  };
}
