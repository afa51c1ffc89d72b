import { stringify } from "csv-stringify/sync";
import { safeCell } from "@/lib/domain/csv-cell";
import type { BulkItemRecord } from "@/lib/domain/records/bulk";

const COLUMNS = ["number", "title", "asset", "severity", "version", "outcome", "code", "why", "next"] as const;

/** The ways in which the result of a bulk action goes out, with the media type of each. JSON Lines is the lossless form. */
export const BULK_EXPORTS = { csv: "text/csv; charset=utf-8", jsonl: "application/x-ndjson" } as const;

/** The text of a result, piece by piece as its batches are read. */
export async function* bulkText(format: keyof typeof BULK_EXPORTS, batches: AsyncIterable<readonly BulkItemRecord[]>): AsyncGenerator<string> {
  if (format === "csv") yield stringify([[...COLUMNS]]);
  for await (const batch of batches) {
    yield format === "csv" ? stringify(batch.map((item) => COLUMNS.map((column) => safeCell(item[column])))) : batch.map((item) => `${JSON.stringify(item)}\n`).join("");
  }
}
