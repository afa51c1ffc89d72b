import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { KeyboardSettings } from "@/lib/domain/person/keyboard";
import { keyboardSettings, readKeyboard } from "@/lib/domain/person/keyboard-input";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit } from "@/lib/gate/commit";

const input = z.object({ environment: z.number().int().positive(), keyboard: keyboardSettings });

/** Keeps how the person who asks uses the keyboard, in every environment: `{environment, keyboard}`. Nobody sets it for somebody else. */
export function setKeyboard(actor: Actor, raw: unknown): Promise<Result<KeyboardSettings>> {
  return commit(actor, {
    act: "environment.read",
    input,
    work: async (tx, { keyboard }) => {
      const person = actor.personId;
      if (actor.type !== "user" || person === null) return refuse("invalid", "Only a person has a keyboard.");
      const before = readKeyboard((await tx.person.findUniqueOrThrow({ where: { id: person }, select: { keyboard: true } })).keyboard);
      if (isDeepStrictEqual(before, keyboard)) return ok({ unchanged: keyboard });

      return ok({
        trail: [{ action: "person.keyboard_changed", record: { type: "person", number: person }, before, after: keyboard }],
        write: async (within) => {
          await within.person.update({ where: { id: person }, data: { keyboard } });
          return keyboard;
        },
      });
    },
  }, raw);
}
