import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { row } from "@/lib/db/rows";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit } from "@/lib/gate/commit";

const id = z.number().int().positive().max(2_147_483_647);
/** For so long a tracker belongs to whoever began to ask it: shorter than the minute after which it is asked again. */
const TURN_SECONDS = 45;
const input = z.object({ environment: id, connector: id });
const turn = z.object({ cursor: z.string().nullable() });

/** Takes the turn to ask a tracker what changed, `{environment, connector}`; null: another has it, or it wants to be left alone. `polled_at` is the lease. Asked by a job. */
export function takeTurn(actor: Actor, raw: unknown): Promise<Result<z.output<typeof turn> | null>> {
  return commit(actor, {
    act: "delivery.steer", input,
    work: async (_tx, { environment, connector }) => ok({
      books: (tx: Tx) => row(tx, turn, sql`
        UPDATE connector SET polled_at = now() WHERE environment_id = ${environment} AND id = ${connector} AND enabled AND removed_at IS NULL
          AND (polled_at IS NULL OR polled_at < now() - ${TURN_SECONDS} * interval '1 second') AND coalesce(open_until, '-infinity') <= docket_now() AND coalesce(resume_at, '-infinity') <= docket_now()
        RETURNING poll_cursor AS cursor`),
    }),
  }, raw);
}

const heardInput = z.object({
  environment: id, connector: id, since: z.string().max(2_000).nullable(),
  heard: z.union([z.object({ cursor: z.string().max(2_000) }), z.object({ error: z.string().max(2_000), patience: z.number().int().min(0).max(86_400).nullable() })]),
});

/** Notes how far a tracker was asked, `{environment, connector, since, heard: {cursor} | {error, patience}}`: its cursor moves on only from where it was. Patience is kept by whoever sends, too. Asked by a job. */
export function noteTurn(actor: Actor, raw: unknown): Promise<Result<{ isKept: boolean }>> {
  return commit(actor, {
    act: "delivery.steer", input: heardInput,
    work: async (_tx, { connector, since, heard }) => ok({
      books: async (tx: Tx) => ({
        isKept: 1 === ("cursor" in heard
          ? await tx.$executeRaw(sql`UPDATE connector SET poll_cursor = ${heard.cursor}, polled_at = now(), last_ok_at = docket_now() WHERE id = ${connector} AND poll_cursor IS NOT DISTINCT FROM ${since}`)
          : await tx.$executeRaw(sql`
              UPDATE connector SET last_error = ${heard.error}, last_error_at = docket_now(),
                resume_at = CASE WHEN ${heard.patience !== null} THEN greatest(resume_at, docket_now() + ${heard.patience ?? 0}::int * interval '1 second') ELSE resume_at END
              WHERE id = ${connector}`)),
      }),
    }),
  }, raw);
}
