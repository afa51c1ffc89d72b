import { createHash } from "node:crypto";
import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { policyOf } from "@/lib/db/policy";
import { doneOnFindings } from "@/lib/db/sql/done-before";
import type { BatchOutcome } from "@/lib/domain/finding/batch";
import type { Target } from "@/lib/domain/finding/targets";
import { ok, refuseInput, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";

const keyed = z.object({ key: z.uuid().optional() });

/**
 * The id of an action whose sender gave it a key: the same each time that this actor sends it here, and nobody else's. The log
 * then tells whether it was done. Null without a key.
 */
export function keyedActionId(actor: Actor, environment: number | null, raw: unknown): Result<string | null> {
  const read = keyed.safeParse(raw);
  if (!read.success) return refuseInput([{ path: "key", message: "must be a UUID" }]);
  const { key } = read.data;
  if (key === undefined) return ok(null);
  const hex = createHash("sha256").update(JSON.stringify([actor.type, actor.id, environment, key.toLowerCase()])).digest("hex");
  return ok(`${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`); // RFC 9562, version 8
}

const LEFT = "It was left alone when this was first asked: look at it as it is now.";

/** The answer to an action on findings that was done before under its key, as the log remembers it. */
export async function repeatedOnFindings(tx: Tx, { environment, items }: { environment: number; items?: readonly Target[] | undefined }, actionId: string): Promise<Result<BatchOutcome>> {
  const [done, { decisions }] = [await doneOnFindings(tx, environment, actionId), await policyOf(tx, environment)];
  const [changed, requested] = [done?.changed ?? [], done?.requested ?? []];
  const skipped = (items ?? []).filter(({ number }) => !changed.includes(number) && !requested.includes(number));
  return ok({
    actionId, changed, requested,
    skipped: skipped.map(({ number }) => ({ number, code: "stale", why: LEFT })),
    undoUntil: done && changed.length > 0 ? new Date(done.at.getTime() + decisions.undoHours * 3_600_000).toISOString() : null,
  });
}
