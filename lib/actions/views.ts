"use server";

import { SIGNED_OUT } from "@/lib/actions/fresh-rows";
import { setBookmark } from "@/lib/commands/bookmarks/set";
import * as findings from "@/lib/commands/findings/share";
import * as change from "@/lib/commands/views/change";
import * as remove from "@/lib/commands/views/delete";
import * as save from "@/lib/commands/views/save";
import * as defaults from "@/lib/commands/views/set-default";
import { currentActor } from "@/lib/doors/session";
import type { Result } from "@/lib/domain/refusal";

/** The screens' doors to saved views, bookmarks and sharing, as lib/domain/views/desk.ts describes them. */

export async function saveView(raw: unknown): Promise<Result<{ id: number }>> {
  const actor = await currentActor();
  return actor ? save.saveView(actor, raw) : SIGNED_OUT;
}

export async function changeView(raw: unknown): Promise<Result<{ id: number; version: number }>> {
  const actor = await currentActor();
  return actor ? change.changeView(actor, raw) : SIGNED_OUT;
}

export async function deleteView(raw: unknown): Promise<Result<{ id: number; defaults: number }>> {
  const actor = await currentActor();
  return actor ? remove.deleteView(actor, raw) : SIGNED_OUT;
}

export async function setDefaultView(raw: unknown): Promise<Result<{ view: number | null }>> {
  const actor = await currentActor();
  return actor ? defaults.setDefaultView(actor, raw) : SIGNED_OUT;
}

export async function bookmarkFindings(raw: unknown): Promise<Result<{ bookmarks: readonly number[] }>> {
  const actor = await currentActor();
  return actor ? setBookmark(actor, raw) : SIGNED_OUT;
}

export async function shareFindings(raw: unknown): Promise<Result<{ shared: number; people: number }>> {
  const actor = await currentActor();
  return actor ? findings.shareFindings(actor, raw) : SIGNED_OUT;
}
