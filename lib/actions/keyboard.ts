"use server";

import { SIGNED_OUT } from "@/lib/actions/fresh-rows";
import { setKeyboard } from "@/lib/commands/people/set-keyboard";
import { currentActor } from "@/lib/doors/session";
import type { KeyboardSettings } from "@/lib/domain/person/keyboard";
import type { Result } from "@/lib/domain/refusal";

/** Keeps how the signed-in person uses the keyboard. */
export async function saveKeyboard(raw: unknown): Promise<Result<KeyboardSettings>> {
  const actor = await currentActor();
  return actor ? setKeyboard(actor, raw) : SIGNED_OUT;
}
