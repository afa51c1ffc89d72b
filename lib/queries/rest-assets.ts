import { z } from "zod";
import { prisma, type Db } from "@/lib/db/client";
import { assetPage, assetsById, assetTotal, type AssetPlace } from "@/lib/db/sql/asset-page";
import type { AssetFilter } from "@/lib/domain/asset/input";
import { pageLimit } from "@/lib/domain/filter/input";
import type { AssetListRecord, AssetRecord } from "@/lib/domain/records/asset";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { askedAssets, assetRecordOf, readPlace, writePlace } from "@/lib/queries/asset-row";

const number = z.number().int().positive().max(2_147_483_647);

/** Assets by filter, page by page: `{environment, filter, limit, cursor}`; the total comes with the first page. */
export function listAssets(actor: Actor, raw: unknown): Promise<Result<AssetListRecord>> {
  return read(actor, {
    act: "asset.read",
    input: z.object({ environment: number, filter: askedAssets, limit: pageLimit, cursor: z.string().max(4_000).optional() }),
    load: async (db, { environment, filter, limit, cursor }, { now }) => {
      const after = readPlace(filter, cursor);
      if (!after.ok) return after;
      const [found, total] = await Promise.all([
        assetPage(db, environment, filter, now, { after: after.value, limit: limit + 1 }), after.value === null ? assetTotal(db, environment, filter, now) : null,
      ]);
      const shown = found.slice(0, limit);
      const last = found.length > limit ? shown.at(-1) : undefined;
      return ok({ items: shown.map((asset) => assetRecordOf(asset, environment, now)), next_cursor: last ? writePlace(filter, last) : null, total });
    },
  }, raw);
}

/** One asset: `{environment, id}`. */
export function getAsset(actor: Actor, raw: unknown): Promise<Result<AssetRecord>> {
  return read(actor, {
    act: "asset.read",
    input: z.object({ environment: number, id: number }),
    load: async (db, { environment, id }, { now }) => {
      const [asset] = await assetsById(db, environment, [id]);
      return asset ? ok(assetRecordOf(asset, environment, now)) : refuse("missing", `There is no asset ${id} here.`);
    },
  }, raw);
}

const BATCH = 500;

/** All assets that a filter leaves, in batches that are read as they are taken: `{environment, filter, site}`, the last the address that people open. */
export function exportAssets(actor: Actor, raw: unknown): Promise<Result<AsyncGenerator<readonly AssetRecord[]>>> {
  return read(actor, {
    act: "asset.read",
    input: z.object({ environment: number, filter: askedAssets, site: z.url() }),
    load: (_db, { environment, filter, site }, { now }) => Promise.resolve(ok(batches(prisma, { environment, filter, site }, now))),
  }, raw);
}

type Export = { environment: number; filter: AssetFilter; site: string };

async function* batches(db: Db, { environment, filter, site }: Export, now: Date): AsyncGenerator<readonly AssetRecord[]> {
  let after: AssetPlace | null = null;
  for (;;) {
    const found = await assetPage(db, environment, filter, now, { after, limit: BATCH });
    const records = found.map((asset) => assetRecordOf(asset, environment, now));
    if (records.length > 0) yield records.map((record) => ({ ...record, url: new URL(record.url, site).href }));
    const last = found.at(-1);
    if (!last || found.length < BATCH) return;
    after = { id: last.id, name: last.name, exposure: last.exposure_rank, sensitivity: last.sensitivity_rank };
  }
}
