import type { Tx } from "@/lib/db/client";
import { severitiesOn } from "@/lib/db/sql/ticket-severities";
import type { Move } from "@/lib/domain/finding/move";
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
