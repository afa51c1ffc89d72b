import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { policyOf } from "@/lib/db/policy";
import { followUpNumbers, markFollowedUp } from "@/lib/db/sql/finding-due";
import { writeMoves } from "@/lib/db/sql/finding-write";
import { flagForReview } from "@/lib/domain/finding/amend";
import { followUpAsked } from "@/lib/domain/finding/follow-up";
import { number } from "@/lib/domain/finding/input";
import { entriesOf, oneStep, type Move } from "@/lib/domain/finding/move";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context, type TrailEntry } from "@/lib/gate/commit";
import { openDesk } from "@/lib/gate/findings";

const CHUNK = 500;

const input = z.object({ environment: number });

/** Findings that were flagged for re-review; `more`: the chunk was full, ask again. */
export type FollowedUp = { flagged: readonly number[]; more: boolean };

/**
 * The clock's act: mitigations whose day of review has come, and findings that wait on a vendor past the day of the follow-up, are flagged for
 * re-review, each date once, and not while the decision itself may still be taken back (a day at most). The decision stays; the system signs, and each finding is an action of its own. At most 500 in one call.
 */
export function flagFollowUps(actor: Actor, raw: unknown): Promise<Result<FollowedUp>> {
  return commit(actor, { act: "environment.manage", input, work }, raw);
}

/** A flag that nobody has answered yet stays, with this one beside it. */
const beside = (flag: string | null, why: string): string => (flag === null || flag.includes(why) ? why : `${flag} ${why}`);

async function work(tx: Tx, { environment }: z.output<typeof input>, context: Context): Promise<Result<Change<FollowedUp>>> {
  const { decisions } = await policyOf(tx, environment);
  const due = await followUpNumbers(tx, environment, decisions.undoHours, CHUNK);
  if (due.length === 0) return ok({ unchanged: { flagged: [], more: false } });
  const desk = await openDesk(tx, environment, due.map((one) => ({ number: one })));

  const asked = desk.known.flatMap((finding) => {
    const why = followUpAsked(finding.state, context.now);
    return why === null ? [] : [{ finding, why }]; // decided otherwise while this waited for it
  });
  const moves = asked.flatMap(({ finding, why }): Move[] => {
    const date = finding.state.followUpOn?.toISOString() ?? null;
    const move = oneStep(finding, flagForReview(finding.state, beside(finding.state.reReview, why)), { action: "finding.re_review_flagged", reason: why, details: { due: date } });
    return move.ok ? [move.value] : []; // flagged for the same already
  });
  const answer: FollowedUp = { flagged: moves.map(({ finding }) => finding.state.number), more: due.length === CHUNK };

  const write = async (writing: Tx) => {
    await writeMoves(writing, environment, moves, { ...context.actor, actionId: null, revokes: null });
    await markFollowedUp(writing, environment, asked.map(({ finding }) => finding.id));
    return answer;
  };
  const [first, ...rest] = moves.flatMap((move): TrailEntry[] => entriesOf(move, { bySystem: true, actionId: randomUUID() }));
  return ok(first ? { trail: [first, ...rest], write } : { books: write });
}
