"use server";

import { SIGNED_OUT } from "@/lib/actions/fresh-rows";
import * as change from "@/lib/commands/assets/change";
import * as create from "@/lib/commands/assets/create";
import * as revert from "@/lib/commands/assets/revert";
import { currentActor } from "@/lib/doors/session";
import type { Result } from "@/lib/domain/refusal";
import type { AssetRows, AssetsChangedView, AssetsRevertedView } from "@/lib/domain/views/assets";
import * as inventory from "@/lib/queries/assets-page";

/** The screens' doors to assets, as lib/domain/views/assets.ts describes them. */

export async function createAsset(raw: unknown): Promise<Result<{ id: number }>> {
  const actor = await currentActor();
  return actor ? create.createAsset(actor, raw) : SIGNED_OUT;
}

export async function changeAssets(raw: unknown): Promise<Result<AssetsChangedView>> {
  const actor = await currentActor();
  return actor ? change.changeAssets(actor, raw) : SIGNED_OUT;
}

export async function revertAssets(raw: unknown): Promise<Result<AssetsRevertedView>> {
  const actor = await currentActor();
  return actor ? revert.revertAssets(actor, raw) : SIGNED_OUT;
}

export async function loadAssets(raw: unknown): Promise<Result<AssetRows>> {
  const actor = await currentActor();
  return actor ? inventory.loadAssets(actor, raw) : SIGNED_OUT;
}

export async function matchAssets(raw: unknown): Promise<Result<readonly { id: number; version: number }[]>> {
  const actor = await currentActor();
  return actor ? inventory.matchAssets(actor, raw) : SIGNED_OUT;
}
