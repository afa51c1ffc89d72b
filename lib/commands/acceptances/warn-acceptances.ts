import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { policyOf } from "@/lib/db/policy";
import { expiringAcceptances, markWarned } from "@/lib/db/sql/finding-due";
import { number } from "@/lib/domain/finding/input";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type TrailEntry } from "@/lib/gate/commit";

const CHUNK = 500;

const input = z.object({ environment: number });

/** Findings whose coming expiry was announced; `more`: the chunk was full, ask again. */
export type Warned = { warned: readonly number[]; more: boolean };

/** Announces, once, that an acceptance runs out within the policy's warning time. The finding itself does not move. */
export function warnAcceptances(actor: Actor, raw: unknown): Promise<Result<Warned>> {
  return commit(actor, { act: "environment.manage", input, work }, raw);
}

async function work(tx: Tx, { environment }: z.output<typeof input>): Promise<Result<Change<Warned>>> {
  const { decisions } = await policyOf(tx, environment);
  const due = await expiringAcceptances(tx, environment, decisions.warnDays, CHUNK);

  const answer: Warned = { warned: due.map((one) => one.number), more: due.length === CHUNK };
  const [first, ...rest] = due.map((one): TrailEntry => ({
    action: "acceptance.warned",
    record: { type: "finding", number: one.number },
    finding: { id: one.finding, version: null, fields: [] },
    after: { acceptance_id: one.acceptance, accepted_until: one.expiresAt.toISOString() },
    bySystem: true,
  }));
  if (!first) return ok({ unchanged: answer });

  return ok({
    trail: [first, ...rest],
    write: async (writing) => {
      await markWarned(writing, environment, due.map(({ acceptance }) => acceptance));
      return answer;
    },
  });
}
