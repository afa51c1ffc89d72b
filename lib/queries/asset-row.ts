import type { AssetRecord } from "@/lib/domain/records/asset";
import type { AssetPlace, StoredAsset } from "@/lib/db/sql/asset-page";
import { dayOf } from "@/lib/db/sql/asset-where";
import { readAssetFilter, ASSET_PARAMETERS } from "@/lib/domain/asset/address";
import { stageOf } from "@/lib/domain/asset/words";
import { ok, refuseInput, type Result } from "@/lib/domain/refusal";
import type { AssetFilter } from "@/lib/domain/asset/input";
import type { AssetRow } from "@/lib/domain/views/assets";
import { z } from "zod";

/** An asset as the screens show it. */
export function assetView(stored: StoredAsset, now: Date): AssetRow {
  const { id, name, other_names: otherNames, kind, exposure, sensitivity, owner, team, version, live, decommission_on: decommissionOn } = stored;
  const detectors = stored.detectors.map(({ detector, at, looked }) => ({ name: detector, lastScanned: at, lookedAt: looked }));
  return {
    id, name, otherNames, kind, exposure, sensitivity, owner, team, version, live, decommissionOn, detectors,
    stage: stageOf(decommissionOn, dayOf(now)), firstSeen: stored.created_at.toISOString(), lastScanned: detectors.flatMap(({ lastScanned }) => lastScanned ?? []).toSorted().at(-1) ?? null,
  };
}

/** An asset as outsiders read it. */
export function assetRecordOf(stored: StoredAsset, environment: number, now: Date): AssetRecord {
  const { id, name, other_names, kind, exposure, sensitivity, owner, team, version, live, decommission_on } = stored;
  return {
    id, name, other_names, kind, exposure, sensitivity, owner, team, decommission_on, stage: stageOf(decommission_on, dayOf(now)), first_seen: stored.created_at.toISOString(),
    detectors: stored.detectors.map(({ detector, at, looked }) => ({ detector, last_scanned: at, looked_at: looked })), live, version, url: `/e/${environment}/assets/${id}`,
  };
}

const place = z.object({ s: z.string().max(20), i: z.number().int().min(0).max(2_147_483_647), n: z.string().max(2_000), e: z.number().int().min(0).max(9), d: z.number().int().min(0).max(9) });

/** Where the next page begins after this row, as opaque text. */
export function writePlace(filter: AssetFilter, last: StoredAsset): string {
  return Buffer.from(JSON.stringify({ s: filter.sort, i: last.id, n: last.name, e: last.exposure_rank, d: last.sensitivity_rank })).toString("base64url");
}

/** Reads such a text; one that is none, or of another order, is refused. */
export function readPlace(filter: AssetFilter, cursor: string | null | undefined): Result<AssetPlace | null> {
  if (cursor === null || cursor === undefined) return ok(null);
  const read = place.safeParse(jsonOf(cursor));
  if (!read.success || read.data.s !== filter.sort || /[\0\p{Surrogate}]/u.test(read.data.n)) return refuseInput([{ path: "cursor", message: "This cursor is not one of this list. Begin without it." }]);
  return ok({ id: read.data.i, name: read.data.n, exposure: read.data.e, sensitivity: read.data.d });
}

function jsonOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}

const text = z.string().max(2_000);

/** What a call asks of the inventory; each word that is none is named. */
export const askedAssets = z.record(z.string().max(100), z.union([text, z.array(text).max(50)]).optional()).transform((asked, context): AssetFilter => {
  const known: readonly string[] = ASSET_PARAMETERS;
  const { filter, faults } = readAssetFilter(asked);
  for (const { path, message } of faults.slice(0, 50)) context.addIssue({ code: "custom", path: [path], message });
  for (const path of Object.keys(asked).filter((name) => !known.includes(name)).slice(0, 10)) context.addIssue({ code: "custom", path: [path], message: "There is no such parameter." });
  return filter;
});
