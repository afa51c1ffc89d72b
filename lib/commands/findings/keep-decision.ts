import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { keepMove } from "@/lib/domain/finding/amendment";
import { file, refusalOf, type Batch, type BatchOutcome } from "@/lib/domain/finding/batch";
import { note } from "@/lib/domain/finding/input";
import { targets } from "@/lib/domain/finding/targets";
import type { Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOf, openDesk } from "@/lib/gate/findings";
import { repeatedOnFindings } from "@/lib/gate/repeats";

const input = z.object({ ...targets, note: note.min(1, "Keeping the decision needs a note.") });

/** Looked at again, and the decision stands: clears the re-review flag with a note. */
export function keepDecision(actor: Actor, raw: unknown): Promise<Result<BatchOutcome>> {
  return commit(actor, { act: "finding.review", input, work, repeated: repeatedOnFindings }, raw);
}

async function work(tx: Tx, asked: z.output<typeof input>, context: Context): Promise<Result<Change<BatchOutcome>>> {
  const desk = await openDesk(tx, asked.environment, asked.items);

  const batch: Batch = { moves: [], skipped: [...desk.skipped], requested: [] };
  for (const finding of desk.known) {
    file(batch, finding, keepMove(finding, asked.note));
  }

  const refused = refusalOf(batch, asked.strict);
  if (refused) return refused;

  return changeOf(desk, batch, context);
}
