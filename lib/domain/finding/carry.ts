import type { BulkAction } from "@/lib/domain/finding/bulk-action";
import { isContradictedBySighting } from "@/lib/domain/finding/close-reason";
import type { Decision } from "@/lib/domain/finding/decide";
import { MAX_NOTE } from "@/lib/domain/finding/input";
import type { FindingState } from "@/lib/domain/finding/state";
import { CLOSE_REASONS, GOVERNANCE_LABELS, type CloseReason, type Governance } from "@/lib/domain/finding/words";
import { ok, refuse, type Result } from "@/lib/domain/refusal";

/**
 * In what a finding that vanished and one that is new may be alike, the surest first, and how it is said. Both are of one asset
 * and one detector. A pair that is found by a line is out for the lines below it.
 */
export const LIKENESSES = {
  place: "The same rule at the same place.",
  text: "The same rule on the same text, in another file.",
  line: "The same rule at the same place, but for the line.",
  package: "The same CVE in the same package.",
  title: "The same title at the same place, under another rule.",
} as const;
export type Likeness = keyof typeof LIKENESSES;

const UNDECIDED: readonly Governance[] = ["open", "reopened"];

/** Resolutions that hold although the weakness is seen: the others say that it is gone, which a new sighting contradicts. */
export const HELD_REASONS: readonly CloseReason[] = CLOSE_REASONS.filter((reason) => !isContradictedBySighting(reason));

type Decided = Pick<FindingState, "number" | "governance" | "closeReason" | "acceptedUntil" | "duplicateOf" | "followUpOn">;

/** The decision that another finding would take over; null where none stands, or where the sighting contradicts it. */
function decisionOf(from: Decided): Decision | null {
  if (UNDECIDED.includes(from.governance)) return null;
  if (from.governance === "resolved" && isContradictedBySighting(from.closeReason)) return null;
  return {
    to: from.governance,
    reason: from.closeReason ?? undefined,
    note: undefined,
    expiresAt: from.acceptedUntil ?? undefined,
    duplicateOf: from.duplicateOf ?? undefined,
    followUpOn: from.followUpOn ?? undefined,
  };
}

/** "Carried over from F-123: what was said then." */
export function carriedNote(from: number, said: string | null): string {
  const text = said?.trim() ?? "";
  return (text === "" ? `Carried over from F-${from}.` : `Carried over from F-${from}: ${text}`).slice(0, MAX_NOTE);
}

/**
 * What carrying over does to the new finding: the decision through the ordinary table, assignee, tags and calibrated severity. What
 * people have given the new one themselves stays. `assignee` is the old one's, when they may still decide here. Refused as `conflict` when the
 * new one has been decided meanwhile, or when nothing can be carried any more.
 */
export function carriedOver(from: FindingState, to: FindingState, assignee: { id: number; name: string } | null, said: string | null): Result<BulkAction> {
  if (!UNDECIDED.includes(to.governance)) return refuse("conflict", `It has been decided meanwhile: ${GOVERNANCE_LABELS[to.governance]}.`);
  const note = carriedNote(from.number, said);
  const decision = decisionOf(from);
  const action: BulkAction = {
    severity: from.teamSeverity !== null && to.teamSeverity === null ? { severity: from.teamSeverity, reason: carriedNote(from.number, null) } : undefined,
    assignee: assignee !== null && to.assigneeId === null ? assignee : undefined,
    tags: from.tags.some((tag) => !to.tags.includes(tag)) ? { add: from.tags, remove: [] } : undefined,
    state: from.moduleState !== null && to.moduleState === null && from.stateModule === to.stateModule ? from.moduleState : undefined,
    decision: decision === null ? undefined : { ...decision, note },
  };
  const isEmpty = !action.severity && !action.assignee && !action.tags && action.state === undefined && !action.decision;
  return isEmpty ? refuse("conflict", nothingLeft(from)) : ok(action);
}

function nothingLeft({ number, governance, closeReason }: FindingState): string {
  if (governance !== "resolved") return `F-${number} carries no decision any more.`;
  return `F-${number} was resolved${closeReason === null ? "" : ` as ${closeReason}`}: the sighting of this one contradicts that.`;
}
