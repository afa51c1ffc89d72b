import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { reserveAcceptances } from "@/lib/db/sql/finding-write";
import { decideAll, refusalOf, type BatchOutcome } from "@/lib/domain/finding/batch";
import { decisionOf, type decisionFields } from "@/lib/domain/finding/input";
import type { targets } from "@/lib/domain/finding/targets";
import type { Result } from "@/lib/domain/refusal";
import type { Change, Context } from "@/lib/gate/commit";
import { changeOf, decisionContext, openDesk, originalRefusal } from "@/lib/gate/findings";
import { withFollowUps } from "@/lib/gate/follow-ups";
import { proofsOf, withAbsences, withoutOwn } from "@/lib/gate/proofs";

type Asked = z.output<z.ZodObject<typeof targets & typeof decisionFields>>;
type Aim = Parameters<typeof decisionOf>[0];

/** One decision on all the findings that are asked for, whether a step of the table or a response is aimed at; what follows for their tickets comes along. */
export async function decideOn(tx: Tx, aim: Aim, asked: Asked, context: Context): Promise<Result<Change<BatchOutcome>>> {
  const decision = decisionOf(aim, asked);
  const opened = await withAbsences(tx, await openDesk(tx, asked.environment, asked.items, asked.duplicateOf), decision, context.actor);
  const proofs = await proofsOf(tx, asked.environment, asked.evidence ?? [], context.actor, asked.items.length);
  if (!proofs.ok) return proofs;
  const desk = await withoutOwn(tx, opened, proofs.value);
  const accepts = ("to" in aim ? aim.to : aim.response) === "accepted_risk";
  const acceptanceIds = await reserveAcceptances(tx, accepts ? desk.known.length : 0);

  const said = { note: asked.note ?? null, evidence: proofs.value, acceptanceIds };
  const decided = decideAll(desk.known, decision, decisionContext(context, desk.policy), said);
  const batch = { ...decided, skipped: [...desk.skipped, ...decided.skipped] };

  const refused = refusalOf(batch, asked.strict) ?? (await originalRefusal(tx, asked.environment, asked.duplicateOf));
  if (refused) return refused;

  return withFollowUps(tx, desk, batch, context, changeOf(desk, batch, context));
}
