import { z } from "zod";
import { ASSET_PARAMETERS } from "@/lib/domain/asset/address";
import { assetBody, assetName, MAX_BULK_ASSETS } from "@/lib/domain/asset/input";
import { ASSET_EXPORTS } from "@/lib/domain/asset/sheet-out";
import { note, number, version } from "@/lib/domain/finding/input";
import { assetImportRecord, assetListRecord, assetRecord, assetsChangedRecord } from "@/lib/domain/records/asset";
import type { Download } from "../download";
import { environmentPath, nothing, operation, page, recordPath } from "../operation";

const value = z.union([z.string().max(2_000), z.array(z.string().max(2_000)).max(50)]).optional();
const filters = Object.fromEntries(ASSET_PARAMETERS.map((name) => [name, value]));
const flag = z.enum(["true", "false", "1", "0"]).default("false").transform((text) => text === "true" || text === "1");

const read = { method: "get", tag: "assets", act: "asset.read", body: nothing, status: 200 } as const;
const { note: _note, ...change } = assetBody;
const write = { tag: "assets", act: "asset.manage", query: nothing, answer: assetRecord } as const;

export const assets = {
  listAssets: operation({
    ...read, path: "/environments/{env}/assets", summary: "The inventory by filter, sorted, page by page; `team=none` and `owner=none` ask for those without",
    params: environmentPath, query: z.looseObject({ ...filters, limit: page.limit, cursor: z.string().min(1).max(4_000).optional() }), answer: assetListRecord,
  }),
  getAsset: operation({ ...read, path: "/environments/{env}/assets/{id}", summary: "One asset", params: recordPath, query: nothing, answer: assetRecord }),
  createAsset: operation({
    ...write, method: "post", path: "/environments/{env}/assets", summary: "Enters an asset before any scan has met it",
    params: environmentPath, status: 201, body: z.strictObject({ name: assetName, ...assetBody }),
  }),
  changeAsset: operation({
    ...write, method: "patch", path: "/environments/{env}/assets/{id}", summary: "Changes the fields that are given; a decommission date retires it, null takes that back",
    params: recordPath, status: 200, body: z.strictObject({ ...assetBody, version: version.nullish() }),
  }),
  changeAssets: operation({
    method: "post", path: "/environments/{env}/assets/bulk", tag: "assets", act: "asset.manage", status: 200, answer: assetsChangedRecord,
    summary: "One change on many assets; what is not there, or was changed since the version given, is skipped",
    params: environmentPath, query: nothing,
    body: z.strictObject({ items: z.array(z.strictObject({ id: number, version: version.nullish() })).min(1).max(MAX_BULK_ASSETS), change: z.strictObject(change), note: note.nullish() }),
  }),
  revertAssets: operation({
    method: "post", path: "/environments/{env}/assets/revert", tag: "assets", act: "asset.manage", status: 200, answer: assetsChangedRecord,
    summary: "Takes an action on assets back where it is still the newest, as entries of the log; what moved since is skipped",
    params: environmentPath, query: nothing,
    body: z.strictObject({
      action: z.uuid().nullish().describe("The action, as the call that changed them gave it."),
      event: z.string().regex(/^\d{1,18}$/).nullish().describe("Or the number of one of its entries in the log."),
      ids: z.array(number).min(1).max(MAX_BULK_ASSETS).nullish().describe("These assets alone."), note: note.nullish(),
    }),
  }),
  exportAssets: operation({
    ...read, path: "/environments/{env}/assets/export", summary: "The inventory as a file, streamed: CSV that a spreadsheet opens safely, or JSON Lines",
    params: environmentPath, query: z.looseObject({ ...filters, format: z.enum(["csv", "jsonl"]).default("csv") }),
    download: Object.values(ASSET_EXPORTS), answer: z.custom<Download>(),
  }),
  importAssets: operation({
    method: "post", path: "/environments/{env}/assets/import", tag: "assets", act: "asset.manage", upload: "report", status: 200, answer: assetImportRecord,
    summary: "Takes a sheet of assets (CSV, UTF-8, a column `name`): tells what it does, or with `dry_run` what it would do",
    params: environmentPath, body: nothing,
    query: z.strictObject({
      dry_run: flag.describe("Changes nothing."),
      expects: z.string().regex(/^[0-9a-f]{64}$/).optional().describe("The digest of a dry run: something else is refused with 409."),
      filename: z.string().max(300).optional(),
    }),
  }),
};
