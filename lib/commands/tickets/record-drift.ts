import type { Tx } from "@/lib/db/client";
import { writeDrift } from "@/lib/db/sql/ticket-there";
import { ok, refuseInput, type Result } from "@/lib/domain/refusal";
import { driftInput, type DriftAsked } from "@/lib/domain/ticket/input";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change } from "@/lib/gate/commit";
import { differing } from "./steps/differing";

/** Lets a difference to the tracker be, `{environment, ticket, version?, field, note}`: it stays as it is, and is silent until it changes over there again. */
export function recordDrift(actor: Actor, raw: unknown): Promise<Result<{ ticket: number }>> {
  return commit(actor, { act: "ticket.write", input: driftInput, work }, raw);
}

async function work(tx: Tx, asked: DriftAsked): Promise<Result<Change<{ ticket: number }>>> {
  const found = await differing(tx, asked);
  if (!found.ok) return found;
  if (!asked.note) return refuseInput([{ path: "note", message: "Say why it stays so." }]);
  const { ticket, theirs, there, drift, connector } = found.value;

  return ok({
    trail: [{ action: "ticket.drift_recorded", record: { type: "ticket", number: ticket.number }, before: { [asked.field]: theirs }, after: { field: asked.field, connector, drift }, note: asked.note }],
    write: async (within) => {
      await writeDrift(within, ticket.id, { external: { ...there, silent: { ...there.silent, [asked.field]: theirs } }, drift });
      return { ticket: ticket.number };
    },
  });
}
