import type { z } from "zod";
import { insertAssets, takeAssetIds } from "@/lib/db/sql/asset-write";
import { changeAsset, inTheLog } from "@/lib/domain/asset/change";
import { createAssetInput } from "@/lib/domain/asset/input";
import { NEW_ASSET } from "@/lib/domain/asset/words";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, Rollback } from "@/lib/gate/commit";

/**
 * Enters an asset before any scan has met it, so that its absence from scans shows. Takes `{environment, name, …}`, gives its id.
 * A name that is there already is a conflict.
 */
export async function createAsset(actor: Actor, raw: unknown): Promise<Result<{ id: number }>> {
  return commit(actor, {
    act: "asset.manage",
    input: createAssetInput,
    work: async (tx, { environment, name, note, ...asked }: z.output<typeof createAssetInput>) => {
      const taken = refuse("conflict", `There already is an asset "${name}".`, { next: "Open it and change it there.", errors: [{ path: "name", message: "This name is taken." }] });
      if (await tx.asset.findUnique({ where: { environmentId_name: { environmentId: environment, name } }, select: { id: true } })) return taken;
      const [id] = await takeAssetIds(tx, 1);
      if (id === undefined) throw new Error("The sequence of assets gave no number.");
      const facts = changeAsset(NEW_ASSET, asked).after;

      return ok({
        trail: [{ action: "asset.created", record: { type: "asset", number: id }, after: inTheLog(name, facts), note: note ?? null }],
        write: async (within) => {
          if ((await insertAssets(within, environment, [{ id, name, facts }])) === 0) throw new Rollback(taken.refusal);
          return { id };
        },
      });
    },
  }, raw);
}
