import { sql, trustedSql, type Sql } from "@/lib/db/client";
import { requestedFindings } from "@/lib/db/sql/acceptance-requests";
import type { IsFlag } from "@/lib/domain/views/alerts";

/**
 * Who asks in which environment, and the moment that ages and due times count from. `lazily`: the first rows of an order are wanted, not all that
 * match, so that a condition is better asked of one row after the other. `words`: what is known of the words of a search, the ids of the findings
 * that hold one, or "common" where they are very many. `few`: only these can match, where that is known.
 * `chosen`: the rows are known already and of any environment, so that nothing is looked up for them all.
 */
export type Asking = { environment: number; personId: number | null; now: Date; warnDays: number; lazily?: boolean; words?: ReadonlyMap<string, readonly number[] | "common">; few?: readonly number[]; chosen?: boolean };

const DAY = 86_400_000;

/** Of one person a few among all: their ids first, off the primary key. Whoever is no person has none. */
function ofPerson(table: "bookmark" | "finding_share", { environment, personId }: Asking): Sql {
  if (personId === null) return sql`FALSE`;
  return sql`f.id = ANY(ARRAY(SELECT finding_id FROM ${trustedSql(table)} WHERE environment_id = ${environment} AND person_id = ${personId}))`;
}

const FLAGS: Record<IsFlag, (asking: Asking) => Sql> = {
  kev: () => sql`f.kev`,
  new: () => sql`f.scanner_status = 'new'`,
  regressed: () => sql`f.governance_status = 'reopened'`,
  overdue: ({ now }) => sql`f.next_due < ${now}`, // null where no clock runs
  unassigned: () => sql`(f.assignee_id IS NULL AND f.tab IN ('needs_review', 'investigating'))`,
  verified: () => sql`f.verification IN ('verified', 'attested')`,
  administrative: () => sql`(f.governance_status = 'resolved' AND f.verification NOT IN ('verified', 'attested')
    AND (f.close_reason IS NULL OR f.close_reason NOT IN ('duplicate', 'decommissioned')))`,
  re_review: () => sql`f.re_review IS NOT NULL`,
  live: () => sql`f.is_live`,
  waiting: () => sql`(f.governance_status = 'in_progress' AND f.follow_up_on IS NOT NULL)`,
  expiring: ({ now, warnDays }) => sql`f.accepted_until < ${new Date(now.getTime() + warnDays * DAY)}`,
  bookmarked: (asking) => ofPerson("bookmark", asking),
  shared: (asking) => ofPerson("finding_share", asking),
  ticketed: () => sql`EXISTS (SELECT FROM ticket_finding tf WHERE tf.finding_id = f.id AND tf.is_open)`, // ticket_finding_open_partial
  requested: ({ environment }) => sql`f.id IN (${requestedFindings(environment)})`,
};

/** The condition behind one `is:` property. */
export function flagged(flag: IsFlag, asking: Asking): Sql {
  return FLAGS[flag](asking);
}
