import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { count, rows } from "@/lib/db/rows";
import { requestedFindings } from "@/lib/db/sql/acceptance-requests";
import { flagged, type Asking } from "@/lib/db/sql/queue-where";
import { RESPONSES, type Response } from "@/lib/domain/finding/words";
import type { QueueCounts } from "@/lib/domain/views/alerts";

export const counted = z.object({ response: z.enum(RESPONSES), detected: z.boolean(), assigned: z.boolean(), n: count });
type Counted = z.output<typeof counted>;

const WORKING: readonly Response[] = ["needs_review", "investigating"];

function sum(all: readonly Counted[], of: (each: Counted) => boolean): number {
  return all.filter(of).reduce((total, each) => total + each.n, 0);
}

const chipRow = z.object({ re_review: count, waiting: count, expiring: count, requested: count });

/**
 * Exact counts of an environment in one statement: its tabs by the union rule and its responses off the table that triggers keep, and beside each row
 * what hides, every number once through its own index on few rows.
 */
export async function queueCounts(db: Db, asking: Asking): Promise<QueueCounts> {
  const of = (flag: "re_review" | "waiting" | "expiring") =>
    sql`(SELECT count(*) FROM finding f WHERE f.environment_id = ${asking.environment} AND ${flagged(flag, asking)})`;
  const all = await rows(db, counted.extend(chipRow.shape), sql`SELECT c.*, ${of("re_review")} AS re_review, ${of("waiting")} AS waiting,
    ${of("expiring")} AS expiring, (SELECT count(*) FROM (${requestedFindings(asking.environment)}) r) AS requested
    FROM (SELECT response, detected, assigned, sum(n)::bigint AS n FROM queue_count WHERE environment_id = ${asking.environment} GROUP BY response, detected, assigned) c`);
  const { re_review = 0, waiting = 0, expiring = 0, requested = 0 } = all[0] ?? {};
  const live = sum(all, ({ response, detected }) => response === "closed" && detected);
  return { ...tallied(all), chips: { re_review, waiting, expiring, requested, live } };
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
