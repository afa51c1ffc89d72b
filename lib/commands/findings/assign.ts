import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { file, refusalOf, type Batch, type BatchOutcome } from "@/lib/domain/finding/batch";
import { email, note, number } from "@/lib/domain/finding/input";
import { oneStep } from "@/lib/domain/finding/move";
import { assign as assigned } from "@/lib/domain/finding/ownership";
import { targets } from "@/lib/domain/finding/targets";
import type { Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOf, decisionContext, openDesk } from "@/lib/gate/findings";
import { assigneeOf } from "@/lib/gate/members";
import { repeatedOnFindings } from "@/lib/gate/repeats";

const input = z.object({ ...targets, assignee: z.union([number, email]).nullable(), note: note.nullish() });

/**
 * Gives findings to a member of the environment (by id or e-mail), or to nobody (null).
 * The first assignment by a person stops the acknowledge clock. What others did meanwhile does not stand in the way, unless they
 * assigned it too (strict: nothing may have moved).
 */
export function assign(actor: Actor, raw: unknown): Promise<Result<BatchOutcome>> {
  return commit(actor, { act: "finding.assign", input, work, repeated: repeatedOnFindings }, raw);
}

async function work(tx: Tx, asked: z.output<typeof input>, context: Context): Promise<Result<Change<BatchOutcome>>> {
  const desk = await openDesk(tx, asked.environment, asked.items, null, asked.strict ? undefined : ["assignee"]);
  const to = await assigneeOf(tx, asked.environment, asked.assignee, "assignee");
  if (!to.ok) return to;

  const batch: Batch = { moves: [], skipped: [...desk.skipped], requested: [] };
  const by = decisionContext(context, desk.policy);
  for (const finding of desk.known) {
    const after = assigned(finding.state, to.value?.id ?? null, by);
    const details = { assignee: to.value?.name ?? null };
    file(batch, finding, oneStep(finding, after, { action: "finding.assigned", details, note: asked.note ?? null }));
  }

  const refused = refusalOf(batch, asked.strict, ["conflict"]);
  if (refused) return refused;

  return changeOf(desk, batch, context);
}
