import type { Hop } from "@/lib/domain/finding/decide";
import { peopleState } from "@/lib/domain/finding/outcome";
import { redetection } from "@/lib/domain/finding/redetection";
import type { FindingState, PeopleState } from "@/lib/domain/finding/state";
import { ok, refuse, type Result } from "@/lib/domain/refusal";

const HOUR = 3_600_000;

/** One logged action with all its hops, as the log remembers it. */
export type LoggedAction = {
  id: string;
  /** Null: not a person's. */
  actorId: number | null;
  at: Date;
  /** When the whole of it ended, where it went on after this finding; the window is counted from there. */
  endedAt?: Date | null;
  /** The people-owned columns as they were before its first hop. */
  before: PeopleState;
  /** The system flagged the finding for re-review by it. */
  asks?: boolean;
};

export type RevertContext = {
  now: Date;
  actorId: number;
  isManager: boolean;
  windowHours: number;
  /** The newest action on the people-owned fields of this finding. */
  newestActionId: string;
  /** When the newest scan that saw the finding, and was not older than the newest covering one, was taken. */
  sightedAt: Date | null;
};

export type Reverted = {
  /** The hop to log, null where the action moved no status. It names the action that it revokes, and needs no edge in the table. */
  hop: Hop | null;
  after: PeopleState;
};

/**
 * Takes back one action: every people-owned column becomes exactly what it was before.
 * Refused as `conflict` when something newer stands on it, it asked for a re-review (which a transition answers, or keeping the decision with a note),
 * the window has passed, or the old decision could no longer stand; as `forbidden` when it is somebody else's and the actor is no manager.
 */
export function revert(finding: FindingState, action: LoggedAction, context: RevertContext): Result<Reverted> {
  const { before } = action;
  if (action.actorId !== context.actorId && !context.isManager)
    return refuse("forbidden", "Only whoever acted, or a manager, can take this back.");
  if (action.id !== context.newestActionId) return refuse("conflict", "Something newer has been decided on this finding.");
  if (action.asks) return refuse("conflict", "A flag for re-review is not taken back: it is answered.", { next: "Keep the decision with a note, or decide anew." });
  if (context.now.getTime() - (action.endedAt ?? action.at).getTime() > context.windowHours * HOUR)
    return refuse("conflict", `An action can be taken back for ${context.windowHours} hours.`, { next: "Decide anew instead." });
  if (before.governance === "accepted_risk" && before.acceptedUntil !== null && before.acceptedUntil <= context.now)
    return refuse("conflict", "The acceptance that it would go back to has expired.");
  if (isContradicted(before, context.sightedAt)) return refuse("conflict", "A later scan contradicts the decision that it would go back to.");

  const hop = finding.governance === before.governance ? null : { from: finding.governance, to: before.governance };
  return ok({ hop, after: peopleState(before) });
}

function isContradicted(before: PeopleState, sightedAt: Date | null): boolean {
  if (sightedAt === null) return false;
  return redetection({ ...before, lastScanned: null }, sightedAt, { redetection: "reopen" }) === "reopen";
}
