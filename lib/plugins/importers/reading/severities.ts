import type { Severity } from "@/lib/domain/finding/words";

/** The qualitative scale of CVSS v3.1, section 5: lowest score of each band. */
const BANDS: readonly (readonly [number, Severity])[] = [
  [9, "critical"],
  [7, "high"],
  [4, "medium"],
  [0.1, "low"],
];

/** Words that scanners use, in lower case. */
const WORDS: ReadonlyMap<string, Severity> = new Map([
  ["critical", "critical"],
  ["severe", "critical"],
  ["high", "high"],
  ["important", "high"],
  ["error", "high"],
  ["medium", "medium"],
  ["moderate", "medium"],
  ["warning", "medium"],
  ["low", "low"],
  ["minor", "low"],
  ["note", "low"],
  ["info", "info"],
  ["informational", "info"],
  ["negligible", "info"],
  ["none", "info"],
]);

/** Band of a score from 0 to 10; null outside of that. */
export function severityOfScore(score: number | null): Severity | null {
  if (score === null || score < 0 || score > 10) return null;
  return BANDS.find(([from]) => score >= from)?.[1] ?? "info";
}

/** What a scanner's word means; null for a word that is not known. */
export function severityOfWord(word: string | null): Severity | null {
  return word === null ? null : (WORDS.get(word.trim().toLowerCase()) ?? null);
}
