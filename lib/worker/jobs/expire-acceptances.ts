import { randomUUID } from "node:crypto";
import { expireAcceptances } from "@/lib/commands/acceptances/expire-acceptances";
import { warnAcceptances } from "@/lib/commands/acceptances/warn-acceptances";
import type { Result } from "@/lib/domain/refusal";
import { systemActor, type Actor } from "@/lib/gate/actor";
import { environmentNumbers } from "@/lib/queries/environment-numbers";

/** Runs every minute: what has expired goes back to open, what will soon is announced. In chunks, until none is left. */
export async function runExpireAcceptances(): Promise<void> {
  const actor = systemActor(randomUUID());
  for (const environment of await environmentNumbers()) {
    await untilDone(expireAcceptances, actor, environment);
    await untilDone(warnAcceptances, actor, environment);
  }
}

async function untilDone(act: (actor: Actor, raw: unknown) => Promise<Result<{ more: boolean }>>, actor: Actor, environment: number): Promise<void> {
  for (let more = true; more; ) {
    const done = await act(actor, { environment });
    if (!done.ok) throw new Error(done.refusal.message);
    more = done.value.more;
  }
}
