import { z } from "zod";
import { can, type Role } from "@/lib/domain/access/can";
import { LIMITS } from "@/lib/domain/filter/expression";
import { readFilter, type Asked } from "@/lib/domain/filter/read";
import { ok, refuseInput, type Result } from "@/lib/domain/refusal";
import type { QueueFilter } from "@/lib/domain/views/alerts";
import { deskParts, queueAddress } from "@/lib/domain/views/queue-address";
import { DENSITIES } from "./layout";
import { columnsInput } from "./layout-input";

/** How many views an environment shares, and how many one person keeps for themselves there. */
export const MOST_SHARED = 200;
export const MOST_OWN = 100;
/** How many stand in the side. */
export const MOST_PINS = 12;

const line = (text: string) => text.replaceAll(/\s+/g, " ").trim();

const name = z.string().max(200).transform(line).pipe(z.string().min(1, "Name the view.").max(80));
const description = z.string().max(1_000).transform((text) => text.trim()).pipe(z.string().max(500));

/** What of a view may be said by whoever saves it. `filter`: an address ("?tab=closed&q=…"), or the filter language itself. */
export const viewFields = {
  name: name.describe("Once among shared views here, once among a person's own; up to 80 characters."),
  description,
  shared: z.boolean().describe("Everybody here sees and opens it."),
  filter: z.string().max(LIMITS.characters * 4).describe('The address of a queue ("?tab=all&q=severity:high&sort=due") or the filter language alone; old names and labels are understood.'),
  columns: columnsInput.describe("In their order."),
  density: z.enum(DENSITIES),
};

/**
 * The filter of a view as it is stored: its canonical address. What cannot be read is refused with its place, since a view with half its
 * filter would show more than it says.
 */
export function viewAddress(text: string): Result<string> {
  const isAddress = text.startsWith("?");
  const asked: Asked = isAddress ? deskParts(text).asked : { q: text };
  const { filter, faults } = readFilter(asked, isAddress ? "needs_review" : "all");
  return faults.length > 0 ? refuseInput(faults.slice(0, 50).map(({ path: _path, ...fault }) => ({ path: "filter", ...fault }))) : ok(queueAddress(filter));
}

/** A stored view as a filter; words of older versions are understood, what nobody knows any more is left out. */
export function viewFilter(address: string): QueueFilter {
  return readFilter(deskParts(address).asked, "needs_review").filter;
}

export type Standing = { personId: number | null; role: Role | undefined };

/** Who sees a view: everybody of a shared one, nobody but its owner else. */
export function maySee(view: { ownerId: number | null; isShared: boolean }, { personId }: Standing): boolean {
  return view.isShared || (personId !== null && view.ownerId === personId);
}

/** Its owner changes it; a shared one also whoever manages views here. */
export function mayChange(view: { ownerId: number | null; isShared: boolean }, who: Standing): boolean {
  return (who.personId !== null && view.ownerId === who.personId) || (view.isShared && can(who.role, "view.manage"));
}
