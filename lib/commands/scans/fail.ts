import { z } from "zod";
import { sql } from "@/lib/db/client";
import { ok, type Result } from "@/lib/domain/refusal";
import { helpAgainst } from "@/lib/domain/scan/fault";
import type { Actor } from "@/lib/gate/actor";
import { commit, Rollback } from "@/lib/gate/commit";

const input = z.object({
  environment: z.number(),
  scan: z.number(),
  attempt: z.number(),
  /** One sentence for the person who sent the report. */
  message: z.string().max(2_000),
  /** Where in the file: a path, a line, or both. */
  at: z.string().max(500).nullable(),
  /** What each format says to a report that is none of them, or could be several. */
  tried: z.array(z.object({ format: z.string().max(200), why: z.string().max(500) })).max(200).default([]),
});

/** Refuses a report: the attempt stays as failed with its fault, nothing of the file is kept but the file itself. */
export async function failScan(actor: Actor, raw: unknown): Promise<Result<null>> {
  return commit(actor, {
    act: "scan.import",
    input,
    work: async (_tx, { scan, attempt, message, at, tried }) => ok({
      trail: [{ action: "scan.failed", record: { type: "scan", number: scan }, scan, after: { error: message, error_at: at }, reason: message, bySystem: true }],
      write: async (tx) => {
        const failed = await tx.$executeRaw(sql`
          UPDATE scan SET status = 'failed', error = ${message}, error_at = ${at}, error_next = ${helpAgainst(message)}, step = NULL, rejections = ${JSON.stringify(tried)}::jsonb, finished_at = docket_now(), lease_until = NULL
          WHERE id = ${scan} AND attempt = ${attempt} AND status IN ('parsing', 'applying')`);
        if (failed !== 1) throw new Rollback({ code: "conflict", message: "This scan is in other hands by now." });
        await tx.$executeRaw(sql`DELETE FROM scan_stage WHERE scan_id = ${scan}`);
        return null;
      },
    }),
  }, raw);
}
