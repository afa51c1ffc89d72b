/**
 * How one person uses the keyboard. `keys` names only commands that differ from their defaults; an empty list leaves a command
 * without a key. `letters`: single characters act as commands. `advance`: after a decision the cursor goes on to the next finding.
 */
export type KeyboardSettings = { letters: boolean; advance: boolean; keys: Record<string, string[]> };

export const DEFAULT_KEYBOARD: KeyboardSettings = { letters: true, advance: true, keys: {} };
