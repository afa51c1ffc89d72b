import { randomUUID } from "node:crypto";
import { proposeOverdue } from "@/lib/commands/tickets/propose-overdue";
import { systemActor } from "@/lib/gate/actor";
import { environmentNumbers } from "@/lib/queries/environment-numbers";

/** Runs every hour: closed tickets whose vendor has not answered in time are proposed to be opened again. In chunks, until none is left. */
export async function runProposeReopenings(): Promise<void> {
  const actor = systemActor(randomUUID());
  for (const environment of await environmentNumbers()) {
    for (let more = true; more; ) {
      const done = await proposeOverdue(actor, { environment });
      if (!done.ok) throw new Error(done.refusal.message);
      more = done.value.more;
    }
  }
}
