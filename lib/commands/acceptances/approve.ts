import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { standingOn, type StandingRequest } from "@/lib/db/sql/acceptance-requests";
import { reserveAcceptances } from "@/lib/db/sql/finding-write";
import { approvalRefusal, approverRefusal } from "@/lib/domain/finding/acceptance";
import { decideOne, file, refusalOf, type Batch, type BatchOutcome } from "@/lib/domain/finding/batch";
import { note } from "@/lib/domain/finding/input";
import type { Known, Move } from "@/lib/domain/finding/move";
import { targets } from "@/lib/domain/finding/targets";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOf, decisionContext, openDesk, type Desk } from "@/lib/gate/findings";
import { repeatedOnFindings } from "@/lib/gate/repeats";

const input = z.object({ ...targets, note: note.nullish() });

/**
 * Applies the acceptances that somebody else asked for, on 1 to 1,000 findings: each walks the transition table as it would have for its
 * requester, who signs the acceptance; the approver is named beside. Skipped: without a request, one's own, past its date, moved meanwhile.
 * Forbidden to a token that nobody stands behind.
 */
export function approveAcceptance(actor: Actor, raw: unknown): Promise<Result<BatchOutcome>> {
  return commit(actor, { act: "acceptance.approve", input, work, repeated: repeatedOnFindings }, raw);
}

async function work(tx: Tx, asked: z.output<typeof input>, context: Context): Promise<Result<Change<BatchOutcome>>> {
  const nobody = approverRefusal(context.actor);
  if (nobody) return nobody;
  const desk = await openDesk(tx, asked.environment, asked.items);
  const requests = await standingOn(tx, asked.environment, desk.known.map(({ id }) => id));
  const ids = await reserveAcceptances(tx, requests.size);

  const batch: Batch = { moves: [], skipped: [...desk.skipped], requested: [] };
  for (const finding of desk.known) file(batch, finding, approved(finding, requests.get(finding.id), { desk, context, ids, note: asked.note ?? null }));

  const refused = refusalOf(batch, asked.strict);
  if (refused) return refused;

  return changeOf(desk, batch, context);
}

type Beside = { desk: Desk; context: Context; ids: number[]; note: string | null };

function approved(finding: Known, request: StandingRequest | undefined, { desk, context, ids, note: said }: Beside): Result<Move> {
  if (!request) return refuse("conflict", "Nobody asks for an acceptance here.");
  const own = approvalRefusal({ type: request.type, id: request.actor, personId: request.person }, context.actor);
  if (!own.ok) return own;

  const decision = { response: "accepted_risk", expiresAt: request.until, note: request.justification ?? said ?? undefined } as const;
  const by = { ...decisionContext(context, desk.policy), approved: true };
  const verdict = decideOne(finding, decision, by, { note: request.justification, evidence: [], acceptanceIds: ids.splice(0, 1) });
  if (!verdict.ok) return verdict;
  if (!("move" in verdict.value)) return refuse("conflict", "It still waits for an approver.");

  const { acceptance, steps, ...move } = verdict.value.move;
  const step = { action: "acceptance.approved", after: finding.state, fields: ["request"], details: { requested_by: request.by, requested_until: request.until.toISOString() }, note: said } as const;
  const signed = acceptance && { ...acceptance, requestedBy: { type: request.type, id: request.actor, name: request.by }, approverId: context.actor.personId };
  return ok({ ...move, steps: [step, ...steps], ...(signed ? { acceptance: signed } : {}), answers: "approved" });
}
