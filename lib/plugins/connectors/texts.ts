import { createHash } from "node:crypto";
import { isChanged, type Left, type Outgoing } from "./contract";

/** All words of a text, of whatever format: a document's are those of its text nodes. */
function wordsOf(given: unknown): string[] {
  if (typeof given === "string") return [given];
  if (Array.isArray(given)) return given.flatMap(wordsOf);
  if (typeof given !== "object" || given === null) return [];
  return Object.entries(given).flatMap(([name, value]) => (name === "text" || typeof value === "object" ? wordsOf(value) : []));
}

/** What makes a description the same as another: its words, however a tracker breaks its lines. Hexadecimal. */
export function textMark(given: unknown): string {
  return createHash("sha256").update(wordsOf(given).join("").replace(/\s+/g, "")).digest("hex");
}

/** What of the description a change writes, and whether it was left as it stands. */
type Described = { writes: { description?: unknown }; left: readonly Left[] };

/** What changes the text for those who read it; whom it is given to stands beside it. */
const TELLING = ["title", "description", "findings", "severity", "due_on", "priority", "team"];

/**
 * The description goes out where ours has changed since it was sent, and only over our own: where people over there have written in it, or nobody knows what
 * stood there, it stays. `theirs` reads what stands there now; it is asked only where there is something to write.
 */
export async function described(ticket: Outgoing, describe: (ticket: Outgoing) => unknown, theirs: () => Promise<unknown>): Promise<Described> {
  const description = describe(ticket);
  const before = ticket.sent?.text;
  const mark = textMark(description);
  if (mark === before) return { writes: {}, left: [] };
  const there = before === undefined ? null : textMark(await theirs());
  if (there !== null && (there === before || there === mark)) return { writes: there === mark ? {} : { description }, left: [] };
  const why = "The description stays as it is over there: it is not the one that was last sent from here. What is new stands in Docket.";
  return { writes: {}, left: [{ field: "description", why: isChanged(ticket, ...TELLING) ? why : "" }] };
}
