import { z } from "zod";
import { ASSET_KINDS, EXPOSURES, LIFE_STAGES, SENSITIVITIES } from "@/lib/domain/asset/words";
import { SHEET_KINDS } from "@/lib/domain/asset/plan";
import { MOST_OTHER_NAMES } from "@/lib/domain/scan/report";
import { moment } from "@/lib/domain/records/finding";

const n = z.number().int();

/** How many findings are live on it: detected, and not closed by a decision; by calibrated severity. */
const liveRecord = z.object({ critical: n, high: n, medium: n, low: n, info: n, total: n });

/** An asset as outsiders read it. */
export const assetRecord = z.object({
  id: n,
  name: z.string(),
  other_names: z.array(z.string()).max(MOST_OTHER_NAMES).describe("Host names and addresses that reports gave for it besides; `host=` asks for them too."),
  kind: z.enum(ASSET_KINDS),
  exposure: z.enum(EXPOSURES),
  sensitivity: z.enum(SENSITIVITIES),
  owner: z.string().nullable().describe("The named role that answers for it."),
  team: z.string().nullable().describe("The team of that role."),
  decommission_on: z.string().nullable().describe("A day; from then on it is retired."),
  stage: z.enum(LIFE_STAGES),
  first_seen: moment,
  detectors: z.array(z.object({ detector: z.string(), last_scanned: moment.nullable().describe("The newest full scan; null where only partial scans looked at it."),
    looked_at: moment.nullable().describe("The newest scan of any kind that did not fail: what coverage is counted by.") })).max(50),
  live: liveRecord.describe("Detected, and not closed by a decision; by calibrated severity."),
  version: n,
  url: z.string(),
}).meta({ id: "Asset" });
export type AssetRecord = z.output<typeof assetRecord>;

export const assetListRecord = z.object({
  items: z.array(assetRecord).max(500), next_cursor: z.string().nullable(), total: n.nullable().describe("With the first page only."),
}).meta({ id: "AssetList" });
export type AssetListRecord = z.output<typeof assetListRecord>;

/** What a sheet would do, or did: counts, and rows of each kind with what is said about them. */
export const assetImportRecord = z.object({
  applied: z.boolean(),
  digest: z.string().describe("Of what would change; sent back as `expects` it makes sure that just this is applied."),
  new: n, changed: n, same: n, refused: n,
  rows: z.array(z.object({ line: n, name: z.string(), kind: z.enum(SHEET_KINDS), says: z.string() })).max(1_000).describe("At most 250 of each kind."),
  ignored_columns: z.array(z.string()).max(50),
  action: z.string().nullable().describe("What takes it back, by `assets/revert`; null where nothing was changed."),
}).meta({ id: "AssetImport" });
export type AssetImportRecord = z.output<typeof assetImportRecord>;

/** What an action on many assets did to each of them. */
export const assetsChangedRecord = z.object({
  action: z.string().nullable().describe("What takes it back, by `assets/revert`; null where nothing was changed."),
  changed: z.array(z.object({ id: n, version: n })).max(20_000),
  same: z.array(n).max(20_000).describe("Said so already."),
  skipped: z.array(z.object({ id: n, code: z.string(), why: z.string() })).max(20_000).describe("Each asset that was left alone, and why."),
}).meta({ id: "AssetsChanged" });
export type AssetsChangedRecord = z.output<typeof assetsChangedRecord>;
