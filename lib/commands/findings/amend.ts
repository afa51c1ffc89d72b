import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { amend as amended } from "@/lib/domain/finding/amend";
import { file, refusalOf, type Batch, type BatchOutcome } from "@/lib/domain/finding/batch";
import { instant, note, number } from "@/lib/domain/finding/input";
import { oneStep } from "@/lib/domain/finding/move";
import { targets } from "@/lib/domain/finding/targets";
import { CLOSE_REASONS } from "@/lib/domain/finding/words";
import type { Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOf, decisionContext, openDesk, originalRefusal } from "@/lib/gate/findings";

const input = z.object({
  ...targets,
  note: note.min(1, "An amendment needs a note."),
  reason: z.enum(CLOSE_REASONS).optional(),
  duplicateOf: number.optional(),
  followUpOn: instant.optional(),
});

/** Puts the reason of a standing decision right, or adds a note to it, without a change of status. */
export function amend(actor: Actor, raw: unknown): Promise<Result<BatchOutcome>> {
  return commit(actor, { act: "finding.amend", input, work }, raw);
}

async function work(tx: Tx, asked: z.output<typeof input>, context: Context): Promise<Result<Change<BatchOutcome>>> {
  const desk = await openDesk(tx, asked.environment, asked.items, asked.duplicateOf);

  const batch: Batch = { moves: [], skipped: [...desk.skipped], requested: [] };
  const by = decisionContext(context, desk.policy);
  for (const finding of desk.known) {
    const after = amended(finding.state, asked, by);
    file(batch, finding, oneStep(finding, after, { action: "finding.amended", fields: ["note"], reason: asked.reason ?? null, note: asked.note }));
  }

  const refused = refusalOf(batch, asked.strict) ?? (await originalRefusal(tx, asked.environment, asked.duplicateOf));
  if (refused) return refused;

  return changeOf(desk, batch, context);
}
