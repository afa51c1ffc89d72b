import { stringify } from "csv-stringify/sync";
import { safeCell } from "@/lib/domain/csv-cell";
import type { AssetRecord } from "@/lib/domain/records/asset";
import { SEVERITIES } from "@/lib/domain/finding/words";
import { TOLD_COLUMNS } from "./sheet";
import { ASSET_FIELDS, FIELD_WORDS } from "./words";

const COLUMNS = ["name", ...ASSET_FIELDS.map((field) => FIELD_WORDS[field].snake), ...TOLD_COLUMNS] as const;

/** The first line of a sheet of assets. */
export function sheetHead(): string {
  return stringify([[...COLUMNS]]);
}

function cellsOf(asset: AssetRecord): (string | number | null)[] {
  const last = asset.detectors.flatMap(({ last_scanned: at }) => at ?? []).toSorted().at(-1) ?? null;
  return [
    asset.name, asset.kind, asset.exposure, asset.sensitivity, asset.owner, asset.team, asset.decommission_on,
    asset.first_seen, last, asset.detectors.map(({ detector }) => detector).join(", "), ...SEVERITIES.map((severity) => asset.live[severity]), asset.live.total,
  ];
}

/** Assets as lines of a sheet that a spreadsheet opens without running anything; `readSheet` takes them back unchanged. */
export function sheetLines(assets: readonly AssetRecord[]): string {
  return stringify(assets.map((asset) => cellsOf(asset).map(safeCell)));
}

type Batches = AsyncIterable<readonly AssetRecord[]>;

/** The ways in which an inventory goes out, with the media type of each. JSON Lines is the lossless form. */
export const ASSET_EXPORTS = { csv: "text/csv; charset=utf-8", jsonl: "application/x-ndjson" } as const;

/** The text of an export, piece by piece as its batches are read. */
export async function* exportText(format: keyof typeof ASSET_EXPORTS, batches: Batches): AsyncGenerator<string> {
  if (format === "csv") yield sheetHead();
  for await (const batch of batches) yield format === "csv" ? sheetLines(batch) : batch.map((asset) => `${JSON.stringify(asset)}\n`).join("");
}
