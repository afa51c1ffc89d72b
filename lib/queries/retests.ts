import { z } from "zod";
import { retestsById, type StoredRetest } from "@/lib/db/sql/retests";
import { number } from "@/lib/domain/finding/input";
import type { RetestRecord } from "@/lib/domain/records/retest";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";

/** One retest: `{environment, id}`. */
export function retest(actor: Actor, raw: unknown): Promise<Result<RetestRecord>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment: number, id: number }),
    load: async (db, { environment, id }) => {
      const [stored] = await retestsById(db, environment, [id]);
      return stored ? ok(recordOf(stored)) : refuse("missing", `There is no retest ${id} here.`);
    },
  }, raw);
}

function recordOf({ id, finding, ticket, status, dueAt, requestedBy, settledBy, settledAt, note, scan, createdAt }: StoredRetest): RetestRecord {
  return {
    id, finding, ticket, status, due_at: dueAt.toISOString(), requested_by: requestedBy, requested_at: createdAt.toISOString(), settled_by: settledBy,
    settled_at: settledAt?.toISOString() ?? null, note, scan,
  };
}
