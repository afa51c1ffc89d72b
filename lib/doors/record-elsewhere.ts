import { z } from "zod";
import { ok } from "@/lib/domain/refusal";
import { systemActor } from "@/lib/gate/actor";
import { commit } from "@/lib/gate/commit";
import { consume } from "./limits";

const input = z.object({ environment: z.number().int().positive() });

/**
 * Writes to the log that a token was called with from an address where it is not taken, at most ten times an hour for one token: whoever
 * has it in hand must not fill the log. It is the system's entry, since nobody has proved who they are.
 */
export async function recordElsewhere(token: { id: number; environment: number }, address: string, requestId: string): Promise<void> {
  if (!(await consume("token-elsewhere", String(token.id))).ok) return;
  const entry = { action: "token.refused", record: { type: "token", number: token.id }, after: { address }, reason: "not from an address that it names" } as const;
  const written = await commit(systemActor(requestId), {
    act: "environment.read",
    input,
    work: () => Promise.resolve(ok({ trail: [entry] as const, write: () => Promise.resolve(null) })),
  }, { environment: token.environment });
  if (!written.ok) throw new Error(`A call from elsewhere could not be logged: ${written.refusal.message}`);
}
