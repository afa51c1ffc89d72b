import { z } from "zod";
import { ok, type Result } from "@/lib/domain/refusal";
import type { DestinationChoice } from "@/lib/domain/views/tickets";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { destinationChoices } from "@/lib/queries/ticket-row";

/** Where tickets may go from here, and what troubles each: `{environment}`. */
export function ticketDestinations(actor: Actor, raw: unknown): Promise<Result<DestinationChoice[]>> {
  return read(actor, {
    act: "ticket.write",
    input: z.object({ environment: z.number().int().positive() }),
    load: async (db, { environment }, { now }) => ok(await destinationChoices(db, environment, now)),
  }, raw);
}
