import type { Caller } from "@/lib/doors/api-key";
import { withSite } from "@/lib/doors/site";
import type { TicketDetailRecord } from "@/lib/domain/records/ticket";
import { ok, type Result } from "@/lib/domain/refusal";
import { getTicketRecord } from "@/lib/queries/rest-tickets";

type Actor = Caller["actor"];
type OnTicket = { actor: Actor; params: { env: number; number: number }; version: number | null; body: { version?: number | null | undefined } };

/** Where a call on one ticket acts; the version stands in the body or in `If-Match`. */
export function onTicket({ params, version, body }: OnTicket) {
  return { environment: params.env, ticket: params.number, version: body.version ?? version };
}

/** The same for acts on several tickets; strict: one is never skipped. */
export function onTickets({ params, version, body }: OnTicket) {
  return { environment: params.env, items: [{ number: params.number, version: body.version ?? version }], strict: true };
}

/** The ticket as it stands, with the address that people open. */
export async function ticketNow(actor: Actor, environment: number, number: number): Promise<Result<TicketDetailRecord>> {
  const found = await getTicketRecord(actor, { environment, number });
  return found.ok ? ok(withSite(found.value)) : found;
}

/** The ticket after an act on it, or the refusal. */
export async function ticketAfter({ actor, params }: Pick<OnTicket, "actor" | "params">, outcome: Result<unknown>): Promise<Result<TicketDetailRecord>> {
  return outcome.ok ? ticketNow(actor, params.env, params.number) : outcome;
}
