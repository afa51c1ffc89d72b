import { COMMANDS, type CommandId, type CommandRow, type KnownCommand, type Where } from "./keys";

/** A key press, as far as it says which command is meant. */
export type Press = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** A person's keys where they differ from the table, by command. */
export type Remapped = Readonly<Record<string, readonly string[]>>;

/** The letter of a press. Where a layout writes no Latin letters the key's place on the keyboard tells. */
function letterOf({ key, code }: Press): string {
  if (key === " ") return "Space";
  if (key.length !== 1) return key;
  const [, place] = /^Key([A-Z])$/.exec(code) ?? [];
  return key.charCodeAt(0) > 127 && place ? place.toLowerCase() : key.toLowerCase();
}

/** A press in the table's words: "j", "Shift+j", "Mod+k", "?". Shift is named where it does not change the character itself. */
export function chordOf(press: Press): string {
  const letter = letterOf(press);
  const isCased = /^[a-z]$/.test(letter) || letter.length > 1;
  return [press.ctrlKey || press.metaKey ? "Mod+" : "", press.altKey ? "Alt+" : "", press.shiftKey && isCased ? "Shift+" : "", letter].join("");
}

/** Does this chord press a character alone? Those are what people who dictate switch off. */
export function isCharacter(chord: string): boolean {
  return chord.includes(" ") || /^(?:Shift\+)?.$/u.test(chord);
}

/** The keys of a command as this person has them, the fixed ones last. */
export function keysOf(row: CommandRow, remapped: Remapped): readonly string[] {
  return [...(remapped[row.id] ?? row.keys), ...(row.fixed ?? [])];
}

/** Which commands a chord may mean; which of them answers depends on the screen. */
export function bindings(remapped: Remapped): ReadonlyMap<string, readonly CommandId[]> {
  const bound = new Map<string, CommandId[]>();
  for (const row of COMMANDS) for (const chord of keysOf(row, remapped)) bound.set(chord, [...(bound.get(chord) ?? []), row.id]);
  return bound;
}

/** The first keys of two-press commands: "g". */
export function leaders(bound: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  return new Set([...bound.keys()].filter((chord) => chord.includes(" ")).map((chord) => chord.split(" ")[0] ?? ""));
}

function meets(one: readonly Where[], other: readonly Where[]): boolean {
  return one.includes("anywhere") || other.includes("anywhere") || one.some((where) => other.includes(where));
}

/** Commands that would answer to the same press in the same place. A key that begins a sequence cannot be a command itself. */
export function conflictsOf(row: CommandRow, chord: string, remapped: Remapped): KnownCommand[] {
  const clashes = (other: string) => other === chord || other.startsWith(`${chord} `) || chord.startsWith(`${other} `);
  return COMMANDS.filter((other) => other.id !== row.id && meets(row.where, other.where) && keysOf(other, remapped).some(clashes));
}

const NAMES: Readonly<Record<string, string>> = { ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc", " ": "Space" };

/** A chord as key caps: "Mod+Shift+j" is ["Ctrl", "Shift", "J"], on a Mac ["⌘", "Shift", "J"]; a letter of its own stays small. */
export function capsOf(chord: string, isMac: boolean): string[] {
  const isHeld = /\+./.test(chord);
  return chord.split(/[ ](?=.)|\+(?=.)/u).map((part) => (part === "Mod" ? (isMac ? "⌘" : "Ctrl") : (NAMES[part] ?? (isHeld && part.length === 1 ? part.toUpperCase() : part))));
}

/** A chord as `aria-keyshortcuts` writes it: "Shift+J", "Control+A"; a sequence with a blank. */
export function ariaOf(chord: string, isMac: boolean): string {
  return chord.split(" ").map((press) => press.replace("Mod", isMac ? "Meta" : "Control").replace(/\+([a-z])$/, (_, letter: string) => `+${letter.toUpperCase()}`)).join(" ");
}
