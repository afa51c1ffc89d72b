import { respond } from "../../lib/commands/findings/respond";
import { closeTickets } from "../../lib/commands/tickets/close";
import { createTickets } from "../../lib/commands/tickets/create";
import { mergeTickets } from "../../lib/commands/tickets/merge";
import { reopenTickets } from "../../lib/commands/tickets/reopen";
import { splitTicket } from "../../lib/commands/tickets/split";
import { tickCheck } from "../../lib/commands/tickets/tick-check";
import type { Result } from "../../lib/domain/refusal";
import type { Actor } from "../../lib/gate/actor";
import type { Demo } from "../seed";
import { pick } from "./perform";
import type { Pick } from "./story";

const DAY = 86_400_000;
const critical = { severity: "critical", response: "investigating", detected: true } as const;
/** What the scan after its fix no longer sees. */
const whole = { rule: "900101", asset: "search-2.acme.test", take: 1 } as const;
const high = { severity: "high", response: "investigating", detected: true } as const;

/** What the demo's people do with tickets: so many days ago, after what they decided that day. Tickets are named by their numbers, which are those of their order. */
type TicketAct = { daysAgo: number; who: "analyst" | "manager"; place: "production" | "staging"; does: (actor: Actor, environment: number, today: Date) => Promise<Result<unknown>> };

/** `dueIn`: so many days after it was made. Its findings have been there for longer than their windows: by them it would be overdue when it is made. */
const made = (wanted: Omit<Pick, "place">, place: Pick["place"], { dueIn, ...more }: Record<string, unknown> & { dueIn: number }): TicketAct["does"] => async (actor, environment, today) =>
  createTickets(actor, { ...more, environment, items: await pick(environment, { place, ...wanted }), assignee: more.assignee ?? "analyst@demo.test", dueOn: new Date(today.getTime() + dueIn * DAY).toISOString() });

export const TICKETS: readonly TicketAct[] = [
  { daysAgo: 38, who: "analyst", place: "production", does: made({ ...critical, take: 4 }, "production", { dueIn: 14, grouping: "one", title: "Critical findings of the June release", labels: ["release", "java"] }) }, // T-1
  { daysAgo: 27.5, who: "manager", place: "production", does: made({ ...high, take: 8 }, "production", { dueIn: 30, grouping: "rule", team: "Platform", cc: ["analyst@demo.test"], labels: ["sprint"], assignee: "manager@demo.test" }) },
  { daysAgo: 22, who: "analyst", place: "production", does: (actor, environment) => tickCheck(actor, { environment, ticket: 1, position: 1, ticked: true }) },
  { daysAgo: 22, who: "analyst", place: "production", does: (actor, environment) => closeTickets(actor, { environment, items: [{ number: 1 }], reason: "patched", notes: "Release 4.2.1, rolled out in the maintenance window of Sunday night." }) },
  { daysAgo: 14, who: "manager", place: "production", does: (actor, environment) => closeTickets(actor, { environment, items: [{ number: 2 }], reason: "patched", notes: "In the platform release." }) },
  { daysAgo: 11, who: "manager", place: "production", does: (actor, environment) => reopenTickets(actor, { environment, items: [{ number: 2 }], reason: "The release was rolled back on two of three hosts." }) },
  { daysAgo: 7.5, who: "analyst", place: "production", does: made({ ...critical, take: 12 }, "production", { dueIn: 14, grouping: "rule", labels: ["images"] }) },
  // The whole chain: made, closed, looked at by the scan after its window, and only then dispositioned.
  { daysAgo: 19.5, who: "analyst", place: "production", does: made(whole, "production", { dueIn: 10, grouping: "one", labels: ["edge"], title: "Raise OpenSSH on search-2" }) }, // T-5
  { daysAgo: 12, who: "analyst", place: "production", does: (actor, environment) => closeTickets(actor, { environment, items: [{ number: 5 }], reason: "patched", notes: "Raised to 9.8p1 and restarted." }) },
  { daysAgo: 8.5, who: "analyst", place: "production", does: async (actor, environment) => respond(actor, { environment, items: await pick(environment, { place: "production", ...whole }), response: "closed", reason: "patched", note: "Confirmed by the scan after the roll-out." }) },
  {
    daysAgo: 7, who: "manager", place: "production",
    does: (actor, environment, today) => closeTickets(actor, { environment, items: [{ number: 4 }], reason: "vendor_notified", notes: "Reported; the vendor promises an update within the week.", followUpOn: new Date(today.getTime() + 5 * DAY).toISOString() }),
  },
  { daysAgo: 6.5, who: "manager", place: "production", does: (actor, environment) => closeTickets(actor, { environment, items: [{ number: 6 }], reason: "risk_accepted", justification: "Replaced with the hosts in March; the console is reachable from two addresses until then." }) },
  { daysAgo: 15, who: "analyst", place: "staging", does: made({ severity: "high", detected: true, take: 3 }, "staging", { dueIn: 30, grouping: "one", title: "Before the staging hosts are shared", assignee: null }) },
  { daysAgo: 14, who: "analyst", place: "staging", does: async (actor, environment) => splitTicket(actor, { environment, ticket: 1, findings: (await pick(environment, { place: "staging", severity: "high", detected: true, take: 1 })).map(({ number }) => number), title: "The one that cannot wait" }) },
  { daysAgo: 13, who: "analyst", place: "staging", does: (actor, environment) => mergeTickets(actor, { environment, into: 1, from: [2] }) },
];

/** Lets one of the demo's people do one thing with tickets, through the same commands as everybody. Throws when it is refused. */
export async function performTicket(demo: Demo, act: TicketAct): Promise<void> {
  const actor = demo.people[`${act.who}@demo.test`];
  if (!actor) throw new Error(`There is no ${act.who} in the demo.`);
  const done = await act.does(actor, demo.environments[act.place], new Date(demo.now.getTime() - act.daysAgo * DAY));
  if (!done.ok) throw new Error(`The demo's ticket of ${act.daysAgo} days ago was refused: ${done.refusal.message}`);
}
