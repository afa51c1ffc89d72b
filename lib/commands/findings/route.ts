import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { file, refusalOf, type Batch, type BatchOutcome } from "@/lib/domain/finding/batch";
import { routeFields } from "@/lib/domain/finding/input";
import { oneStep } from "@/lib/domain/finding/move";
import { targets } from "@/lib/domain/finding/targets";
import type { Result } from "@/lib/domain/refusal";
import { route as routed } from "@/lib/domain/route/route";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOf, openDesk } from "@/lib/gate/findings";
import { repeatedOnFindings } from "@/lib/gate/repeats";

const input = routeFields.extend(targets);

/** Says how the work on findings is handed over, with the reason: `{environment, items, decision, reason}`. It is put on top of what others changed meanwhile, except another route. */
export function route(actor: Actor, raw: unknown): Promise<Result<BatchOutcome>> {
  return commit(actor, { act: "finding.route", input, work, repeated: repeatedOnFindings }, raw);
}

async function work(tx: Tx, asked: z.output<typeof input>, context: Context): Promise<Result<Change<BatchOutcome>>> {
  const desk = await openDesk(tx, asked.environment, asked.items, null, asked.strict ? undefined : ["route"]);

  const batch: Batch = { moves: [], skipped: [...desk.skipped], requested: [] };
  for (const finding of desk.known) file(batch, finding, oneStep(finding, routed(finding.state, { to: asked.decision, reason: asked.reason }), { action: "finding.routed", reason: asked.reason }));

  const refused = refusalOf(batch, asked.strict);
  if (refused) return refused;

  return changeOf(desk, batch, context);
}
