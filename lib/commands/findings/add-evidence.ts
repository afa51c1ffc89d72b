import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { refusalOf, type Batch, type BatchOutcome } from "@/lib/domain/finding/batch";
import { withEvidence } from "@/lib/domain/finding/evidence";
import { evidenceItem, MAX_EVIDENCE } from "@/lib/domain/finding/input";
import { targets } from "@/lib/domain/finding/targets";
import type { Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOf, decisionContext, openDesk } from "@/lib/gate/findings";
import { withFollowUps } from "@/lib/gate/follow-ups";
import { proofsOf, withoutOwn } from "@/lib/gate/proofs";

const input = z.object({ ...targets, evidence: z.array(evidenceItem).min(1).max(MAX_EVIDENCE) });

/** Attaches proof to findings. On one that is resolved already it can lift the verification; it never lowers it. */
export function addEvidence(actor: Actor, raw: unknown): Promise<Result<BatchOutcome>> {
  return commit(actor, { act: "finding.evidence", input, work }, raw);
}

async function work(tx: Tx, asked: z.output<typeof input>, context: Context): Promise<Result<Change<BatchOutcome>>> {
  const opened = await openDesk(tx, asked.environment, asked.items);
  const proofs = await proofsOf(tx, asked.environment, asked.evidence, context.actor, asked.items.length);
  if (!proofs.ok) return proofs;
  const desk = await withoutOwn(tx, opened, proofs.value);

  const by = decisionContext(context, desk.policy);
  const moves = desk.known.map((finding) => withEvidence(finding, proofs.value, by));
  const batch: Batch = { moves, skipped: [...desk.skipped], requested: [] };

  const refused = refusalOf(batch, asked.strict);
  if (refused) return refused;

  return withFollowUps(tx, desk, batch, context, changeOf(desk, batch, context));
}
