import type { Tx } from "@/lib/db/client";
import { reserveAcceptances } from "@/lib/db/sql/finding-write";
import type { Batch, Said } from "@/lib/domain/finding/batch";
import { actAll, type BulkAction } from "@/lib/domain/finding/bulk-action";
import type { BulkAsked } from "@/lib/domain/bulk/input";
import { decisionOf } from "@/lib/domain/finding/input";
import { ok, refuseInput, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import type { Context } from "@/lib/gate/commit";
import { decisionContext, originalRefusal, type Desk } from "@/lib/gate/findings";
import { assigneeOf } from "@/lib/gate/members";
import { proofsOf, withAbsences, withoutOwn } from "@/lib/gate/proofs";

/** What a bulk action does, with names and proofs looked up; without ids for acceptances, which are reserved once their number is known. */
export type BulkActs = { action: BulkAction; said: Omit<Said, "acceptanceIds">; accepts: boolean };

/** Looks up what an action names: who attests, who is to have it, what is duplicated. Refused where one of them does not stand. */
export async function bulkActs(tx: Tx, environment: number, wanted: BulkAsked, actor: Actor): Promise<Result<BulkActs>> {
  const proofs = await proofsOf(tx, environment, wanted.evidence ?? [], actor, Infinity);
  if (!proofs.ok) return proofs;
  const assignee = await assigneeOf(tx, environment, wanted.assignee, "action.assignee");
  if (!assignee.ok) return assignee;
  if (proofs.value.some(({ approverId }) => approverId !== null && approverId === assignee.value?.id)) return refuseInput([{ path: "action.assignee", message: "The approver is somebody other than whoever has it." }]);
  const original = await originalRefusal(tx, environment, wanted.duplicateOf);
  if (original) return original;

  const action = {
    severity: wanted.severity ? { severity: wanted.severity, reason: wanted.note ?? "" } : undefined,
    assignee: assignee.value,
    tags: wanted.tags ?? undefined,
    state: wanted.state,
    keep: wanted.keep ? { note: wanted.note ?? "" } : undefined,
    route: wanted.route ? { to: wanted.route, reason: wanted.note ?? "" } : undefined,
    decision: wanted.response ? decisionOf({ response: wanted.response }, wanted) : undefined,
  };
  const said = { note: wanted.note ?? null, evidence: wanted.response ? proofs.value : [] };
  return ok({ action, said, accepts: wanted.response === "accepted_risk" });
}

/** What it would do to the findings of a desk: no id of an acceptance is reserved, nothing is to be written. */
export async function wouldDo(tx: Tx, opened: Desk, { action, said }: BulkActs, context: Context): Promise<Batch> {
  const desk = await proven(tx, opened, action, said, context);
  const acted = actAll(desk.known, action, decisionContext(context, desk.policy), { ...said, acceptanceIds: [] });
  return { ...acted, skipped: [...desk.skipped, ...acted.skipped] };
}

async function proven(tx: Tx, desk: Desk, { decision }: BulkAction, { evidence }: BulkActs["said"], { actor }: Context): Promise<Desk> {
  return decision ? withAbsences(tx, await withoutOwn(tx, desk, evidence), decision, actor) : desk;
}

/** Does it to all that lie on the desk: what cannot take part is skipped with its reason. */
export async function actOnDesk(tx: Tx, opened: Desk, { action, said, accepts }: BulkActs, context: Context): Promise<Batch> {
  const desk = await proven(tx, opened, action, said, context);
  const acceptanceIds = await reserveAcceptances(tx, accepts ? desk.known.length : 0);
  const acted = actAll(desk.known, action, decisionContext(context, desk.policy), { ...said, acceptanceIds });
  return { ...acted, skipped: [...desk.skipped, ...acted.skipped] };
}
