import { z } from "zod";
import { DEFAULT_KEYBOARD, type KeyboardSettings } from "@/lib/domain/person/keyboard";

/** A key press in words: modifiers, then the key ("j", "Shift+j", "Mod+k", "?"), or two presses with a blank between ("g a"). */
const chord = z.string().max(24).regex(/^(?:(?:Mod|Alt|Shift)\+)*[^\s]{1,12}(?: [^\s]{1,12})?$/);
const command = z.string().max(40).regex(/^[a-z]+(?:\.[a-zA-Z0-9]+)+$/);

const MOST_COMMANDS = 120;

export const keyboardSettings = z.object({
  letters: z.boolean().default(true),
  advance: z.boolean().default(true),
  keys: z.record(command, z.array(chord).max(3)).refine((keys) => Object.keys(keys).length <= MOST_COMMANDS, `at most ${MOST_COMMANDS} commands`).default({}),
}) satisfies z.ZodType<KeyboardSettings, unknown>;

/** What is stored, read again; what a later or an earlier version wrote and this one cannot read counts as the defaults. */
export function readKeyboard(stored: unknown): KeyboardSettings {
  return keyboardSettings.catch(DEFAULT_KEYBOARD).parse(stored ?? {});
}
