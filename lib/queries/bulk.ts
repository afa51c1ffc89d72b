import { z } from "zod";
import type { BulkRecord } from "@/lib/domain/records/bulk";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";

const number = z.number().int().positive().max(2_147_483_647);
const skipped = z.array(z.object({ number: z.number(), why: z.string() }));

/** How far a bulk action is: `{environment, bulk}`. */
export function getBulk(actor: Actor, raw: unknown): Promise<Result<BulkRecord>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment: number, bulk: number }),
    load: async (db, { environment, bulk }) => {
      const found = await db.bulk.findUnique({ where: { environmentId_id: { environmentId: environment, id: bulk } } });
      if (!found) return refuse("missing", `There is no bulk action ${bulk} here.`);
      const { id, status, total, done, changed, undoUntil, undoOf } = found;
      return ok({ id, status, total, done, changed, skipped: skipped.parse(found.skipped), undo_until: undoUntil?.toISOString() ?? null, undo_of: undoOf });
    },
  }, raw);
}
