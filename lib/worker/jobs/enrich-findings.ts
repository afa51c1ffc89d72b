import { randomUUID } from "node:crypto";
import { enrichFindings, scoreFindings } from "@/lib/commands/feeds/enrich";
import { systemActor } from "@/lib/gate/actor";
import { environmentNumbers } from "@/lib/queries/environment-numbers";

/** Compares every environment with the catalogues in force, in chunks, until nothing is different any more. */
export async function runEnrichFindings(): Promise<void> {
  const actor = systemActor(randomUUID());
  for (const environment of await environmentNumbers()) {
    for (let more = true; more; ) {
      const done = await enrichFindings(actor, { environment });
      if (!done.ok) throw new Error(done.refusal.message);
      more = done.value.more;
    }
    await scoreFindings(environment);
  }
}
