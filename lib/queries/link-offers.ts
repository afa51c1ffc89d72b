import { z } from "zod";
import { linkCandidates } from "@/lib/db/sql/link-candidates";
import { openTicketsOf, ticketsByNumber } from "@/lib/db/sql/ticket-lock";
import { number } from "@/lib/domain/finding/input";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { LinkOffers } from "@/lib/domain/views/tickets";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";

const input = z.object({ environment: z.number().int().positive(), ticket: number, named: z.array(number).max(100), alike: z.boolean().default(true) });

/**
 * What may be put on a ticket, `{environment, ticket, named, alike?}`: the findings that are named, and unless `alike` is false the worst open ones of the rules that it is about. Each says
 * whether it is on it already and which other open ticket it has; `missing` are numbers that no finding has.
 */
export function linkOffers(actor: Actor, raw: unknown): Promise<Result<LinkOffers>> {
  return read(actor, {
    act: "ticket.write",
    input,
    load: async (db, { environment, ticket, named, alike }) => {
      const [held] = await ticketsByNumber(db, environment, [ticket]);
      if (!held) return refuse("missing", `There is no ticket T-${ticket} here.`);
      const linked = new Set(held.links.filter(({ unlinkedAt }) => unlinkedAt === null).map(({ id }) => id));
      const found = await linkCandidates(db, environment, { linked: [...linked], named, alike });
      const taken = await openTicketsOf(db, found.map(({ id }) => id), [held.id]);
      const missing = named.filter((wanted) => !found.some((each) => each.number === wanted));
      return ok({ missing, findings: found.map(({ id, ...each }) => ({ ...each, isHere: linked.has(id), ticket: taken.get(id) ?? null })) });
    },
  }, raw);
}
