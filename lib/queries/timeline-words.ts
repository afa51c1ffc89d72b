import { z } from "zod";
import type { StoredEvent } from "@/lib/db/sql/event-row";
import type { Place } from "@/lib/db/sql/finding-trail";
import { AUDIT_ACTIONS, isAuditAction } from "@/lib/domain/audit/actions";
import { stateNamed } from "@/lib/domain/module/table";
import { CLOSE_REASON_LABELS, CLOSE_REASONS, reasonLabel, ROUTE_LABELS, ROUTES, SEVERITIES, SEVERITY_LABELS, VERIFICATION_LABELS, VERIFICATIONS } from "@/lib/domain/finding/words";
import type { TimelineEntry } from "@/lib/domain/views/finding";
import { madeWords, TICKET_COLUMNS, TICKET_HEADLINES } from "@/lib/queries/ticket-words";

/** What an action did, said after the actor's name. The first that one of the action's events carries. */
const HEADLINES: readonly (readonly [action: string, words: string])[] = [
  ["finding.reverted", "took a decision back"],
  ["finding.regressed", "reopened it: a later scan contradicts the resolution"],
  ["finding.expired", "ended the acceptance: it has expired"],
  ...TICKET_HEADLINES,
  ["finding.legacy_folded", "took over the old status"],
  ["finding.carried", "carried a decision over"],
  ["suggestion.applied", "applied a suggestion"],
  ["suggestion.ignored", "ignored a suggestion"],
  ["acceptance.approved", "approved the acceptance"],
  ["acceptance.refused", "refused the acceptance"],
  ["finding.amended", "amended the decision"],
  ["finding.acknowledged", "recorded the disposition"],
  ["finding.transitioned", "changed the status"],
  ["finding.claimed", "named the next scan as its proof"],
  ["finding.verified", "verified the fix"],
  ["finding.verification_failed", "found that the fix did not hold"],
  ["finding.re_review_flagged", "flagged it for re-review"],
  ["finding.re_review_cleared", "kept the decision"],
  ["finding.severity_calibrated", "calibrated the severity"],
  ["finding.assigned", "changed the assignment"],
  ["finding.tagged", "changed the tags"],
  ["finding.state_set", "said how it stands in its module"],
  ["finding.routed", "routed it"],
  ["finding.shared", "shared it"],
  ["finding.evidence_added", "attached evidence"],
  ["acceptance.requested", "asked for an acceptance"],
  ["acceptance.warned", "announced the expiry"],
  ["finding.moved", "knows it again after a move"],
  ["finding.entered_kev", "says that it is known to be exploited"],
  ["finding.left_kev", "no longer says that it is known to be exploited"],
  ["carry.dismissed", "said that it is another finding"],
];

/** The action in words. Takes the events of one action on one finding. */
export function headlineOf(events: readonly StoredEvent[]): { action: string; headline: string } {
  const found = HEADLINES.find(([action]) => events.some((event) => event.action === action));
  if (found) return { action: found[0], headline: `${found[1].replace("{ticket}", ticketsIn(events, found[0]))}${found[0] === "ticket.created" ? madeWords(events.find(({ action }) => action === found[0])?.after) : ""}` };
  const action = events[0]?.action ?? "";
  return { action, headline: (isAuditAction(action) ? AUDIT_ACTIONS[action].label : action).toLowerCase() };
}

function ticketsIn(events: readonly StoredEvent[], action: string): string {
  return [...new Set(events.flatMap((event) => (event.action === action && event.record_number !== null ? `T-${event.record_number}` : [])))].join(", ");
}

const CHANGE_WORDS = {
  new: (scan: number) => `scan ${scan} found it for the first time`,
  opened: (scan: number) => `scan ${scan} still sees it`,
  refound: (scan: number) => `scan ${scan} sees it again`,
  regressed: (scan: number) => `scan ${scan} contradicts its resolution`,
  unseen: (scan: number) => `scan ${scan} no longer sees it`,
  history: (scan: number) => `scan ${scan}, an older one, had seen it`,
} as const;

export function changeWords({ kind, scan }: Place): string {
  return CHANGE_WORDS[kind ?? "history"](scan ?? 0);
}

const texts = z.record(z.string(), z.unknown()).catch({});
const oneOf = <T extends string>(values: readonly T[], labels: Readonly<Record<T, string>>) => (value: unknown): string | null => {
  const known = values.find((each) => each === value);
  return known === undefined ? null : labels[known];
};
const plain = (value: unknown): string | null => (typeof value === "string" || typeof value === "number" ? String(value) : null);
const day = (value: unknown): string | null => (typeof value === "string" ? value.slice(0, 10) : null);

type Say = (value: unknown, names: ReadonlyMap<number, string>) => string | null;

/** Columns of the log that a person wants to read, with their names and how their values are said. */
const COLUMNS: readonly (readonly [column: string, label: string, say: Say])[] = [
  ["location", "Location", plain],
  ["kev", "Known to be exploited", (value) => (typeof value === "boolean" ? (value ? "yes" : "no") : null)],
  ["carried_from", "Carried over from", (value) => (typeof value === "number" ? `F-${value}` : null)],
  ["author", "Stated by", plain],
  ["not_the_same_as", "Not the same as", (value) => (typeof value === "number" ? `F-${value}` : null)],
  ["close_reason", "Reason", oneOf(CLOSE_REASONS, CLOSE_REASON_LABELS)],
  ["accepted_until", "Accepted until", day],
  ["requested_by", "Asked for by", plain],
  ["requested_until", "Asked for until", day],
  ["duplicate_of", "Duplicate of", (value) => (typeof value === "number" ? `F-${value}` : null)],
  ["follow_up_on", "Follow-up on", day],
  ["re_review", "Re-review", plain],
  ["verification", "Verification", oneOf(VERIFICATIONS, VERIFICATION_LABELS)],
  ["team_severity", "Team severity", oneOf(SEVERITIES, SEVERITY_LABELS)],
  ["assignee_id", "Assignee", (value, names) => (typeof value === "number" ? (names.get(value) ?? `person ${value}`) : null)],
  ["shared_with", "Shared with", (value) => (Array.isArray(value) ? value.join(", ") : null)],
  ["module_state", "State", (value) => (typeof value === "string" ? (stateNamed(value)?.state.label ?? value) : null)],
  ["route", "Route", oneOf(ROUTES, ROUTE_LABELS)],
  ["tags", "Tags", (value) => (Array.isArray(value) && value.length > 0 ? value.join(", ") : null)],
  ...TICKET_COLUMNS,
];

/** What an action changed, field by field: the state before its first event against what its events left. */
export function changesOf(events: readonly StoredEvent[], names: ReadonlyMap<number, string>): TimelineEntry["changes"] {
  const before = texts.parse(events[0]?.before);
  const isNew = events.some(({ action }) => action === "ticket.created");
  const after: Record<string, unknown> = Object.assign({}, ...events.map((event) => texts.parse(event.after)));
  return COLUMNS.flatMap(([column, field, say]) => {
    if (!(column in after) || (column === "assignee" && "assignee_id" in after)) return []; // an assignment names whom it means by id and by name
    if (column === "findings" && !("findings" in before) && !isNew) return []; // said beside what happened: they are the same as before
    const change = { field, before: say(before[column], names), after: say(after[column], names) };
    return change.before === change.after ? [] : [change];
  });
}

/** Ids of people that the events name. */
export function peopleIn(events: readonly StoredEvent[]): number[] {
  const ids = events.flatMap(({ before, after }) => [texts.parse(before).assignee_id, texts.parse(after).assignee_id]);
  return [...new Set(ids.filter((id) => typeof id === "number"))];
}

const proof = z.object({ evidence: z.object({ kind: z.string(), reference: z.string().nullish(), approver: z.string().nullish(), file: z.number().nullish() }) });

/** The evidence that an action attached, in one line. */
export function evidenceIn(events: readonly StoredEvent[]): string | null {
  const proofs = events.flatMap(({ after }) => proof.safeParse(after).data?.evidence ?? []);
  return proofs.map(({ kind, reference, approver }) => [kind, reference, approver && `attested by ${approver}`].filter(Boolean).join(" ")).join("; ") || null;
}

/** Ids of the files that the events attached. */
export function filesIn(events: readonly StoredEvent[]): number[] {
  return events.flatMap(({ after }) => proof.safeParse(after).data?.evidence.file ?? []);
}

const old = z.object({ decided_by: z.string().nullish(), close_reason: z.string().nullish(), note: z.string().nullish(), decided_at: z.string().nullish() });

/** The decision that a sighting contradicts, kept in plain view. */
export function oldDecision(events: readonly StoredEvent[]): string | null {
  const found = events.find(({ action }) => action === "finding.regressed" || action === "finding.re_review_flagged");
  const { decided_by: by, close_reason: reason, note, decided_at: at } = old.safeParse(found?.before).data ?? {};
  if (!by) return null;
  return `Was resolved by ${by}${at ? ` on ${at.slice(0, 10)}` : ""}${reason ? ` as ${reasonLabel(reason).toLowerCase()}` : ""}${note ? `: ${note}` : "."}`;
}
