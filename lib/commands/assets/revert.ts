import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { policyOf } from "@/lib/db/policy";
import { assetAction, editsOf, lastChanges } from "@/lib/db/sql/asset-history";
import { lockAssets, updateAssets } from "@/lib/db/sql/asset-write";
import { inTheLog, type Changed } from "@/lib/domain/asset/change";
import { revertAssetsInput } from "@/lib/domain/asset/input";
import type { KnownAsset } from "@/lib/domain/asset/plan";
import { beforeOf, revertAsset } from "@/lib/domain/asset/revert";
import { ok, refuse, type Refusal, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context, type TrailEntry } from "@/lib/gate/commit";
import { proposeExposed } from "@/lib/gate/proposals";

type Asked = z.output<typeof revertAssetsInput>;
type Reverted = { asset: KnownAsset; changed: Changed };

/** What became of the assets of an action. */
export type AssetsReverted = {
  actionId: string;
  changed: readonly { id: number; version: number }[];
  skipped: readonly { id: number; code: Refusal["code"]; why: string }[];
};

/**
 * Takes an action on assets back: `{environment, actionId | event, assets?, note?}`. On each of them where it is still the newest that was
 * said, the fields that it changed become what they were, as an entry that names what it revokes. What moved since, what the
 * action created, and what it did too long ago is left alone and named. Taking back can be taken back.
 */
export function revertAssets(actor: Actor, raw: unknown): Promise<Result<AssetsReverted>> {
  return commit(actor, { act: "asset.manage", input: revertAssetsInput, work, timeout: 120_000 }, raw);
}

async function work(tx: Tx, { environment, actionId: named, event, assets, note }: Asked, { actionId, now }: Context): Promise<Result<Change<AssetsReverted>>> {
  const revoked = await assetAction(tx, environment, { actionId: named, event });
  if (revoked === null) return refuse("missing", "There is no such action on assets here.");
  const wanted = assets ? new Set(assets) : null;
  const edits = (await editsOf(tx, environment, revoked)).filter(({ asset }) => wanted === null || wanted.has(asset));
  if (edits.length === 0) return refuse("missing", "That action said nothing about these assets.");

  const ids = edits.map(({ asset }) => asset);
  const known = new Map((await lockAssets(tx, environment, ids)).map((asset) => [asset.id, asset]));
  const last = new Map((await lastChanges(tx, environment, ids)).map((one) => [one.asset, one]));
  const { decisions } = await policyOf(tx, environment);

  const reverted: Reverted[] = [];
  const skipped: AssetsReverted["skipped"][number][] = [];
  for (const { before, ...edit } of edits) {
    const [asset, newest] = [known.get(edit.asset), last.get(edit.asset)];
    if (!asset || !newest) continue;
    const answer = revertAsset(asset, { ...edit, before: beforeOf(before) }, { actionId: revoked, now, windowHours: decisions.undoHours, newest });
    if (answer.ok) reverted.push({ asset, changed: answer.value });
    else skipped.push({ id: asset.id, code: answer.refusal.code, why: answer.refusal.message });
  }

  const outcome: AssetsReverted = { actionId, changed: reverted.map(({ asset }) => ({ id: asset.id, version: asset.version + 1 })), skipped };
  const [entry, ...entries] = reverted.map((one) => entryOf(one, revoked, note ?? null));
  if (!entry) return ok({ unchanged: outcome });

  const back = reverted.map(({ asset, changed }) => ({ asset, after: changed.after }));
  const proposals = await proposeExposed(tx, environment, back, now);
  return ok({
    trail: [entry, ...entries, ...proposals.trail],
    write: async (within) => {
      await proposals.write(within);
      await updateAssets(within, environment, back);
      return outcome;
    },
  });
}

function entryOf({ asset, changed: { after, fields } }: Reverted, revokes: string, note: string | null): TrailEntry {
  return {
    action: "asset.reverted", record: { type: "asset", number: asset.id }, note, revokes,
    before: inTheLog(asset.name, asset.facts, fields), after: inTheLog(asset.name, after, fields),
  };
}
