import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { reserveBulk } from "@/lib/db/sql/bulk";
import { refusalOf } from "@/lib/domain/finding/batch";
import type { BulkRecord } from "@/lib/domain/finding/bulk-action";
import { bulkAction, storedAction, withNote } from "@/lib/domain/bulk/input";
import { note } from "@/lib/domain/finding/input";
import { MAX_LISTED } from "@/lib/domain/finding/limits";
import { target, targets } from "@/lib/domain/finding/targets";
import type { Result } from "@/lib/domain/refusal";
import { actOnDesk, bulkActs } from "@/lib/gate/bulk-acts";
import { confirmRefusal } from "@/lib/gate/bulk-desk";
import { bulkChange } from "@/lib/gate/bulks";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { openDesk } from "@/lib/gate/findings";
import { withFollowUps } from "@/lib/gate/follow-ups";

const input = z.object({ environment: targets.environment, items: z.array(target).min(1).max(MAX_LISTED), action: bulkAction, note: note.nullish(), confirm: z.number().int().min(0).nullish() });

/**
 * Several acts on many findings as one action that can be undone: severity, assignee, tags, response, in that order.
 * The findings are held at the version they have; those that cannot take part are skipped with the reason.
 */
export function bulk(actor: Actor, raw: unknown): Promise<Result<BulkRecord>> {
  return commit(actor, { act: "finding.bulk", input: input.transform(withNote), work, timeout: 180_000 }, raw);
}

async function work(tx: Tx, asked: z.output<typeof input>, context: Context): Promise<Result<Change<BulkRecord>>> {
  const { environment, action: wanted, confirm } = asked;
  const unconfirmed = confirm === null || confirm === undefined ? null : confirmRefusal(asked.items.length, confirm); // a list says itself how long it is
  if (unconfirmed) return { ok: false, refusal: unconfirmed };
  const desk = await openDesk(tx, environment, asked.items, wanted.duplicateOf);
  const acts = await bulkActs(tx, environment, wanted, context.actor);
  if (!acts.ok) return acts;

  const batch = await actOnDesk(tx, desk, acts.value, context);
  const refused = refusalOf(batch, false);
  if (refused) return refused;

  const id = await reserveBulk(tx);
  return withFollowUps(tx, desk, batch, context, bulkChange(desk, batch, context, { id, undoOf: null, action: storedAction(wanted) }), { bulk: id });
}
