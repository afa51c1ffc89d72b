import { z } from "zod";
import { CLOSE_REASONS, GOVERNANCE_STATUSES, SEVERITIES, type CloseReason, type Governance, type Severity } from "@/lib/domain/finding/words";
import { scanCounts, COUNT_NAMES, type ScanCounts } from "@/lib/domain/scan/counts";

/** The kinds of rows behind a preview's counts, in the order in which they are shown. */
export const PREVIEW_KINDS = ["new", "refound", "regressed", "unseen", "carry", "preserved", "persisting", "moved", "unread", "suppressed", "duplicate", "rejected"] as const;
export type PreviewKind = (typeof PREVIEW_KINDS)[number];

/** Of each kind so many rows are kept; the count tells how many there were. */
export const ROWS_KEPT = 1_000;

const n = z.number().int();
const text = z.string().nullable().default(null);
const moment = z.coerce.date().nullable().default(null);
const none = n.default(0);

/** What the reasons are made of: facts of one row, as the delta has them. What a kind does not need is left out. */
export const rowFacts = z.object({
  kind: z.enum(PREVIEW_KINDS),
  position: n,
  findingId: n.nullable().default(null),
  asset: text,
  severity: z.enum(SEVERITIES).nullable().default(null),
  title: z.string(),
  location: z.string(),
  detector: text,
  rule: text,
  /** The scanner's severity so far and now, where it changes. */
  was: z.enum(SEVERITIES).nullable().default(null),
  becomes: z.enum(SEVERITIES).nullable().default(null),
  change: z.enum(["new", "opened", "refound", "regressed", "unseen", "history", "closed"]).nullable().default(null),
  lastSeen: moment,
  /** How many results its check has on this asset, and in the whole report; and how many the report has on its asset. */
  here: none,
  anywhere: none,
  onAsset: none,
  /** The scan declared that it looked for this finding. */
  declared: z.boolean().default(false),
  governance: z.enum(GOVERNANCE_STATUSES).nullable().default(null),
  reason: z.enum(CLOSE_REASONS).nullable().default(null),
  until: moment,
  decidedAt: moment,
  decidedBy: text,
  /** Where in the report it stands. */
  place: text,
  /** The result of the report that stands for this one: which one, and where. */
  twin: n.nullable().default(null),
  twinPlace: text,
  /** Where it was before its file moved. */
  from: text,
  /** Where the new finding is that looks like it, and in what. */
  to: text,
  alike: text,
});
export type RowFacts = z.output<typeof rowFacts>;

/** A row as it is kept. */
export type PreviewLine = {
  kind: PreviewKind; position: number; findingId: number | null; asset: string | null; severity: Severity | null; title: string; location: string; why: string;
};

const day = (at: Date | null) => at?.toISOString().slice(0, 10) ?? "an unknown day";

const DECISION_WORDS: Record<Governance, string> = {
  open: "Open", reopened: "Reopened", in_progress: "Under investigation", false_positive: "False positive", accepted_risk: "Risk accepted", resolved: "Resolved",
};

const REASON_WORDS: Record<CloseReason, string> = {
  patched: "patched", false_positive: "a false positive", risk_accepted: "an accepted risk", vendor_notified: "waiting for the vendor", mitigated: "mitigated",
  duplicate: "a duplicate", decommissioned: "decommissioned",
};

function resolvedWords({ reason, decidedBy, decidedAt }: RowFacts): string {
  return `Resolved${reason === null ? "" : ` as ${REASON_WORDS[reason]}`}${decidedBy === null ? "" : ` by ${decidedBy}`} on ${day(decidedAt)}`;
}

function unseenWords({ declared, here, anywhere, onAsset, rule }: RowFacts): string {
  if (declared) return "The scan looked for this one and does not see it.";
  if (onAsset === 0) return "The report lists this asset and names nothing on it.";
  if (here > 0) return `Its check ran and found ${here === 1 ? "1 other" : `${here} others`} here; this one is gone.`;
  if (anywhere > 0) return `Its check found nothing on this asset, and ${anywhere === 1 ? "1 result" : `${anywhere} results`} on others.`;
  return `Its check${rule === null ? "" : ` (${rule})`} found nothing at all this time.`;
}

function preservedWords(facts: RowFacts): string {
  const { governance, decidedAt, decidedBy, until, reason } = facts;
  const by = decidedBy === null ? "" : `, by ${decidedBy}`;
  const end = governance === "accepted_risk" && until !== null ? `, until ${day(until)}` : "";
  const as = governance === "resolved" && reason !== null ? ` as ${REASON_WORDS[reason]}` : "";
  return `${DECISION_WORDS[governance ?? "open"]}${as} since ${day(decidedAt)}${by}${end}: stays.`;
}

function carryWords({ to, alike, governance, decidedAt, decidedBy, reason }: RowFacts): string {
  const isDecided = governance !== null && governance !== "open" && governance !== "reopened";
  const as = governance === "resolved" && reason !== null ? ` as ${REASON_WORDS[reason]}` : "";
  const stands = isDecided ? `${DECISION_WORDS[governance]}${as} since ${day(decidedAt)}${decidedBy === null ? "" : `, by ${decidedBy}`}` : "Assigned, tagged or calibrated";
  return `${stands}. A new finding at ${to ?? "another place"} looks like it: ${(alike ?? "").charAt(0).toLowerCase()}${(alike ?? "").slice(1)}`;
}

function persistingWords({ change, was, becomes, lastSeen }: RowFacts): string {
  if (change === "history") return "This scan is older than the newest look: it fills history and changes no status.";
  const words = change === "opened" ? "Was new until now and is still there" : `Was detected before (last on ${day(lastSeen)}) and is still there`;
  return was === null || becomes === null || was === becomes ? `${words}.` : `${words}; the scanner calls it ${becomes} now, no longer ${was}.`;
}

/** The vocabulary: why a row is what it is, one plain sentence for each kind. */
export const WHY: Record<PreviewKind, (facts: RowFacts) => string> = {
  new: ({ change, detector, rule }) => `${detector ?? "The detector"} reports it for the first time (${rule ?? "no check named"})${
    change === "closed" ? "; the newest look did not see it, so it arrives as not detected." : "."}`,
  refound: ({ lastSeen }) => `Was not detected since ${day(lastSeen)} and is seen again.`,
  regressed: (facts) => `${resolvedWords(facts)}: seen again.`,
  unseen: unseenWords,
  carry: carryWords,
  preserved: preservedWords,
  persisting: persistingWords,
  moved: ({ from, location }) => `Known again by all but its place: it was at ${from ?? "another"}, and is at ${location} now.`,
  unread: () => "Its file could not be read by the tool: it stays as it was.",
  suppressed: () => "The report itself suppresses it.",
  duplicate: ({ twin, twinPlace }) => `The same weakness as ${twinPlace === null ? `result ${twin ?? "?"} of this report` : `the one at ${twinPlace}`}.`,
  rejected: () => "It could not be read.",
};

/** A row with its reason. */
export function lineOf(facts: RowFacts): PreviewLine {
  const { kind, position, findingId, asset, severity, title, location } = facts;
  const at = facts.place === null ? "" : ` In the report at ${facts.place}.`;
  return { kind, position, findingId, asset, severity, title, location, why: `${WHY[kind](facts)}${at}` };
}

/** Results that could not be read, as rows: where, and why not. */
export function rejectedLines(rejections: readonly { where: string; why: string }[]): PreviewLine[] {
  return rejections.slice(0, ROWS_KEPT).map(({ where, why }, at) => (
    { kind: "rejected", position: at + 1, findingId: null, asset: null, severity: null, title: "Could not be read", location: where, why }));
}

/** What is different from the preview before, and what happened in between: scans of the same scopes, decisions on their findings. */
export const previewMoved = z.object({
  /** The attempt that made the preview before. */
  since: n,
  counts: z.array(z.object({ name: z.enum(COUNT_NAMES), from: n, to: n })).max(COUNT_NAMES.length),
  scans: z.array(z.object({ scan: n, by: z.string(), at: z.coerce.date() })).max(20),
  decisions: z.object({ total: n, latest: z.array(z.object({ finding: n, to: z.enum(GOVERNANCE_STATUSES), by: z.string(), at: z.coerce.date() })).max(20) }),
});
export type PreviewMoved = z.output<typeof previewMoved>;

const whole = n.min(0);
const scopeSeen = z.object({ detector: z.string(), asset: z.string(), covers: z.boolean(), newest: z.boolean(), before: whole, live: whole, appeared: whole, refound: whole, vanishing: whole });
const detectorSeen = z.object({ detector: z.string(), takenAt: z.coerce.date(), failed: z.boolean(), assets: whole, covered: whole, isUnread: z.boolean().default(false), isSomePorts: z.boolean().default(false), rejected: whole.default(0) });

/** Of assets that are new, so many are named. */
export const NEW_ASSETS_KEPT = 200;

/** What stands beside the counts: results without an asset while nobody named one, assets that are new, and findings whose severity the scanner changes. */
export const previewFacts = z.object({
  unnamed: whole.default(0),
  newAssets: z.object({ total: whole, names: z.array(z.string()).max(NEW_ASSETS_KEPT) }).default({ total: 0, names: [] }),
  severities: z.object({ raised: whole, lowered: whole }).default({ raised: 0, lowered: 0 }),
});
export type PreviewFacts = z.output<typeof previewFacts>;

/**
 * What a scan looked at: each detector with how many assets, of how many it covers all, whether there were files that it could not read, and how many of its rows could not be read here; then the scopes on which most changes,
 * `before` and `live` being what is detected before and afterwards. At most `SCOPES_KEPT`. Earlier versions kept none.
 */
export const previewLooks = z.object({ detectors: z.array(detectorSeen).max(1_000).default([]), scopes: z.array(scopeSeen).max(1_000).default([]) });
export type PreviewLooks = z.output<typeof previewLooks>;
export const SCOPES_KEPT = 200;

/** The counts that differ, in their order. */
export function countsMoved(before: ScanCounts, after: ScanCounts): PreviewMoved["counts"] {
  return COUNT_NAMES.filter((name) => before[name] !== after[name]).map((name) => ({ name, from: before[name], to: after[name] }));
}

/** Counts as an earlier version kept them may lack a name. */
export const keptCounts = z.preprocess((kept) => ({ preserved: 0, statements: 0, ...z.record(z.string(), z.unknown()).catch({}).parse(kept) }), scanCounts);

/** What moved, in words for a refusal or a line of the screen. */
export function movedWords({ counts, scans, decisions }: Pick<PreviewMoved, "counts" | "scans" | "decisions">): string {
  const parts = [
    ...scans.map(({ scan, by }) => `scan ${scan} by ${by} was applied`),
    ...(decisions.total === 0 ? [] : [decisions.total === 1 ? "1 decision was taken" : `${decisions.total} decisions were taken`]),
    ...counts.map(({ name, from, to }) => `${name.replaceAll("_", " ")} ${from} became ${to}`),
  ];
  return parts.length === 0 ? "what it would change is no longer the same" : parts.join(", ");
}
