import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { file, refusalOf, type Batch, type BatchOutcome } from "@/lib/domain/finding/batch";
import { tagName } from "@/lib/domain/finding/input";
import { MAX_TAGS } from "@/lib/domain/finding/limits";
import { oneStep } from "@/lib/domain/finding/move";
import { tag as tagged } from "@/lib/domain/finding/ownership";
import { targets } from "@/lib/domain/finding/targets";
import type { Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOf, openDesk } from "@/lib/gate/findings";
import { repeatedOnFindings } from "@/lib/gate/repeats";

const names = z.array(tagName).max(MAX_TAGS).default([]);
const input = z.object({ ...targets, add: names, remove: names });

/** Adds and removes tags on findings, whatever others did to them meanwhile (strict: at the version given alone); what is tagged so already is left alone. */
export function tag(actor: Actor, raw: unknown): Promise<Result<BatchOutcome>> {
  return commit(actor, { act: "finding.tag", input, work, repeated: repeatedOnFindings }, raw);
}

async function work(tx: Tx, asked: z.output<typeof input>, context: Context): Promise<Result<Change<BatchOutcome>>> {
  const desk = await openDesk(tx, asked.environment, asked.items, null, asked.strict ? undefined : []);

  const batch: Batch = { moves: [], skipped: [...desk.skipped], requested: [] };
  for (const finding of desk.known) {
    file(batch, finding, oneStep(finding, tagged(finding.state, asked), { action: "finding.tagged" }));
  }

  const refused = refusalOf(batch, asked.strict, ["conflict"]);
  if (refused) return refused;

  return changeOf(desk, batch, context);
}
