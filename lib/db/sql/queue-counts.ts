import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { count, row, rows } from "@/lib/db/rows";
import { flagged, type Asking } from "@/lib/db/sql/queue-where";
import { RESPONSES, type Response } from "@/lib/domain/finding/words";
import type { QueueCounts } from "@/lib/domain/views/alerts";

export const counted = z.object({ response: z.enum(RESPONSES), detected: z.boolean(), assigned: z.boolean(), n: count });
type Counted = z.output<typeof counted>;

const WORKING: readonly Response[] = ["needs_review", "investigating"];

function sum(all: readonly Counted[], of: (each: Counted) => boolean): number {
  return all.filter(of).reduce((total, each) => total + each.n, 0);
}

/** Exact counts of an environment off the table that triggers keep: its tabs by the union rule, its responses, and what hides. */
export async function queueCounts(db: Db, asking: Asking): Promise<QueueCounts> {
  const [all, chips] = await Promise.all([
    rows(db, counted, sql`SELECT response, detected, assigned, sum(n)::bigint AS n FROM queue_count
      WHERE environment_id = ${asking.environment} GROUP BY response, detected, assigned`),
    chipCounts(db, asking),
  ]);
  const tally = tallied(all);
  const live = sum(all, ({ response, detected }) => response === "closed" && detected);
  return { ...tally, chips: { ...chips, live } };
}

export type Tally = Pick<QueueCounts, "tabs" | "responses" | "unassigned">;

/** The tabs by the union rule, the responses, and what waits for somebody. */
export function tallied(all: readonly Counted[]): Tally {
  const inTab = (tab: Response) => sum(all, ({ response, detected }) => response === tab && detected);
  const responses = (of: Response) => sum(all, ({ response }) => response === of);
  return {
    tabs: {
      needs_review: inTab("needs_review"),
      investigating: inTab("investigating"),
      accepted_risk: inTab("accepted_risk"),
      closed: sum(all, ({ response, detected }) => response === "closed" || !detected),
      all: sum(all, () => true),
    },
    responses: {
      needs_review: responses("needs_review"),
      investigating: responses("investigating"),
      accepted_risk: responses("accepted_risk"),
      closed: responses("closed"),
    },
    unassigned: sum(all, ({ response, detected, assigned }) => WORKING.includes(response) && detected && !assigned),
  };
}

const chipRow = z.object({ re_review: count, waiting: count, expiring: count, requested: count });

/** Each through its own index on few rows; none waits for the others. */
async function chipCounts(db: Db, asking: Asking): Promise<z.output<typeof chipRow>> {
  const of = (flag: "re_review" | "waiting" | "expiring" | "requested") =>
    sql`(SELECT count(*) FROM finding f WHERE f.environment_id = ${asking.environment} AND ${flagged(flag, asking)})`;
  const found = await row(db, chipRow, sql`SELECT ${of("re_review")} AS re_review, ${of("waiting")} AS waiting,
    ${of("expiring")} AS expiring, ${of("requested")} AS requested`);
  return found ?? { re_review: 0, waiting: 0, expiring: 0, requested: 0 };
}
