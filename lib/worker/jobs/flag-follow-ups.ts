import { randomUUID } from "node:crypto";
import { flagFollowUps } from "@/lib/commands/findings/flag-follow-ups";
import { systemActor } from "@/lib/gate/actor";
import { environmentNumbers } from "@/lib/queries/environment-numbers";

/** Runs every minute: findings whose review or follow-up is due are flagged. In chunks, until none is left; what was missed while nothing ran comes with them. */
export async function runFlagFollowUps(): Promise<void> {
  const actor = systemActor(randomUUID());
  for (const environment of await environmentNumbers()) {
    for (let more = true; more; ) {
      const done = await flagFollowUps(actor, { environment });
      if (!done.ok) throw new Error(done.refusal.message);
      more = done.value.more;
    }
  }
}
