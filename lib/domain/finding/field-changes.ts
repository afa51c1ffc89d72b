import { CLOSE_REASON_LABELS, EVIDENCE_LABELS, GOVERNANCE_LABELS, ROUTE_LABELS, SEVERITY_LABELS, VERIFICATION_LABELS } from "@/lib/domain/finding/words";
import { stateNamed } from "@/lib/domain/module/table";

/** What somebody changed on a finding: from what to what, in words; null is nothing. */
export type FieldChange = { field: string; from: string | null; to: string | null };

type Words = (value: unknown, nameOf: (person: number) => string) => string | null;

function among(labels: Readonly<Record<string, string>>): Words {
  return (value) => (typeof value === "string" ? (labels[value] ?? value) : null);
}

const plain: Words = (value) => (typeof value === "string" && value !== "" ? value : null);
const day: Words = (value) => (typeof value === "string" ? value.slice(0, 10) : null);

/** The columns of a logged state that a reader of a difference wants to see, by their names there, in this order. */
const SHOWN: readonly { column: string; field: string; words: Words }[] = [
  { column: "governance_status", field: "Status", words: among(GOVERNANCE_LABELS) },
  { column: "close_reason", field: "Reason", words: among(CLOSE_REASON_LABELS) },
  { column: "accepted_until", field: "Accepted until", words: day },
  { column: "duplicate_of", field: "Duplicate of", words: (value) => (typeof value === "number" ? `F-${value}` : null) },
  { column: "follow_up_on", field: "Follow-up", words: day },
  { column: "re_review", field: "Re-review", words: plain },
  { column: "verification", field: "Verification", words: (value) => (value === "none" ? null : among(VERIFICATION_LABELS)(value, () => "")) },
  { column: "team_severity", field: "Severity", words: among(SEVERITY_LABELS) },
  { column: "assignee_id", field: "Assignee", words: (value, nameOf) => (typeof value === "number" ? nameOf(value) : null) },
  { column: "module_state", field: "State", words: (value) => (typeof value === "string" ? (stateNamed(value)?.state.label ?? value) : null) },
  { column: "route", field: "Route", words: among(ROUTE_LABELS) },
  { column: "tags", field: "Tags", words: (value) => (Array.isArray(value) && value.length > 0 ? value.join(", ") : null) },
];

function partsOf(logged: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof logged === "object" && logged !== null ? Object.entries(logged) : []);
}

/** What one entry of the log changed. `before` and `after` as it holds them: everything, or what differs. */
export function fieldChanges(before: unknown, after: unknown, nameOf: (person: number) => string): FieldChange[] {
  const [was, is] = [partsOf(before), partsOf(after)];
  const changed = SHOWN.filter(({ column }) => is.has(column)).map(({ column, field, words }) => ({ field, from: words(was.get(column), nameOf), to: words(is.get(column), nameOf) }));
  const proof = partsOf(is.get("evidence")).get("kind");
  const evidence = proof === undefined ? [] : [{ field: "Evidence", from: null, to: among(EVIDENCE_LABELS)(proof, nameOf) }];
  return [...changed.filter(({ from, to }) => from !== to), ...evidence];
}

/** The changes of one action as one: each field from what it was at first to what it is at last. */
export function foldChanges(changes: readonly FieldChange[]): FieldChange[] {
  const folded = new Map<string, FieldChange>();
  for (const change of changes) {
    const first = folded.get(change.field) ?? change;
    folded.set(change.field, { ...change, from: first.from });
  }
  return [...folded.values()].filter(({ from, to }) => from !== to);
}

/** The people whose names an entry needs. */
export function peopleIn(before: unknown, after: unknown): number[] {
  return [before, after].flatMap((logged) => partsOf(logged).get("assignee_id")).filter((id) => typeof id === "number");
}
