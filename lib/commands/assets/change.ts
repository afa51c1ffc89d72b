import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { lastChanges } from "@/lib/db/sql/asset-history";
import { lockAssets, updateAssets } from "@/lib/db/sql/asset-write";
import { changeAction, changeAsset, inTheLog, type Changed } from "@/lib/domain/asset/change";
import { changeAssetsInput } from "@/lib/domain/asset/input";
import type { KnownAsset } from "@/lib/domain/asset/plan";
import { spokenInstant } from "@/lib/domain/instant";
import { ok, type Refusal, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context, type TrailEntry } from "@/lib/gate/commit";
import { proposeExposed } from "@/lib/gate/proposals";

type Asked = z.output<typeof changeAssetsInput>;
type Skip = { id: number; refusal: Refusal };

/** What became of a list of assets. */
export type AssetsChanged = {
  actionId: string;
  changed: readonly { id: number; version: number }[];
  /** said so already */
  same: readonly number[];
  skipped: readonly { id: number; code: Refusal["code"]; why: string }[];
};

/**
 * One change on up to 5,000 assets: `{environment, items: [{id, version?}], change, note?, strict?}`. Only the fields of the change are touched.
 * What is not there and what somebody changed since is left alone and named; with `strict` it refuses the whole call.
 * Nothing is deleted: a decommission date retires an asset, and clearing it brings the asset back.
 */
export function changeAssets(actor: Actor, raw: unknown): Promise<Result<AssetsChanged>> {
  return commit(actor, { act: "asset.manage", input: changeAssetsInput, work, timeout: 60_000 }, raw);
}

async function work(tx: Tx, { environment, items, change, note, strict }: Asked, { actionId, now }: Context): Promise<Result<Change<AssetsChanged>>> {
  const asked = new Map(items.map(({ id, version }) => [id, version ?? null]));
  const locked = await lockAssets(tx, environment, [...asked.keys()]);

  const isStale = ({ id, version }: KnownAsset) => (asked.get(id) ?? version) !== version;
  const decided = locked.filter((asset) => !isStale(asset)).map((asset) => ({ asset, ...changeAsset(asset.facts, change) }));
  const moved = decided.filter(({ fields }) => fields.length > 0);

  const skipped = [...missing(asked, locked), ...(await stale(tx, environment, locked.filter(isStale)))];
  const [first] = skipped;
  if (strict && first) return { ok: false, refusal: first.refusal };

  const outcome: AssetsChanged = {
    actionId, changed: moved.map(({ asset }) => ({ id: asset.id, version: asset.version + 1 })),
    same: decided.filter(({ fields }) => fields.length === 0).map(({ asset }) => asset.id),
    skipped: skipped.map(({ id, refusal }) => ({ id, code: refusal.code, why: refusal.message })),
  };
  const [entry, ...entries] = moved.map((one) => entryOf(one, note ?? null));
  if (!entry) return ok({ unchanged: outcome });

  const proposals = await proposeExposed(tx, environment, moved, now);
  return ok({
    trail: [entry, ...entries, ...proposals.trail],
    write: async (within) => {
      await proposals.write(within);
      await updateAssets(within, environment, moved);
      return outcome;
    },
  });
}

function missing(asked: ReadonlyMap<number, unknown>, locked: readonly KnownAsset[]): Skip[] {
  const there = new Set(locked.map(({ id }) => id));
  return [...asked.keys()].filter((id) => !there.has(id)).map((id) => ({ id, refusal: { code: "missing", message: `There is no asset ${id} here.` } }));
}

async function stale(tx: Tx, environment: number, assets: readonly KnownAsset[]): Promise<Skip[]> {
  const last = new Map((await lastChanges(tx, environment, assets.map(({ id }) => id))).map((event) => [event.asset, event]));
  return assets.map(({ id, name, version }) => {
    const event = last.get(id);
    const who = event ? `${event.by} changed ${name} at ${spokenInstant(event.at)}.` : `${name} is at version ${version}.`;
    return { id, refusal: { code: "stale", message: who, next: "Look at it as it is now, then decide again." } };
  });
}

function entryOf({ asset, ...changed }: Changed & { asset: KnownAsset }, note: string | null): TrailEntry {
  const { after, fields } = changed;
  return {
    action: changeAction(changed), record: { type: "asset", number: asset.id }, note,
    before: inTheLog(asset.name, asset.facts, fields), after: inTheLog(asset.name, after, fields),
  };
}
