import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { row, rows } from "@/lib/db/rows";

/** How an action is named: by its id, by the sequence of any of its events, or by the bulk that it was. */
export type ActionName = { actionId?: string | undefined; event?: string | undefined; bulk?: number | undefined };

/** The id of an action on findings of this environment; null where there is none. */
export async function actionIdOf(db: Db, environment: number, name: ActionName): Promise<string | null> {
  const found = await row(db, z.object({ id: z.string() }), sql`
    SELECT action_id AS id FROM audit_event WHERE environment_id = ${environment} AND finding_id IS NOT NULL
      AND (action_id = ${name.actionId ?? null}::uuid OR sequence = ${name.event ?? null}::text::bigint
        OR action_id = (SELECT action_id FROM bulk WHERE environment_id = ${environment} AND id = ${name.bulk ?? null}::int))
    ORDER BY sequence LIMIT 1`);
  return found?.id ?? null;
}

/** The numbers of the findings whose people-owned fields an action moved. */
export async function numbersOfAction(db: Db, environment: number, actionId: string): Promise<number[]> {
  const found = await rows(db, z.object({ number: z.number() }), sql`
    SELECT DISTINCT record_number AS number FROM audit_event
    WHERE environment_id = ${environment} AND action_id = ${actionId}::uuid AND version IS NOT NULL ORDER BY number`);
  return found.map(({ number }) => number);
}

const logged = z.object({
  finding: z.number(),
  actor: z.string(),
  at: z.date(),
  before: z.unknown(),
  afters: z.array(z.unknown()),
  newest: z.string(),
  newestBy: z.string(),
  newestAt: z.date(),
  sightedAt: z.date().nullable(),
  tickets: z.boolean(),
  asks: z.boolean(),
  retest: z.boolean(),
  endedAt: z.date().nullable(),
});

/**
 * One action on one finding as the log remembers it: the state before it, what each of its entries changed,
 * the newest action on the finding, by whom and when, and when a scan last saw it (null: the newest covering scan does not). `tickets`: it made, moved or reopened a ticket.
 * `asks`: the system flagged it for re-review by it. `retest`: it recorded what a retest found. `endedAt`: when a bulk action in the background was through with all of its findings.
 */
export type LoggedOn = z.output<typeof logged>;

/** One look-up per finding by (finding_id, version): an action may have a hundred thousand entries, of which a chunk asks for a thousand. */
export async function loggedOn(db: Db, environment: number, actionId: string, findings: readonly number[]): Promise<LoggedOn[]> {
  return rows(db, logged, sql`
    SELECT f.id AS finding, l.actor, l.at, l.before, l.afters, l.tickets, l.asks,
      CASE WHEN l.proves THEN EXISTS (SELECT FROM (SELECT e.action, e.action_id FROM audit_event e WHERE e.finding_id = f.id OFFSET 0) e WHERE e.action_id = ${actionId}::uuid AND e.action IN ('retest.passed', 'retest.failed')) ELSE FALSE END AS retest,
      (SELECT b.finished_at FROM bulk b WHERE b.environment_id = ${environment} AND b.action_id = ${actionId}::uuid AND b.as_of IS NOT NULL) AS "endedAt",
      n.action_id::text AS newest, n.actor_name AS "newestBy", n.at AS "newestAt",
      CASE WHEN d.scanner_status <> 'closed' THEN d.last_seen_on END AS "sightedAt"
    FROM finding f JOIN finding_detection d ON d.id = f.id JOIN audit_event n ON n.finding_id = f.id AND n.version = f.version
    CROSS JOIN LATERAL (
      SELECT min(e.actor_type || ':' || e.actor_id) AS actor, min(e.at) AS at, (array_agg(b.before ORDER BY e.version))[1] AS before,
        array_agg(b.after ORDER BY e.version) AS afters,
        bool_or(e.action IN ('finding.ticketed', 'finding.unticketed') OR (e.action = 'finding.re_review_flagged' AND b.after->>'ticket' IS NOT NULL)) AS tickets,
        bool_or(e.action = 'finding.re_review_flagged' AND e.actor_type = 'system') AS asks,
        bool_or(e.action IN ('finding.evidence_added', 'finding.verified', 'finding.verification_failed')) AS proves
      FROM (SELECT * FROM audit_event e WHERE e.finding_id = f.id AND e.version IS NOT NULL OFFSET 0) e JOIN audit_body b USING (sequence)
      WHERE e.action_id = ${actionId}::uuid
    ) l
    WHERE f.environment_id = ${environment} AND f.id = ANY (${[...findings]}::int[]) AND l.at IS NOT NULL`);
}
