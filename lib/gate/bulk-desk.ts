import type { StoredBulk } from "@/lib/db/sql/bulk-run";
import { can, type Act } from "@/lib/domain/access/can";
import { CONFIRM_ABOVE } from "@/lib/domain/bulk/words";
import { refuse, type Refusal, type Refused } from "@/lib/domain/refusal";
import { roleIn, type Actor } from "@/lib/gate/actor";

/** What a bulk action must be permitted by, at its start and at every chunk: a filter reaches further than a list. */
export function actOf({ filter, undoOf }: Pick<StoredBulk, "filter" | "undoOf">): Act {
  if (undoOf !== null) return "finding.revert";
  return filter === null ? "finding.bulk" : "finding.bulk_filter";
}

/** Whoever began it, or a manager, may stop it, go on with it, and take it back. */
export function strangerRefusal(actor: Actor, bulk: StoredBulk): Refused | null {
  const isMine = actor.type === bulk.actor.type && actor.id === bulk.actor.id;
  if (isMine || can(roleIn(actor, bulk.environment), "finding.bulk_filter")) return null;
  return refuse("forbidden", `${bulk.actor.name} began this bulk action: only they, or a manager, may do that.`);
}

/** Large sets are confirmed with their exact number; whoever says a number is held to it. */
export function confirmRefusal(total: number, confirm: number | null | undefined): Refusal | null {
  if (confirm === total) return null;
  const exact = total.toLocaleString("en");
  if (confirm !== null && confirm !== undefined) return refuse("conflict", `It would act on ${exact} findings, not on ${confirm.toLocaleString("en")}.`, { next: `Confirm ${total}.`, changes: [{ total }] }).refusal;
  if (total <= CONFIRM_ABOVE) return null;
  return refuse("conflict", `It would act on ${exact} findings: confirm the number.`, { next: `Confirm ${total}.`, changes: [{ total }] }).refusal;
}
