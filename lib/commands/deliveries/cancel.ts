import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { holdDelivery } from "@/lib/db/sql/deliveries";
import { cancelFollowers, setSync, settleSync, updateDelivery } from "@/lib/db/sql/delivery-write";
import { deliveryInput } from "@/lib/domain/connector/input";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { storable } from "@/lib/domain/storable";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change } from "@/lib/gate/commit";

/** Calls a delivery off that has not been sent, `{environment, delivery}`. A ticket that was never made over there counts as not sent, and what was to follow is called off with it; one that stands there counts as sent, where nothing else has failed. */
export function cancelDelivery(actor: Actor, raw: unknown): Promise<Result<{ delivery: number }>> {
  return commit(actor, { act: "delivery.steer", input: deliveryInput, work }, raw);
}

async function work(tx: Tx, { environment, delivery }: z.output<typeof deliveryInput>): Promise<Result<Change<{ delivery: number }>>> {
  const held = await holdDelivery(tx, environment, delivery);
  if (!held) return refuse("missing", `There is no delivery ${delivery} here.`);
  if (held.status === "sending") return refuse("conflict", "It is being sent at this moment.", { next: "Wait a moment." });
  if (held.status === "sent" || held.status === "cancelled") return refuse("conflict", `It is ${held.status} already.`);
  return ok({
    trail: [{ action: "ticket.send_cancelled", record: { type: "ticket", number: held.ticket }, after: { kind: held.kind, connector: held.connectorName, was: held.status }, reason: held.lastError && storable(held.lastError, 1_000) }],
    write: async (within) => {
      await updateDelivery(within, held.id, { status: "cancelled", error: held.lastError });
      if (held.kind === "create" && held.key === null) {
        await setSync(within, held.ticketId, "failed");
        await cancelFollowers(within, held.ticketId);
      } else await settleSync(within, held);
      return { delivery };
    },
  });
}
