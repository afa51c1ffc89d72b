import { wasSaid, type Remark } from "@/lib/domain/ticket/remark";
import { isChanged, textMark, type Left, type Outgoing } from "./contract";

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

/** Does a remark stand among these, oldest to newest, each in the format in which `write` writes ours? */
export function isSaidAmong(there: readonly unknown[], { text, before, again, ever }: Remark, write: (text: string) => unknown): boolean {
  return wasSaid(there.map(textMark), { words: textMark(write(text)), before: before === null ? null : textMark(write(before)), again, ever });
}
