"use server";

import { SIGNED_OUT } from "@/lib/actions/fresh-rows";
import * as choose from "@/lib/commands/notices/choose";
import * as mark from "@/lib/commands/notices/mark-read";
import * as lists from "@/lib/commands/notices/save-lists";
import { currentActor } from "@/lib/doors/session";
import type { Result } from "@/lib/domain/refusal";

/** The screens' doors to one's own messages, and to the address lists of an environment. */

export async function markRead(raw: unknown): Promise<Result<{ read: number }>> {
  const actor = await currentActor();
  return actor ? mark.markRead(actor, raw) : SIGNED_OUT;
}

export async function chooseNotices(raw: unknown): Promise<Result<{ changed: number }>> {
  const actor = await currentActor();
  return actor ? choose.chooseNotices(actor, raw) : SIGNED_OUT;
}

export async function saveLists(raw: unknown): Promise<Result<{ changed: number }>> {
  const actor = await currentActor();
  return actor ? lists.saveLists(actor, raw) : SIGNED_OUT;
}
