import { z } from "zod";
import { sql } from "@/lib/db/client";
import { ok, type Result } from "@/lib/domain/refusal";
import type { ScanCounts } from "@/lib/domain/scan/report";
import type { Actor } from "@/lib/gate/actor";
import { commit, Rollback } from "@/lib/gate/commit";
import { applyScan } from "./apply";

const facts = z.object({
  environment: z.number(),
  scan: z.number(),
  attempt: z.number(),
  format: z.string().max(40),
  runs: z.array(z.object({ takenAt: z.date() })).min(1).max(1_000),
  rejections: z.array(z.object({ where: z.string(), why: z.string() })).max(200),
});

/**
 * Says what a staged report would do, and keeps only the counts: the scan stays as previewed until somebody applies it, when its file is
 * read again. Takes the same as `applyScan`.
 */
export async function previewScan(actor: Actor, raw: object): Promise<Result<ScanCounts>> {
  const counted = await applyScan(actor, { ...raw, preview: true });
  if (!counted.ok) return counted;
  const { new: created, duplicates_in_report: duplicates, ...others } = counted.value;
  return commit(actor, {
    act: "scan.import",
    input: facts,
    work: async (_tx, { scan, attempt, format, runs, rejections }) => ok({
      trail: [{ action: "scan.previewed", record: { type: "scan", number: scan }, scan, after: { ...counted.value } }],
      write: async (tx) => {
        const { count } = await tx.scan.updateMany({
          where: { id: scan, attempt, status: "applying" },
          data: { ...others, created, duplicates, format, rejections, takenAt: new Date(Math.max(...runs.map((run) => run.takenAt.getTime()))), status: "previewed", leaseUntil: null },
        });
        if (count !== 1) throw new Rollback({ code: "conflict", message: "This scan is in other hands by now." });
        await tx.$executeRaw(sql`UPDATE scan SET finished_at = docket_now() WHERE id = ${scan}`);
        await tx.$executeRaw(sql`DELETE FROM scan_stage WHERE scan_id = ${scan}`);
        return counted.value;
      },
    }),
  }, raw);
}
