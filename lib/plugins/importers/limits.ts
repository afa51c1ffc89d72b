/**
 * How much of a report is taken. A file beyond `bytes`, `depth`, `elementBytes`, `results`, `parts` or `assets`
 * is refused whole; a text or a list beyond its size is cut, because a finding with half of a stack trace is
 * better than no finding.
 */
export type Limits = {
  /** Bytes of the unpacked report. */
  bytes: number;
  /** Nesting of JSON values and XML elements. */
  depth: number;
  /** Bytes of one result, rule table or other value that is held in memory at once. */
  elementBytes: number;
  /** Bytes of the rule and artifact tables of one run together. */
  tableBytes: number;
  results: number;
  parts: number;
  assets: number;
  /** Characters (UTF-16) of a name, a path, a title. */
  nameChars: number;
  titleChars: number;
  locationChars: number;
  /** Characters of description and remediation. */
  textChars: number;
  /** Characters of what the scanner saw. */
  observationChars: number;
  /** Entries of each list of a result: CVEs, references, tags. */
  listItems: number;
};

/** The limits in force unless the caller brings others. */
export const LIMITS: Limits = {
  bytes: 4 * 1024 ** 3,
  depth: 200,
  elementBytes: 8 * 1024 ** 2,
  tableBytes: 64 * 1024 ** 2,
  results: 5_000_000,
  parts: 1_000,
  assets: 500_000,
  nameChars: 300,
  titleChars: 500,
  locationChars: 2_000,
  textChars: 16_000,
  observationChars: 64_000,
  listItems: 100,
};
