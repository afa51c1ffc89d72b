import type { Tx } from "@/lib/db/client";
import { holdersOf, ticketsOfIssues } from "@/lib/db/sql/ticket-there";
import { fold, type Folded } from "@/lib/domain/ticket/fold";
import { recordedOf, type Recorded, type Report } from "@/lib/domain/ticket/there";
import { lockTickets, type HeldTicket } from "@/lib/gate/tickets";

/** A ticket that something was said of: what was known, and how it stands over there after all of it. `which`: its reports by their place in the list. */
export type Heard = { ticket: HeldTicket; known: Recorded; folded: Folded; which: readonly number[]; reports: readonly Report[] };

const newKeyOf = ({ movedTo, mergedInto }: Report): string | null => mergedInto ?? movedTo;

/** The ticket of each report: by what is stored, else by the key to which a report before it has moved the issue. */
async function numbersOf(tx: Tx, connector: number, reports: readonly Report[]): Promise<(number | null)[]> {
  const stored = await ticketsOfIssues(tx, connector, reports);
  const moved = new Map<string, number>();
  return reports.map((told, at) => {
    const number = stored[at] ?? moved.get(told.key) ?? null;
    const to = newKeyOf(told);
    if (number !== null && to !== null) moved.set(to, number);
    return number;
  });
}

/** The tickets that these reports are of, held until the transaction ends, each with what they come to. Reports of no ticket here are left out. */
export async function heardOf(tx: Tx, environment: number, connector: number, reports: readonly Report[]): Promise<Heard[]> {
  const numbers = await numbersOf(tx, connector, reports);
  const held = await lockTickets(tx, environment, [...new Set(numbers.filter((number) => number !== null))]);
  const holders = await holdersOf(tx, connector, [...new Set(reports.flatMap((told) => [newKeyOf(told), told.key].filter((key) => key !== null)))]);
  return held.map((ticket) => {
    const which = numbers.flatMap((number, at) => (number === ticket.number ? [at] : []));
    const mine = which.flatMap((at) => reports[at] ?? []);
    const place = { key: ticket.externalKey, id: ticket.externalId, url: ticket.externalUrl };
    return { ticket, known: recordedOf(ticket.external, ticket.externalKey), folded: fold({ ticket: ticket.id, external: ticket.external, place }, mine, holders), which, reports: mine };
  });
}
