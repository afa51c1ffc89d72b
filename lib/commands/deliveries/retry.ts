import { sql, type Tx } from "@/lib/db/client";
import { holdDelivery, type HeldDelivery } from "@/lib/db/sql/deliveries";
import { setSync, updateDelivery } from "@/lib/db/sql/delivery-write";
import { retryDeliveryInput } from "@/lib/domain/connector/input";
import { connectorRule } from "@/lib/domain/connector/kinds";
import { ok, refuse, type Refused, type Result } from "@/lib/domain/refusal";
import { storable } from "@/lib/domain/storable";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type TrailEntry } from "@/lib/gate/commit";
import type { z } from "zod";

const MOST = 1_000;
type Asked = z.output<typeof retryDeliveryInput>;
export type Retried = { deliveries: number };

/**
 * Sends again what failed or is in doubt: `{environment, delivery, insist?}`, or all that failed at a tracker, `{environment, connector}`. A ticket that
 * may have been made is looked for first; where the destination cannot be searched that has to be insisted on.
 */
export function retryDelivery(actor: Actor, raw: unknown): Promise<Result<Retried>> {
  return commit(actor, { act: "delivery.steer", input: retryDeliveryInput, work }, raw);
}

async function work(tx: Tx, asked: Asked): Promise<Result<Change<Retried>>> {
  const chosen = await chosenDeliveries(tx, asked);
  if (!chosen.ok) return chosen;
  const held = (await Promise.all(chosen.value.map((id) => holdDelivery(tx, asked.environment, id)))).flatMap((one) => one ?? []);
  const refused = asked.delivery === undefined ? null : (held.map((one) => refusalOf(one, asked.insist))[0] ?? null);
  if (refused) return refused;
  const again = held.filter((one) => !refusalOf(one, asked.insist));
  const [first, ...rest] = again.map(({ ticket, kind, connectorName, lastError }): TrailEntry => ({ action: "ticket.retried", record: { type: "ticket", number: ticket }, after: { kind, connector: connectorName }, reason: lastError && storable(lastError, 1_000) }));
  if (!first) return ok({ unchanged: { deliveries: 0 } });
  return ok({
    trail: [first, ...rest],
    write: async (within) => {
      for (const one of again) await putBack(within, one);
      return { deliveries: again.length };
    },
    jobs: [...new Set(again.map(({ connector }) => connector))].map((connector) => ({ name: "deliver-tickets", payload: { connector } })),
  });
}

async function chosenDeliveries(tx: Tx, { environment, delivery, connector }: Asked): Promise<Result<number[]>> {
  if (delivery !== undefined) {
    const found = await tx.delivery.findFirst({ where: { environmentId: environment, id: delivery }, select: { id: true, connector: { select: { name: true, removedAt: true } } } });
    if (found?.connector.removedAt) return refuse("conflict", `${found.connector.name} was removed: nothing is sent there.`);
    return found ? ok([found.id]) : refuse("missing", `There is no delivery ${delivery} here.`);
  }
  const found = await tx.connector.findFirst({ where: { environmentId: environment, id: connector ?? 0, removedAt: null }, select: { id: true } });
  if (!found) return refuse("missing", `There is no connector ${connector ?? ""} here.`);
  const failed = await tx.delivery.findMany({ where: { connectorId: found.id, status: "failed" }, orderBy: { id: "asc" }, take: MOST, select: { id: true } });
  return ok(failed.map(({ id }) => id));
}

function refusalOf(held: HeldDelivery, insist: boolean): Refused | null {
  if (held.status === "sending") return refuse("conflict", "It is being sent at this moment.", { next: "Wait a moment." });
  if (held.status === "sent" || held.status === "cancelled") return refuse("conflict", `It is ${held.status}: there is nothing to send again.`);
  if (held.kind === "create" && held.key !== null) return refuse("conflict", `T-${held.ticket} stands there already, as ${held.key}.`);
  const isBlind = held.kind === "create" && held.wasAsked && !connectorRule(held.connectorKind).isSearched && held.status === "in_doubt";
  if (isBlind && !insist) return refuse("conflict", "It may have been made, and this destination cannot be searched: sending again may make a second one.", { next: "Look there first. Link it by hand, or insist." });
  return null;
}

/** In line again: to be looked for where it may have been made, else to be sent. */
async function putBack(tx: Tx, held: HeldDelivery): Promise<void> {
  const isDoubtful = held.kind === "create" && held.wasAsked && connectorRule(held.connectorKind).isSearched;
  await updateDelivery(tx, held.id, { status: isDoubtful ? "in_doubt" : "pending", error: held.lastError, waitSeconds: 0 });
  await tx.$executeRaw(sql`UPDATE delivery SET attempts = 0, due_at = greatest(due_at, CASE WHEN status = 'in_doubt' THEN asked_at + ${held.lagSeconds} * interval '1 second' END) WHERE id = ${held.id}`);
  if (held.kind === "create") await setSync(tx, held.ticketId, isDoubtful ? "in_doubt" : "pending");
}
