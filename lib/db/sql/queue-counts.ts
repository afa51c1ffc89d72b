import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { count, rows } from "@/lib/db/rows";
import { requestedFindings } from "@/lib/db/sql/acceptance-requests";
import type { Asking } from "@/lib/db/sql/queue-where";
import { RESPONSES, type Response } from "@/lib/domain/finding/words";
import type { QueueCounts } from "@/lib/domain/views/alerts";

export const counted = z.object({ response: z.enum(RESPONSES), detected: z.boolean(), assigned: z.boolean(), n: count });
type Counted = z.output<typeof counted>;

const DAY = 86_400_000;

const WORKING: readonly Response[] = ["needs_review", "investigating"];

function sum(all: readonly Counted[], of: (each: Counted) => boolean): number {
  return all.filter(of).reduce((total, each) => total + each.n, 0);
}

const chipRow = z.object({ re_review: count, waiting: count, expiring: count, requested: count });

/** The end of acceptances that end soon, and the day it lies in, UTC: whole days before it are kept as sums, of that one the findings are looked at. */
function soonOf({ now, warnDays }: Asking): { end: Date; day: Date } {
  const end = new Date(now.getTime() + warnDays * DAY);
  return { end, day: new Date(Math.floor(end.getTime() / DAY) * DAY) };
}

/** The kept counts of an environment, summed over their slots. */
export const keptCounts = (environment: number) => sql`SELECT response, detected, assigned, sum(n)::bigint AS n FROM queue_count WHERE environment_id = ${environment} GROUP BY response, detected, assigned`;

/**
 * Exact counts of an environment in one statement: its tabs by the union rule, its responses and the chips beside them off the tables that triggers keep,
 * whatever their size; what is asked for is few and has an index of its own.
 */
export async function queueCounts(db: Db, asking: Asking): Promise<QueueCounts> {
  const { end, day } = soonOf(asking);
  const all = await rows(db, counted.extend(chipRow.shape), sql`
    SELECT c.*, k.re_review, k.waiting, k.expiring + l.expiring AS expiring, r.requested
    FROM (${keptCounts(asking.environment)}) c,
      (SELECT coalesce(sum(n) FILTER (WHERE chip = 're_review'), 0)::bigint AS re_review, coalesce(sum(n) FILTER (WHERE chip = 'waiting'), 0)::bigint AS waiting,
        coalesce(sum(n) FILTER (WHERE chip = 'expiring'), 0)::bigint AS expiring FROM queue_chip WHERE environment_id = ${asking.environment} AND day < (${day} AT TIME ZONE 'UTC')::date) k,
      (SELECT count(*) AS expiring FROM finding WHERE environment_id = ${asking.environment} AND accepted_until >= ${day} AND accepted_until < ${end}) l,
      (SELECT count(*) AS requested FROM (${requestedFindings(asking.environment)}) r) r`);
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

/** Days of acceptances that are long over keep one row each instead of one for every slot, and none where nothing is left of them: pages sum them. Gives how many days it folded. */
export function foldPastChips(db: Db): Promise<number> {
  return db.$executeRaw(sql`
    WITH gone AS (DELETE FROM queue_chip WHERE chip = 'expiring' AND day < current_date - 30 AND (slot <> 0 OR n = 0) RETURNING environment_id, day, n)
    INSERT INTO queue_chip AS q SELECT environment_id, 0, 'expiring', day, sum(n) FROM gone GROUP BY environment_id, day HAVING sum(n) <> 0 ORDER BY environment_id, day
    ON CONFLICT (environment_id, slot, chip, day) DO UPDATE SET n = q.n + excluded.n`);
}
