import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { assetCoverage, assetFacets, assetPage, assetTotal, matchingAssets } from "@/lib/db/sql/asset-page";
import { assetFilter, MAX_BULK_ASSETS, type AssetFilter } from "@/lib/domain/asset/input";
import { COVERAGE_DAYS } from "@/lib/domain/asset/words";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { AssetRows, AssetsPage } from "@/lib/domain/views/assets";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { assetView, readPlace, writePlace } from "@/lib/queries/asset-row";
import { environmentOf, meOf } from "@/lib/queries/who";

/** How many rows the screen asks for at a time. */
const PAGE = 50;
const environment = z.number().int().positive();
const cursor = z.string().max(4_000).nullable();
const DAY = 86_400_000;

async function pageOf(db: Db, where: number, filter: AssetFilter, now: Date, from: string | null): Promise<Result<AssetRows>> {
  const after = readPlace(filter, from);
  if (!after.ok) return after;
  const found = await assetPage(db, where, filter, now, { after: after.value, limit: PAGE + 1 });
  const shown = found.slice(0, PAGE);
  const last = found.length > PAGE ? shown.at(-1) : undefined;
  return ok({ rows: shown.map((asset) => assetView(asset, now)), nextCursor: last ? writePlace(filter, last) : null });
}

/**
 * The inventory's first page: `{environment, filter}`, with its exact total, what it can be narrowed by, and coverage.
 * Orders are by name, by exposure and sensitivity, and newest first: all read off an index. There is none by counts of findings,
 * which no asset stores: they are counted for the rows of a page alone.
 */
export function assetsPage(actor: Actor, raw: unknown): Promise<Result<AssetsPage>> {
  return read(actor, {
    act: "asset.read",
    input: z.object({ environment, filter: assetFilter }),
    load: async (db, { environment: where, filter }, { now }) => {
      const [found, page, total, coverage, facets] = await Promise.all([
        environmentOf(db, where), pageOf(db, where, filter, now, null), assetTotal(db, where, filter, now),
        assetCoverage(db, where, now, new Date(now.getTime() - COVERAGE_DAYS * DAY)), assetFacets(db, where),
      ]);
      if (!found) return refuse("missing", `There is no environment ${where}.`);
      if (!page.ok) return page;
      return ok({ environment: found, me: meOf(actor, where), now: now.toISOString(), filter, ...page.value, total, coverage: { ...coverage, days: COVERAGE_DAYS }, facets });
    },
  }, raw);
}

/** Further rows: `{environment, filter, cursor}`. A cursor of another order is refused. */
export function loadAssets(actor: Actor, raw: unknown): Promise<Result<AssetRows>> {
  return read(actor, {
    act: "asset.read",
    input: z.object({ environment, filter: assetFilter, cursor }),
    load: (db, { environment: where, filter, cursor: from }, { now }) => pageOf(db, where, filter, now, from),
  }, raw);
}

/** Everything that a filter leaves, as one bulk edit takes it: `{environment, filter}`; at most 5,000, more is refused. */
export function matchAssets(actor: Actor, raw: unknown): Promise<Result<{ id: number; version: number }[]>> {
  return read(actor, {
    act: "asset.manage",
    input: z.object({ environment, filter: assetFilter }),
    load: async (db, { environment: where, filter }, { now }) => {
      const found = await matchingAssets(db, where, filter, now, MAX_BULK_ASSETS + 1);
      if (found.length <= MAX_BULK_ASSETS) return ok(found);
      return refuse("too_large", `At most ${MAX_BULK_ASSETS.toLocaleString("en")} assets are changed at once.`, { next: "Narrow the list, or import a sheet." });
    },
  }, raw);
}
