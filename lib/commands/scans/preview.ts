import { z } from "zod";
import { sql } from "@/lib/db/client";
import { ok, type Result } from "@/lib/domain/refusal";
import { scanCounts, type ScanCounts } from "@/lib/domain/scan/counts";
import type { Actor } from "@/lib/gate/actor";
import { commit, Rollback } from "@/lib/gate/commit";

const input = z.object({
  environment: z.number(),
  scan: z.number(),
  attempt: z.number(),
  format: z.string().max(40),
  takenAt: z.date(),
  rejections: z.array(z.object({ where: z.string(), why: z.string() })).max(200),
  counts: scanCounts,
});

/**
 * Keeps the counts of a report that was worked out and not applied: the scan stays as previewed until somebody applies it,
 * when its file is read again. Refuses `conflict` when the scan is in other hands by now.
 */
export async function keepPreview(actor: Actor, raw: unknown): Promise<Result<ScanCounts>> {
  return commit(actor, {
    act: "scan.import",
    input,
    work: async (_tx, { scan, attempt, format, takenAt, rejections, counts }) => ok({
      trail: [{ action: "scan.previewed", record: { type: "scan", number: scan }, scan, after: counts }],
      write: async (tx) => {
        const { new: created, duplicates_in_report: duplicates, ...others } = counts;
        const { count } = await tx.scan.updateMany({
          where: { id: scan, attempt, status: "applying" },
          data: { ...others, created, duplicates, format, rejections, takenAt, status: "previewed", leaseUntil: null },
        });
        if (count !== 1) throw new Rollback({ code: "conflict", message: "This scan is in other hands by now." });
        await tx.$executeRaw(sql`UPDATE scan SET finished_at = docket_now() WHERE id = ${scan}`);
        await tx.$executeRaw(sql`DELETE FROM scan_stage WHERE scan_id = ${scan}`);
        return counts;
      },
    }),
  }, raw);
}
