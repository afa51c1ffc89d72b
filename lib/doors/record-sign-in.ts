import { randomUUID } from "node:crypto";
import { z } from "zod";
import { ok } from "@/lib/domain/refusal";
import { systemActor, type Actor } from "@/lib/gate/actor";
import { commit, type TrailEntry } from "@/lib/gate/commit";

const ACTIONS = { signed_in: "session.signed_in", signed_out: "session.signed_out", failed: "session.failed" } as const;

export type Attempt = {
  outcome: keyof typeof ACTIONS;
  /** Null where nobody known is behind the attempt. What was typed is never kept: people type passwords into the wrong field. */
  person: { id: number; environments: readonly number[] } | null;
  /** Null where nobody tells it: at sign-out. */
  address: string | null;
  why: "unknown account" | "wrong password" | "disabled" | "demo accounts are off" | null;
};

const input = z.object({ environment: z.number().int().positive().nullable() });

/**
 * Writes a sign-in, an attempt or a sign-out to the log of each environment that the person belongs to, so that its auditor sees it;
 * to that of the whole instance where there is none. A failed one is the system's entry: nobody has proved who they are.
 */
export async function recordSignIn(attempt: Attempt, actor: Actor | null): Promise<void> {
  const environments = attempt.person?.environments ?? [];
  const by = actor && environments.length > 0 ? actor : systemActor(actor?.requestId ?? randomUUID());
  for (const environment of environments.length > 0 ? environments : [null]) await write(by, environment, attempt);
}

async function write(actor: Actor, environment: number | null, { outcome, person, address, why }: Attempt): Promise<void> {
  const entry: TrailEntry = {
    action: ACTIONS[outcome],
    record: { type: "person", number: person?.id ?? null },
    ...(address === null ? {} : { after: { address } }),
    reason: why,
  };
  const written = await commit(actor, {
    act: "environment.read",
    input,
    work: () => Promise.resolve(ok({ trail: [entry] as const, write: () => Promise.resolve(null) })),
  }, { environment });
  if (!written.ok) throw new Error(`A sign-in could not be logged: ${written.refusal.message}`);
}
