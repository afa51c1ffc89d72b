"use server";

import { z } from "zod";
import { SIGNED_OUT } from "@/lib/actions/fresh-rows";
import * as prepare from "@/lib/commands/bulks/prepare";
import * as steer from "@/lib/commands/bulks/steer";
import * as undo from "@/lib/commands/findings/undo-bulk";
import { currentActor } from "@/lib/doors/session";
import type { BulkRecord } from "@/lib/domain/records/bulk";
import { ok, type Result } from "@/lib/domain/refusal";
import type { BulkItems, BulkStarted } from "@/lib/domain/views/bulk";
import * as bulks from "@/lib/queries/bulk";

/** The screens' doors to bulk actions, as lib/domain/views/bulk.ts describes them. */

export async function previewBulk(raw: unknown): Promise<Result<BulkRecord>> {
  const actor = await currentActor();
  if (!actor) return SIGNED_OUT;
  const prepared = await prepare.prepareBulk(actor, raw);
  if (!prepared.ok) return prepared;
  const { environment } = z.object({ environment: z.number() }).parse(raw);
  return bulks.getBulk(actor, { environment, bulk: prepared.value.id });
}

export async function startBulk(raw: unknown): Promise<Result<BulkStarted>> {
  const actor = await currentActor();
  return actor ? steer.startBulk(actor, raw) : SIGNED_OUT;
}

export async function pauseBulk(raw: unknown): Promise<Result<BulkStarted>> {
  const actor = await currentActor();
  return actor ? steer.pauseBulk(actor, raw) : SIGNED_OUT;
}

export async function resumeBulk(raw: unknown): Promise<Result<BulkStarted>> {
  const actor = await currentActor();
  return actor ? steer.resumeBulk(actor, raw) : SIGNED_OUT;
}

export async function cancelBulk(raw: unknown): Promise<Result<BulkStarted>> {
  const actor = await currentActor();
  return actor ? steer.cancelBulk(actor, raw) : SIGNED_OUT;
}

export async function undoBulk(raw: unknown): Promise<Result<BulkStarted>> {
  const actor = await currentActor();
  if (!actor) return SIGNED_OUT;
  const undone = await undo.undoBulk(actor, raw);
  return undone.ok ? ok({ id: undone.value.id, status: undone.value.status, total: undone.value.total, changed: undone.value.changed, left: undone.value.skipped.length }) : undone;
}

export async function loadMyBulks(raw: unknown): Promise<Result<readonly BulkRecord[]>> {
  const actor = await currentActor();
  return actor ? bulks.myBulks(actor, raw) : SIGNED_OUT;
}

export async function loadBulkItems(raw: unknown): Promise<Result<BulkItems>> {
  const actor = await currentActor();
  return actor ? bulks.listBulkItems(actor, raw) : SIGNED_OUT;
}
