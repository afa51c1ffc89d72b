import { z } from "zod";
import { prisma, type Tx } from "@/lib/db/client";
import { policyOf } from "@/lib/db/policy";
import { kevCrossings, writeKev, writeScores, type Crossing } from "@/lib/db/sql/feeds";
import { number } from "@/lib/domain/finding/input";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type TrailEntry } from "@/lib/gate/commit";

const CHUNK = 5_000;
const TEN_MINUTES = 600_000;

const input = z.object({ environment: number });

/** How many findings entered or left the catalogue; `more`: the chunk was full, ask again. */
export type Enriched = { crossed: number; more: boolean };

/**
 * Compares the findings of an environment with the catalogues in force. One that enters the KEV catalogue, or leaves it, gets an entry
 * of its own and the clock that goes with it; a score is a number and changes without one. Run by a job and after each import.
 */
export function enrichFindings(actor: Actor, raw: unknown): Promise<Result<Enriched>> {
  return commit(actor, { act: "environment.manage", input, work, timeout: TEN_MINUTES }, raw);
}

async function work(tx: Tx, { environment }: z.output<typeof input>): Promise<Result<Change<Enriched>>> {
  const crossings = await kevCrossings(tx, environment, CHUNK);
  const [first, ...rest] = crossings.map(entryOf);
  if (!first) return ok({ unchanged: { crossed: 0, more: false } });
  const { sla } = await policyOf(tx, environment);
  return ok({
    trail: [first, ...rest],
    write: async (writing) => {
      await writeKev(writing, crossings, sla);
      return { crossed: crossings.length, more: true };
    },
  });
}

/** Sets the scores of the edition in force; how many findings have another one than before. No decision, so no entry in the log. */
export async function scoreFindings(environment: number): Promise<number> {
  return prisma.$transaction((tx) => writeScores(tx, environment), { timeout: TEN_MINUTES });
}

function entryOf({ id, number: finding, kev, cve, name, addedOn }: Crossing): TrailEntry {
  return {
    action: kev ? "finding.entered_kev" : "finding.left_kev",
    record: { type: "finding", number: finding },
    finding: { id, version: null, fields: [] },
    before: { kev: !kev },
    after: { kev },
    reason: kev ? `${cve ?? "It"} is known to be exploited${addedOn ? ` since ${addedOn.toISOString().slice(0, 10)}` : ""}: ${name ?? ""}`.slice(0, 500) : "The catalogue in force no longer names it.",
    bySystem: true,
  };
}
