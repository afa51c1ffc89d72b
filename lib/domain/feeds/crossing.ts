/** A finding that the KEV catalogue names from now on, or no longer; `cve` is the entry of the catalogue that it meets. */
export type Crossing = { id: number; number: number; kev: boolean; cve: string | null; name: string | null; addedOn: Date | null };

/** Why a finding leaves the catalogue: another edition, or a report that gives it other CVE numbers. */
export const LEAVES = { edition: "The catalogue in force no longer names it.", report: "The report gives it other CVE numbers: the catalogue names none of them." } as const;

/** The entry of the log: no decision, so it moves no version. */
export function crossingEntry({ id, number, kev, cve, name, addedOn }: Crossing, leaves: keyof typeof LEAVES) {
  return {
    action: kev ? "finding.entered_kev" : "finding.left_kev",
    record: { type: "finding", number },
    finding: { id, version: null, fields: [] },
    before: { kev: !kev },
    after: { kev },
    reason: kev ? `${cve ?? "It"} is known to be exploited${addedOn ? ` since ${addedOn.toISOString().slice(0, 10)}` : ""}: ${name ?? ""}`.slice(0, 500) : LEAVES[leaves],
    bySystem: true,
  } as const;
}
