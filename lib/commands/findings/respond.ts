import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { reserveAcceptances } from "@/lib/db/sql/finding-write";
import { decideAll, refusalOf, type BatchOutcome } from "@/lib/domain/finding/batch";
import { decisionFields, decisionOf } from "@/lib/domain/finding/input";
import { targets } from "@/lib/domain/finding/targets";
import { RESPONSES } from "@/lib/domain/finding/words";
import type { Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOf, decisionContext, openDesk, originalRefusal } from "@/lib/gate/findings";
import { withFollowUps } from "@/lib/gate/follow-ups";
import { proofsOf, withAbsences } from "@/lib/gate/proofs";
import { repeatedOnFindings } from "@/lib/gate/repeats";

const input = z.object({ ...targets, response: z.enum(RESPONSES), ...decisionFields });

/**
 * Sets the response of 1 to 1,000 findings in one transaction: each walks the shortest legal path through the transition
 * table, an entry per hop under one action id. Needs Review clears the disposition. Skips and refuses as a transition does.
 */
export function respond(actor: Actor, raw: unknown): Promise<Result<BatchOutcome>> {
  return commit(actor, { act: "finding.decide", input, work, repeated: repeatedOnFindings }, raw);
}

async function work(tx: Tx, asked: z.output<typeof input>, context: Context): Promise<Result<Change<BatchOutcome>>> {
  const decision = decisionOf({ response: asked.response }, asked);
  const desk = await withAbsences(tx, await openDesk(tx, asked.environment, asked.items, asked.duplicateOf), decision, context.actor);
  const proofs = await proofsOf(tx, asked.environment, asked.evidence ?? [], context.actor, asked.items.length);
  if (!proofs.ok) return proofs;
  const acceptanceIds = await reserveAcceptances(tx, asked.response === "accepted_risk" ? desk.known.length : 0);

  const said = { note: asked.note ?? null, evidence: proofs.value, acceptanceIds };
  const decided = decideAll(desk.known, decision, decisionContext(context, desk.policy), said);
  const batch = { ...decided, skipped: [...desk.skipped, ...decided.skipped] };

  const refused = refusalOf(batch, asked.strict) ?? (await originalRefusal(tx, asked.environment, asked.duplicateOf));
  if (refused) return refused;

  return withFollowUps(tx, desk, batch, context, changeOf(desk, batch, context));
}
