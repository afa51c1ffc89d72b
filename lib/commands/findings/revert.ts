import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { actionIdOf, numbersOfAction } from "@/lib/db/sql/finding-actions";
import { refusalOf, type BatchOutcome } from "@/lib/domain/finding/batch";
import { note } from "@/lib/domain/finding/input";
import { targets } from "@/lib/domain/finding/targets";
import { refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOf, openDesk } from "@/lib/gate/findings";
import { withProofsTakenBack } from "@/lib/gate/follow-ups";
import { revertAll } from "@/lib/gate/reverts";
import { repeatedOnFindings } from "@/lib/gate/repeats";

const sequence = z.union([z.string().regex(/^\d{1,18}$/), z.number().int().positive().transform(String)]);

/** The action by its id or by the sequence of any of its events; on the findings given, or on all that it moved. */
const input = z
  .object({ ...targets, items: targets.items.optional(), actionId: z.uuid().optional(), event: sequence.optional(), note: note.nullish() })
  .refine(({ actionId, event }) => actionId !== undefined || event !== undefined, { path: ["event"], message: "Name the action that is taken back." });

/**
 * Takes one action back: every people-owned column becomes what it was, clocks included, and the log says what was revoked.
 * Only while it is the newest on the finding, inside the policy's window, by whoever acted or a manager; else skipped.
 */
export function revert(actor: Actor, raw: unknown): Promise<Result<BatchOutcome>> {
  return commit(actor, { act: "finding.revert", input, work, repeated: repeatedOnFindings, timeout: 120_000 }, raw);
}

async function work(tx: Tx, asked: z.output<typeof input>, context: Context): Promise<Result<Change<BatchOutcome>>> {
  const { environment } = asked;
  const actionId = await actionIdOf(tx, environment, asked);
  if (!actionId) return refuse("missing", "There is no such action here.");
  const items = asked.items ?? (await numbersOfAction(tx, environment, actionId)).map((number) => ({ number }));
  const desk = await openDesk(tx, environment, items);

  const batch = await revertAll(tx, desk, actionId, asked.note ?? null, context);

  const refused = refusalOf(batch, asked.strict);
  if (refused) return refused;

  return withProofsTakenBack(tx, desk, actionId, batch, context, changeOf(desk, batch, context, { revokes: actionId }));
}
