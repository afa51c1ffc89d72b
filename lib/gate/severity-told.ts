import type { Tx } from "@/lib/db/client";
import { ratedFrom } from "@/lib/db/sql/scan-rated";
import { severitiesOn } from "@/lib/db/sql/ticket-severities";
import type { Move } from "@/lib/domain/finding/move";
import { AT_A_TIME } from "@/lib/domain/scan/consequences";
import { isChangedFromHere } from "@/lib/domain/ticket/drift";
import { worstOf } from "@/lib/domain/ticket/payload-of";
import { NOTHING_FOLLOWS, type Following } from "@/lib/gate/remediation";
import { deliveriesOf, deliveryJobs, enqueueDelivery, lockTickets, renewPayloads } from "@/lib/gate/tickets";

/**
 * What another severity of findings, held by the caller, means for their open tickets: what they say is made anew, and where their worst is another now,
 * their tracker is told. The entry in the log is the finding's.
 */
export async function severitiesTold(tx: Tx, environment: number, moves: readonly Pick<Move, "finding" | "after">[]): Promise<Following> {
  const becomes = new Map(moves.flatMap(({ finding: { id, state }, after }) => (state.teamSeverity === after.teamSeverity ? [] : [[id, after.teamSeverity ?? state.technical] as const])));
  if (becomes.size === 0) return NOTHING_FOLLOWS;
  const found = await severitiesOn(tx, environment, [...becomes.keys()]);
  if (found.size === 0) return NOTHING_FOLLOWS;
  const tickets = (await lockTickets(tx, environment, [...found.keys()])).filter(({ state }) => state === "open");
  const deliveries = tickets.flatMap((ticket) => {
    const findings = found.get(ticket.number) ?? [];
    const isOther = worstOf(findings.map(({ severity }) => severity)) !== worstOf(findings.map(({ id, severity }) => becomes.get(id) ?? severity));
    return isOther && isChangedFromHere(ticket.destination) ? deliveriesOf(ticket, "update", { fields: ["severity"] }) : [];
  });
  return {
    trail: [], jobs: deliveryJobs(deliveries),
    write: async (writing) => {
      await renewPayloads(writing, environment, tickets.map(({ number }) => number));
      await enqueueDelivery(writing, environment, deliveries);
    },
  };
}

/**
 * The same of what a scan rates otherwise, once all that follows from it has been written: `count` tickets in trackers, gathered and held, some at a time.
 * A ticket that is kept here alone is told to nobody.
 */
export async function* severitiesOfScan(tx: Tx, environment: number, count: number): AsyncGenerator<Following> {
  for (let from = 1; from <= count; from += AT_A_TIME) {
    const tickets = await ratedFrom(tx, from);
    const numbers = tickets.map(({ number }) => number);
    const deliveries = tickets.flatMap((ticket) => (ticket.isOther && isChangedFromHere(ticket.destination) ? deliveriesOf(ticket, "update", { fields: ["severity"] }) : []));
    yield {
      trail: [], jobs: deliveryJobs(deliveries),
      write: async (writing) => {
        await renewPayloads(writing, environment, numbers);
        await enqueueDelivery(writing, environment, deliveries);
      },
    };
  }
}
