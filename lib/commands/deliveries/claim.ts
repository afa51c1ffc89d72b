import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { claimNext, doubtOrphans, endLease, holdLeftBehind, leaseConnector, orphansOf, renewLease, type ClaimedDelivery, type TakenConnector } from "@/lib/db/sql/deliveries";
import { connectorRule } from "@/lib/domain/connector/kinds";
import { CONNECTOR_KINDS } from "@/lib/domain/connector/kinds";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context, type TrailEntry } from "@/lib/gate/commit";
import { unseal } from "@/lib/gate/seal";

export type { ClaimedDelivery } from "@/lib/db/sql/deliveries";

const id = z.number().int().positive().max(2_147_483_647);
const lease = z.string().min(1).max(100);
const takeInput = z.object({ environment: id, connector: id, lease });

/** A tracker in a runner's hands. `secret` null: it cannot be opened, and has to be given anew. */
export type Taken = Omit<TakenConnector, "sealed"> & { secret: string | null };

/**
 * Takes a tracker for a runner, `{environment, connector, lease}`; null where another has it, or it is switched off. What a runner before was at when
 * it died is in doubt from now on. Asked by a job.
 */
export function takeConnector(actor: Actor, raw: unknown): Promise<Result<Taken | null>> {
  return commit(actor, { act: "delivery.steer", input: takeInput, work: take }, raw);
}

async function take(tx: Tx, asked: z.output<typeof takeInput>, _context: Context): Promise<Result<Change<Taken | null>>> {
  await holdLeftBehind(tx, asked.connector);
  const leased = await leaseConnector(tx, asked.environment, asked.connector, asked.lease);
  if (!leased) return ok({ unchanged: null });
  const { sealed, ...connector } = leased;
  const secret = sealed ? unseal(sealed, { record: "connector", id: connector.id, purpose: "secret" }) : connectorRule(connector.kind).secret?.optional || !connectorRule(connector.kind).secret ? "" : null;
  const taken = { ...connector, secret };

  const orphans = await orphansOf(tx, connector.id);
  const write = async (within: Tx) => {
    if (orphans.length > 0) await doubtOrphans(within, connector.id, connector.lagSeconds);
    return taken;
  };
  const [first, ...rest] = orphans.filter(({ kind }) => kind === "create").map(({ ticket }): TrailEntry => ({
    action: "ticket.in_doubt", record: { type: "ticket", number: ticket }, after: { connector: connector.name }, reason: "The one who sent it was cut off: whether it arrived is not known.",
  }));
  return first ? ok({ trail: [first, ...rest], write }) : ok({ books: write });
}

const claimInput = z.object({ environment: id, connector: id, lease, kind: z.enum(CONNECTOR_KINDS) });

/** Takes the next delivery that is due, `{environment, connector, lease, kind}`; null: nothing is, or not now. It is `sending` from then on, or looked for where it is in doubt. Asked by a job. */
export function claimDelivery(actor: Actor, raw: unknown): Promise<Result<ClaimedDelivery | null>> {
  return commit(actor, {
    act: "delivery.steer", input: claimInput,
    work: async (_tx, asked) => ok({ books: (tx) => claimNext(tx, asked.connector, asked.lease, { isSearched: connectorRule(asked.kind).isSearched, isAsked: asked.kind !== "email" }) }),
  }, raw);
}

/** Keeps a tracker in hand through a long talk with it; false: it was lost, and nothing more may be asked. */
export const keepConnector = (connector: number, name: string): Promise<boolean> => renewLease(connector, name);

/** Gives a tracker back. */
export const letGo = (connector: number, name: string): Promise<void> => endLease(connector, name);
