"use server";

import { SIGNED_OUT } from "@/lib/actions/fresh-rows";
import * as create from "@/lib/commands/tokens/create";
import * as revoke from "@/lib/commands/tokens/revoke";
import { currentActor } from "@/lib/doors/session";
import type { createTokenInput, revokeTokenInput } from "@/lib/domain/access/input";
import type { Result } from "@/lib/domain/refusal";
import type { z } from "zod";

/** The settings' doors to tokens. */

export async function createToken(raw: z.input<typeof createTokenInput>): Promise<Result<{ id: number; token: string }>> {
  const actor = await currentActor();
  return actor ? create.createToken(actor, raw) : SIGNED_OUT;
}

export async function revokeToken(raw: z.input<typeof revokeTokenInput>): Promise<Result<{ token: number }>> {
  const actor = await currentActor();
  return actor ? revoke.revokeToken(actor, raw) : SIGNED_OUT;
}
