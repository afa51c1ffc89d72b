import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { amendmentOf } from "@/lib/domain/finding/amendment";
import { file, refusalOf, type Batch, type BatchOutcome } from "@/lib/domain/finding/batch";
import { decisionOf, evidenceItem, instant, MAX_EVIDENCE, note, number } from "@/lib/domain/finding/input";
import { targets } from "@/lib/domain/finding/targets";
import { CLOSE_REASONS } from "@/lib/domain/finding/words";
import type { Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOf, decisionContext, openDesk, originalRefusal } from "@/lib/gate/findings";
import { withFollowUps } from "@/lib/gate/follow-ups";
import { proofsOf, withAbsences, withoutOwn } from "@/lib/gate/proofs";
import { repeatedOnFindings } from "@/lib/gate/repeats";

const input = z.object({
  ...targets,
  note: note.min(1, "An amendment needs a note."),
  reason: z.enum(CLOSE_REASONS).nullish(),
  duplicateOf: number.nullish(),
  followUpOn: instant.nullish(),
  evidence: z.array(evidenceItem).max(MAX_EVIDENCE).nullish(),
});

/**
 * Puts the standing decision of 1 to 1,000 findings right without a change of status: its reason, its date, the original of a duplicate, its proof,
 * or the note alone. Answers a flag for re-review. Skips and refuses as a decision does.
 */
export function amend(actor: Actor, raw: unknown): Promise<Result<BatchOutcome>> {
  return commit(actor, { act: "finding.amend", input, work, repeated: repeatedOnFindings }, raw);
}

async function work(tx: Tx, asked: z.output<typeof input>, context: Context): Promise<Result<Change<BatchOutcome>>> {
  const decision = decisionOf({ to: "resolved" }, asked); // the status stays: an absence proves only what is resolved
  const opened = await withAbsences(tx, await openDesk(tx, asked.environment, asked.items, asked.duplicateOf), decision, context.actor);
  const proofs = await proofsOf(tx, asked.environment, asked.evidence ?? [], context.actor, asked.items.length);
  if (!proofs.ok) return proofs;
  const desk = await withoutOwn(tx, opened, proofs.value);

  const batch: Batch = { moves: [], skipped: [...desk.skipped], requested: [] };
  const by = decisionContext(context, desk.policy);
  for (const finding of desk.known) file(batch, finding, amendmentOf(finding, decision, by, { note: asked.note, evidence: proofs.value }));

  const refused = refusalOf(batch, asked.strict) ?? (await originalRefusal(tx, asked.environment, asked.duplicateOf));
  if (refused) return refused;

  return withFollowUps(tx, desk, batch, context, changeOf(desk, batch, context));
}
