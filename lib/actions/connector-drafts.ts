"use server";

import { SIGNED_OUT } from "@/lib/actions/fresh-rows";
import { currentActor } from "@/lib/doors/session";
import * as attempt from "@/lib/doors/try-connector";
import type { Result } from "@/lib/domain/refusal";
import type { RequestView } from "@/lib/domain/views/connector-draft";
import * as preview from "@/lib/queries/connector-preview";

/** The doors of a connector's form before it is saved. */

export async function tryDraft(raw: unknown): Promise<Result<attempt.Tried>> {
  const actor = await currentActor();
  return actor ? attempt.tryDraft(actor, raw) : SIGNED_OUT;
}

export async function previewRequest(raw: unknown): Promise<Result<RequestView>> {
  const actor = await currentActor();
  return actor ? preview.previewRequest(actor, raw) : SIGNED_OUT;
}
