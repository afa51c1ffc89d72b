import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { standingOn, type StandingRequest } from "@/lib/db/sql/acceptance-requests";
import { approvalRefusal, approverRefusal } from "@/lib/domain/finding/acceptance";
import { file, refusalOf, type Batch, type BatchOutcome } from "@/lib/domain/finding/batch";
import { note } from "@/lib/domain/finding/input";
import type { Known, Move } from "@/lib/domain/finding/move";
import { targets } from "@/lib/domain/finding/targets";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOf, openDesk } from "@/lib/gate/findings";
import { repeatedOnFindings } from "@/lib/gate/repeats";

const input = z.object({ ...targets, note: note.min(1, "A refusal says why, so that whoever asked knows what is missing.") });

/** Refuses the acceptances that somebody else asked for, with a note: the findings stay as they are. Skips as an approval does. */
export function refuseAcceptance(actor: Actor, raw: unknown): Promise<Result<BatchOutcome>> {
  return commit(actor, { act: "acceptance.approve", input, work, repeated: repeatedOnFindings }, raw);
}

async function work(tx: Tx, asked: z.output<typeof input>, context: Context): Promise<Result<Change<BatchOutcome>>> {
  const nobody = approverRefusal(context.actor);
  if (nobody) return nobody;
  const desk = await openDesk(tx, asked.environment, asked.items);
  const requests = await standingOn(tx, asked.environment, desk.known.map(({ id }) => id));

  const batch: Batch = { moves: [], skipped: [...desk.skipped], requested: [] };
  for (const finding of desk.known) file(batch, finding, refused(finding, requests.get(finding.id), asked.note, context));

  const refusal = refusalOf(batch, asked.strict);
  if (refusal) return refusal;

  return changeOf(desk, batch, context);
}

function refused(finding: Known, request: StandingRequest | undefined, said: string, { actor }: Context): Result<Move> {
  if (!request) return refuse("conflict", "Nobody asks for an acceptance here.");
  const own = approvalRefusal({ type: request.type, id: request.actor, personId: request.person }, actor);
  if (!own.ok) return own;
  const step = { action: "acceptance.refused", after: finding.state, fields: ["request"], details: { requested_by: request.by, requested_until: request.until.toISOString() }, note: said } as const;
  return ok({ finding, steps: [step], after: finding.state, answers: "refused" });
}
