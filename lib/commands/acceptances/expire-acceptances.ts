import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { expiredNumbers } from "@/lib/db/sql/finding-due";
import { writeMoves } from "@/lib/db/sql/finding-write";
import { expire } from "@/lib/domain/finding/acceptance";
import { number } from "@/lib/domain/finding/input";
import { entriesOf, oneStep, type Move } from "@/lib/domain/finding/move";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context, type TrailEntry } from "@/lib/gate/commit";
import { decisionContext, openDesk } from "@/lib/gate/findings";
import { occasionsOfAcceptances, proposeReopening } from "@/lib/gate/proposals";

const CHUNK = 500;

const input = z.object({ environment: number });

/** Findings that went back to open; `more`: the chunk was full, ask again. */
export type Expired = { expired: readonly number[]; more: boolean };

/**
 * The clock's act: acceptances that have run out, by the database's clock, move their findings to open with both clocks
 * started anew. The system signs; each finding is an action of its own. At most 500 in one call.
 */
export function expireAcceptances(actor: Actor, raw: unknown): Promise<Result<Expired>> {
  return commit(actor, { act: "environment.manage", input, work }, raw);
}

async function work(tx: Tx, { environment }: z.output<typeof input>, context: Context): Promise<Result<Change<Expired>>> {
  const due = await expiredNumbers(tx, environment, CHUNK);
  const desk = await openDesk(tx, environment, due.map((one) => ({ number: one })));

  const by = decisionContext(context, desk.policy);
  const moves = desk.known.flatMap((finding): Move[] => {
    const outcome = expire(finding.state, by);
    if (!outcome.ok) return []; // renewed or revoked while this waited for it
    const [hop] = outcome.value.hops;
    const step = { action: "finding.expired", reason: "The acceptance has expired.", ...(hop ? { hop } : {}) } as const;
    const move = oneStep(finding, ok(outcome.value.after), step);
    return move.ok ? [move.value] : [];
  });
  const answer: Expired = { expired: moves.map(({ finding }) => finding.state.number), more: due.length === CHUNK };

  const [first, ...rest] = moves.flatMap((move): TrailEntry[] => entriesOf(move, { bySystem: true, actionId: randomUUID() }));
  if (!first) return ok({ unchanged: { ...answer, more: false } });
  const proposals = await proposeReopening(tx, environment, occasionsOfAcceptances(moves, "expired"), context.now);

  return ok({
    trail: [first, ...rest, ...proposals.trail],
    write: async (writing) => {
      await proposals.write(writing);
      await writeMoves(writing, environment, moves, { ...context.actor, actionId: null, revokes: null });
      return answer;
    },
  });
}
