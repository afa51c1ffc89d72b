import type { ExportedFinding } from "@/lib/db/sql/finding-export";
import type { FindingRecord } from "@/lib/domain/records/finding";
import { recordOf } from "@/lib/queries/rest-findings";

/** Findings that are being exported, as outsiders read them; `site` is the address that people open. */
export async function* exportedRecords(batches: AsyncIterable<readonly ExportedFinding[]>, at: { environment: number; now: Date; site: string }): AsyncGenerator<readonly FindingRecord[]> {
  for await (const batch of batches) yield batch.map((stored) => {
    const record = recordOf(stored, stored, at);
    return { ...record, url: new URL(record.url, at.site).href };
  });
}
