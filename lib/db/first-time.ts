import { deserialize, serialize } from "node:v8";
import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { row } from "@/lib/db/rows";

/** The call that a write belongs to, where its sender gave it a key. `step` counts its writes. What gives a `secret` keeps that it was done, never what it gave. */
export type FirstTime = { token: number; key: string; step: number; secret?: string };

const kept = z.array(z.object({ step: z.number(), value: z.unknown() }));

async function held(tx: Tx, { token, key }: FirstTime): Promise<z.output<typeof kept>> {
  const found = await row(tx, z.object({ done: z.instanceof(Uint8Array).nullable() }), sql`SELECT done FROM idempotency_key WHERE token_id = ${token} AND key = ${key} FOR UPDATE`);
  return found?.done ? kept.parse(deserialize(found.done)) : [];
}

/**
 * What this write of the call gave when it was done before; null when it was not. The row of the key is held from here on: whoever asks
 * again waits until it is known whether the first went through, even where its connection was lost in the middle of COMMIT.
 */
export async function doneBefore<Out>(tx: Tx, call: FirstTime): Promise<{ value: Out } | null> {
  const found = (await held(tx, call)).find(({ step }) => step === call.step);
  return found ? { value: z.custom<Out>().parse(found.value) } : null; // written by the same command
}

/** Keeps what this write gave, in its own transaction; of a secret that it was given. */
export async function keepDone(tx: Tx, call: FirstTime, value: unknown): Promise<void> {
  const all = [...(await held(tx, call)), { step: call.step, value: call.secret === undefined ? value : null }];
  await tx.$executeRaw(sql`UPDATE idempotency_key SET done = ${serialize(all)} WHERE token_id = ${call.token} AND key = ${call.key}`);
}
