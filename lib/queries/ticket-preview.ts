import type { Db } from "@/lib/db/client";
import { environmentName, ticketFacts } from "@/lib/db/sql/ticket-facts";
import { openTicketsOf } from "@/lib/db/sql/ticket-lock";
import type { NewTicket } from "@/lib/db/sql/ticket-write";
import { ok, type Result } from "@/lib/domain/refusal";
import { groupsOf } from "@/lib/domain/ticket/grouping";
import { createTicketsInput } from "@/lib/domain/ticket/input";
import type { TicketPreview } from "@/lib/domain/views/tickets";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { composed, leftOut, ownersOf } from "@/lib/gate/ticket-compose";
import { placeOf, type Place } from "@/lib/gate/tickets";
import { shownRequest } from "@/lib/plugins/connectors/registry";

/** What making tickets would do, asked as it would be done (createTickets): the tickets, who is left out and why, and the exact request for the first. Writes nothing. */
export function previewTickets(actor: Actor, raw: unknown): Promise<Result<TicketPreview>> {
  return read(actor, {
    act: "ticket.write",
    input: createTicketsInput,
    load: async (db, asked) => {
      const { environment } = asked;
      const wanted = [...new Set(asked.items.map(({ number }) => number))];
      const there = await db.finding.findMany({ where: { environmentId: environment, number: { in: wanted } }, select: { id: true, number: true }, orderBy: { id: "asc" } });
      const facts = await ticketFacts(db, environment, there.map(({ id }) => id));
      const place = await placeOf(db, environment, asked);
      if (!place.ok) return place;
      const owners = await ownersOf(db, environment, asked.assignee, facts);
      if (!owners.ok) return owners;

      const taken = await openTicketsOf(db, facts.map(({ id }) => id));
      const left = facts.flatMap((finding) => leftOut(finding, taken.get(finding.id) ?? null, asked) ?? []);
      const missing = wanted.filter((number) => !there.some((finding) => finding.number === number));
      const groups = groupsOf(facts.filter(({ number }) => !left.some((each) => each.number === number)), asked.grouping);
      const { next } = (await db.ticketNumber.findUnique({ where: { environmentId: environment } })) ?? { next: 1 };
      const beside = { ...owners.value, environment, name: await environmentName(db, environment), place: place.value, actionId: "preview", asked, insisted: new Set(taken.keys()) };
      const tickets = groups.map((findings, at) => ({ findings, ticket: composed(next + at, findings, beside) }));
      return ok({
        groups: tickets.map(({ findings, ticket }) => ({ title: ticket.title, findings: findings.map(({ number }) => number), severity: ticket.payload.severity, description: ticket.description, gaps: ticket.gaps })),
        left: [...missing.map((number) => ({ number, why: `There is no finding F-${number} here.`, ticket: null, override: false })), ...left.map(({ number, why, ticket, override }) => ({ number, why, ticket, override }))],
        request: await requestOf(db, environment, place.value, tickets[0]?.ticket ?? null),
      });
    },
  }, raw);
}

/** The request that its tracker would get for this ticket, with dots for what is secret; null where it stays here. */
async function requestOf(db: Db, environment: number, { connectorId, destination }: Place, ticket: NewTicket | null): Promise<TicketPreview["request"]> {
  if (connectorId === null || destination === "internal" || ticket === null) return null;
  const { settings } = await db.connector.findFirstOrThrow({ where: { environmentId: environment, id: connectorId }, select: { settings: true } });
  const { body, ...request } = shownRequest(destination, settings, ticket);
  return { ...request, body: body ?? "" };
}
