import type { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { callOffRemoved } from "@/lib/db/sql/connector-removed";
import { connectorInput } from "@/lib/domain/connector/input";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { heldConnector } from "./steps/hold";

/** Takes a connector away, `{environment, connector}`: its secrets are deleted, what waits for it is called off, its tickets keep their keys. What somebody has in hand meanwhile is called off by the clock. Gives how much was called off. */
export function removeConnector(actor: Actor, raw: unknown): Promise<Result<{ cancelled: number }>> {
  return commit(actor, { act: "connector.manage", input: connectorInput, work }, raw);
}

async function work(tx: Tx, { environment, connector: id }: z.output<typeof connectorInput>, { now }: Context): Promise<Result<Change<{ cancelled: number }>>> {
  await holdWaiting(tx, environment, id);
  const connector = await heldConnector(tx, environment, id);
  if (!connector) return refuse("missing", `There is no connector ${id} here.`);
  return ok({
    trail: [{ action: "connector.removed", record: { type: "connector", number: id }, before: { kind: connector.kind, name: connector.name, settings: connector.settings } }],
    write: async (within) => {
      await within.connector.update({ where: { id }, data: { removedAt: now, enabled: false, sealed: null, hookSealed: null, version: connector.version + 1 } });
      return { cancelled: await callOffRemoved(within, id) };
    },
  });
}

/** Tickets come before their connector, as everywhere: whoever takes the connector first may meet somebody who has a ticket and waits for it. */
async function holdWaiting(tx: Tx, environment: number, connector: number): Promise<void> {
  await tx.$executeRaw(sql`
    SELECT FROM ticket WHERE environment_id = ${environment} AND id IN (SELECT ticket_id FROM delivery WHERE connector_id = ${connector} AND status IN ('pending', 'sending', 'in_doubt')) ORDER BY id FOR UPDATE`);
}
