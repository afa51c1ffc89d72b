import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { file, refusalOf, type Batch, type BatchOutcome } from "@/lib/domain/finding/batch";
import { note } from "@/lib/domain/finding/input";
import { oneStep } from "@/lib/domain/finding/move";
import { targets } from "@/lib/domain/finding/targets";
import { sayState } from "@/lib/domain/module/say";
import { MODULE_STATES } from "@/lib/domain/module/table";
import type { Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOf, openDesk } from "@/lib/gate/findings";
import { repeatedOnFindings } from "@/lib/gate/repeats";

const input = z.object({ ...targets, state: z.enum(MODULE_STATES).nullable(), note: note.nullish() });

/** Says how findings stand in their module (live, taken down, relevant …), or takes that back with null. It is put on top of what others changed meanwhile, except another state. */
export function setState(actor: Actor, raw: unknown): Promise<Result<BatchOutcome>> {
  return commit(actor, { act: "finding.set_state", input, work, repeated: repeatedOnFindings }, raw);
}

async function work(tx: Tx, asked: z.output<typeof input>, context: Context): Promise<Result<Change<BatchOutcome>>> {
  const desk = await openDesk(tx, asked.environment, asked.items, null, asked.strict ? undefined : ["state"]);

  const batch: Batch = { moves: [], skipped: [...desk.skipped], requested: [] };
  for (const finding of desk.known) {
    file(batch, finding, oneStep(finding, sayState(finding.state, asked.state), { action: "finding.state_set", note: asked.note ?? null }));
  }

  const refused = refusalOf(batch, asked.strict, ["conflict"]);
  if (refused) return refused;

  return changeOf(desk, batch, context);
}
