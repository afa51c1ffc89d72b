import { randomUUID } from "node:crypto";
import type { Result } from "@/lib/domain/refusal";
import { systemActor, type Actor } from "@/lib/gate/actor";
import { environmentNumbers } from "@/lib/queries/environment-numbers";

/** Something that the system does to one environment, a chunk in each call; `more`: the chunk was full. */
type Chunked = (actor: Actor, raw: unknown) => Promise<Result<{ more: boolean }>>;

/** Does these in every environment, one after the other, each in chunks until none is left. @throws where one is refused. */
export async function everywhere(...acts: readonly Chunked[]): Promise<void> {
  const actor = systemActor(randomUUID());
  for (const environment of await environmentNumbers()) for (const act of acts) await untilDone(act, actor, environment);
}

async function untilDone(act: Chunked, actor: Actor, environment: number): Promise<void> {
  for (let more = true; more; ) {
    const done = await act(actor, { environment });
    if (!done.ok) throw new Error(done.refusal.message);
    more = done.value.more;
  }
}
