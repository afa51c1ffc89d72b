import type { Tx } from "@/lib/db/client";
import { holdersOf, ticketsOfIssues } from "@/lib/db/sql/ticket-there";
import { foldAll, type Folded } from "@/lib/domain/ticket/fold";
import { recordedOf, type Recorded, type Report } from "@/lib/domain/ticket/there";
import { lockTickets, type HeldTicket } from "@/lib/gate/tickets";

/** A ticket that something was said of: what was known, and how it stands over there after all of it. `which`: its reports by their place in the list. */
export type Heard = { ticket: HeldTicket; known: Recorded; folded: Folded; which: readonly number[]; reports: readonly Report[] };

/** The ticket of each report: by what is stored, else by the key to which a report before it has moved the issue. */
async function numbersOf(tx: Tx, connector: number, reports: readonly Report[]): Promise<(number | null)[]> {
  const stored = await ticketsOfIssues(tx, connector, reports);
  const moved = new Map<string, number>();
  return reports.map((told, at) => {
    const number = stored[at] ?? moved.get(told.key) ?? null;
    if (number !== null && told.movedTo !== null) moved.set(told.movedTo, number);
    return number;
  });
}

/** The tickets that these reports are of, held until the transaction ends, each with what they come to. Reports of no ticket here are left out. */
export async function heardOf(tx: Tx, environment: number, connector: number, reports: readonly Report[]): Promise<Heard[]> {
  const numbers = await numbersOf(tx, connector, reports);
  const held = await lockTickets(tx, environment, [...new Set(numbers.filter((number) => number !== null))]);
  const holders = await holdersOf(tx, connector, [...new Set(reports.flatMap((told) => [told.movedTo, told.key].filter((key) => key !== null)))]);
  const told = held.map((ticket) => {
    const which = numbers.flatMap((number, at) => (number === ticket.number ? [at] : []));
    return { ticket, which, reports: which.flatMap((at) => reports[at] ?? []), place: { key: ticket.externalKey, id: ticket.externalId, url: ticket.externalUrl } };
  });
  const folded = foldAll(told.map(({ ticket, reports: mine, place }) => ({ ticket: ticket.id, external: ticket.external, place, reports: mine })), holders);
  return told.flatMap(({ ticket, which, reports: mine }, at) => (folded[at] ? [{ ticket, known: recordedOf(ticket.external, ticket.externalKey), folded: folded[at], which, reports: mine }] : []));
}
