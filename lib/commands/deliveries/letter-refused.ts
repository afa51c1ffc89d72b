import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { holdDelivery } from "@/lib/db/sql/deliveries";
import { setSync, updateDelivery } from "@/lib/db/sql/delivery-write";
import { freeKey, renewMail, settleMail } from "@/lib/db/sql/notices";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { storable } from "@/lib/domain/storable";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change } from "@/lib/gate/commit";

const id = z.number().int().positive().max(2_147_483_647);
const input = z.object({ environment: id, delivery: id, mail: id, attempts: z.number().int().nonnegative(), why: z.string() });

/** The delivery whose letter it is by its key; null: a letter of another kind. */
export function deliveryOf(key: string): number | null {
  const found = /^delivery:(\d{1,10})$/.exec(key)?.[1];
  return found === undefined ? null : Number(found);
}

/**
 * A ticket's letter will not arrive, `{environment, delivery, mail, attempts, why}`: the letter, its delivery and its ticket have failed, with the words of the
 * mail server. Sent again, it is written anew. `attempts`: as the letter was taken; where another sender took it meanwhile it is theirs to say. Asked by a job.
 */
export function letterRefused(actor: Actor, raw: unknown): Promise<Result<{ delivery: number }>> {
  return commit(actor, { act: "delivery.steer", input, work }, raw);
}

async function work(tx: Tx, { environment, delivery, mail, attempts, why }: z.output<typeof input>): Promise<Result<Change<{ delivery: number }>>> {
  const held = await holdDelivery(tx, environment, delivery);
  if (!held) return refuse("missing", `There is no delivery ${delivery} here.`);
  const letter = { id: mail, attempts };
  if (!(await renewMail(tx, letter))) return ok({ unchanged: { delivery } });
  const error = storable(`The mail server did not take the letter: ${why}`, 1_000);
  const endLetter = async (within: Tx) => {
    await settleMail(within, letter, { failed: why });
    await freeKey(within, mail);
    return { delivery };
  };
  // called off or sent again meanwhile
  if (held.status !== "sent") return ok({ books: endLetter });
  return ok({
    trail: [{ action: "ticket.send_failed", record: { type: "ticket", number: held.ticket }, after: { connector: held.connectorName, kind: held.kind }, reason: error }],
    write: async (within) => {
      await updateDelivery(within, held.id, { status: "failed", error });
      await setSync(within, held.ticketId, "failed");
      return endLetter(within);
    },
  });
}
