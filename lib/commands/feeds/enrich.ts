import { z } from "zod";
import { prisma, type Tx } from "@/lib/db/client";
import { policyOf } from "@/lib/db/policy";
import { kevCrossings, writeKev, writeScores } from "@/lib/db/sql/feeds";
import { crossingEntry } from "@/lib/domain/feeds/crossing";
import { number } from "@/lib/domain/finding/input";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { occasionsOfKev, proposeReopening } from "@/lib/gate/proposals";

const CHUNK = 5_000;
const TEN_MINUTES = 600_000;

const input = z.object({ environment: number });

/** How many findings entered or left the catalogue; `more`: the chunk was full, ask again. */
export type Enriched = { crossed: number; more: boolean };

/**
 * Compares the findings of an environment with the catalogues in force. One that enters the KEV catalogue, or leaves it, gets an entry
 * of its own and the clock that goes with it; a score is a number and changes without one. Run by a job.
 */
export function enrichFindings(actor: Actor, raw: unknown): Promise<Result<Enriched>> {
  return commit(actor, { act: "environment.manage", input, work, timeout: TEN_MINUTES }, raw);
}

async function work(tx: Tx, { environment }: z.output<typeof input>, { now }: Context): Promise<Result<Change<Enriched>>> {
  const crossings = await kevCrossings(tx, environment, CHUNK);
  const [first, ...rest] = crossings.map((one) => crossingEntry(one, "edition"));
  if (!first) return ok({ unchanged: { crossed: 0, more: false } });
  const { sla } = await policyOf(tx, environment);
  const proposals = await proposeReopening(tx, environment, occasionsOfKev(crossings), now);
  return ok({
    trail: [first, ...rest, ...proposals.trail],
    write: async (writing) => {
      await proposals.write(writing);
      await writeKev(writing, crossings, sla);
      return { crossed: crossings.length, more: true };
    },
  });
}

/** Sets the scores of the edition in force; how many findings have another one than before. No decision, so no entry in the log. */
export async function scoreFindings(environment: number): Promise<number> {
  return prisma.$transaction((tx) => writeScores(tx, environment), { timeout: TEN_MINUTES });
}
