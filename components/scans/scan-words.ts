import type { ScanCounts } from "@/lib/domain/scan/counts";
import type { PreviewKind } from "@/lib/domain/scan/preview";
import type { ScanChange } from "@/lib/domain/views/alerts";
import type { ScanStatus } from "@/lib/domain/scan/words";

export const RUNNING: readonly ScanStatus[] = ["queued", "parsing", "applying"];

/** What a scan did to findings, each kind a link to them. */
export const CHANGE_KINDS = [
  { key: "new", label: "new", means: "seen for the first time" },
  { key: "persisting", label: "persisting", means: "seen before and still there" },
  { key: "refound", label: "re-found", means: "was gone, is detected again" },
  { key: "regressed", label: "regressed", means: "was resolved, reopened by this sighting" },
  { key: "unseen", label: "no longer seen", means: "covered by this scan and not detected; the response stays" },
  { key: "suppressed", label: "suppressed", means: "the report itself says suppressed" },
] as const satisfies readonly { key: ScanChange; label: string; means: string }[];

export const OTHER_COUNTS = [
  { key: "observed", label: "results in the report" },
  { key: "duplicates_in_report", label: "duplicates in the report" },
  { key: "rejected", label: "rejected" },
] as const satisfies readonly { key: keyof ScanCounts; label: string }[];

/**
 * The counts of a preview in their order, each with the kind of rows behind it; `change`: as the queue's filter calls them,
 * `aside`: what the report itself is like.
 */
export const PREVIEW_COUNTS = [
  { kind: "new", aside: false, count: "new", label: "new", means: "Seen for the first time: they come to Needs Review.", change: "new" },
  { kind: "persisting", aside: false, count: "persisting", label: "persisting", means: "Seen before and still there.", change: "persisting" },
  { kind: "refound", aside: false, count: "refound", label: "re-found", means: "Were not detected, and are seen again.", change: "refound" },
  { kind: "regressed", aside: false, count: "regressed", label: "regressed", means: "Were resolved: the sighting contradicts that.", change: "regressed" },
  { kind: "unseen", aside: false, count: "unseen", label: "no longer seen", means: "Covered by this scan and not in it. What people decided stays.", change: "unseen" },
  { kind: "preserved", aside: false, count: "preserved", label: "decisions preserved", one: "decision preserved", means: "Seen again, with a decision that stays.", change: null },
  { kind: "carry", aside: true, count: null, label: "decisions to carry over", one: "decision to carry over", means: "Decided findings that are gone, or not in a report that cannot prove its end, and look like new ones: their decisions are proposed for carrying over.", change: null },
  { kind: "moved", aside: true, count: null, label: "moved", means: "Known again by all but their place: the file was moved.", change: null },
  { kind: "unread", aside: true, count: null, label: "not read", means: "Their file could not be read by the tool: they stay as they were.", change: null },
  { kind: "suppressed", aside: true, count: "suppressed", label: "suppressed by the report", means: "The report itself sets them aside.", change: "suppressed" },
  { kind: "duplicate", aside: true, count: "duplicates_in_report", label: "duplicates", one: "duplicate", means: "The report names the same weakness more than once.", change: null },
  { kind: "rejected", aside: true, count: "rejected", label: "rejected", means: "Could not be read: each with its place and why.", change: null },
] as const satisfies readonly { kind: PreviewKind; aside: boolean; count: keyof ScanCounts | null; label: string; one?: string; means: string; change: ScanChange | null }[];

export type PreviewCount = (typeof PREVIEW_COUNTS)[number];

/** The label as it stands beside its number. */
export function labelFor(of: PreviewCount, count: number): string {
  return count === 1 && "one" in of ? of.one : of.label;
}

/** "1 finding", "1,204 findings". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** What applying a preview does to people's queues, in sentences; one that says nothing is left out. */
export function willDo({ new: fresh, refound, regressed, unseen, preserved, statements, observed }: ScanCounts): string[] {
  const said = [
    fresh > 0 ? `${counted(fresh, "new finding")} ${fresh === 1 ? "comes" : "come"} to Needs Review.` : "",
    regressed > 0 ? `${counted(regressed, "resolved finding")} ${regressed === 1 ? "is" : "are"} reopened.` : "",
    refound > regressed ? `${counted(refound - regressed, "finding")} ${refound - regressed === 1 ? "is" : "are"} detected again.` : "",
    unseen > 0 ? `${counted(unseen, "finding")} ${unseen === 1 ? "becomes" : "become"} “not detected”; their responses stay.` : "",
    preserved > 0 ? `${counted(preserved, "decision")} ${preserved === 1 ? "stays" : "stay"} as ${preserved === 1 ? "it is" : "they are"}.` : "",
    statements > 0 ? `${counted(statements, "statement")} ${statements === 1 ? "is" : "are"} compared with the findings: each finding that one meets gets a suggestion, never a decision.` : "",
  ].filter((sentence) => sentence !== "");
  if (said.length > 0) return said;
  return [observed === 0 ? "The report holds no result: nothing would change." : "Everything in it is known already: only the times of the last look move on."];
}
