import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { overdueFollowUps } from "@/lib/db/sql/ticket-proposals";
import { number } from "@/lib/domain/finding/input";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { proposeReopening } from "@/lib/gate/proposals";

const CHUNK = 500;

const input = z.object({ environment: number });

/** How many closed tickets were proposed; `more`: the chunk was full, ask again. */
export type Overdue = { proposed: number; more: boolean };

/** The clock's act: a vendor's answer is overdue, so its closed ticket is proposed to be opened again; once for each date. At most 500 in one call. */
export function proposeOverdue(actor: Actor, raw: unknown): Promise<Result<Overdue>> {
  return commit(actor, { act: "environment.manage", input, work }, raw);
}

async function work(tx: Tx, { environment }: z.output<typeof input>, { now }: Context): Promise<Result<Change<Overdue>>> {
  const due = await overdueFollowUps(tx, environment, now, CHUNK);
  const following = await proposeReopening(tx, environment, due.map(({ finding, number: of, key, on }) => ({ finding, key, why: `The vendor's answer on F-${of} was due on ${on}.` })), now);
  const [first, ...rest] = following.trail;
  if (!first) return ok({ unchanged: { proposed: 0, more: false } });
  return ok({
    trail: [first, ...rest],
    write: async (writing) => {
      await following.write(writing);
      return { proposed: following.trail.length, more: due.length === CHUNK };
    },
  });
}
