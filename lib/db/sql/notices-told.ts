import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { NOTICE_EVENT_NAMES } from "@/lib/domain/notice/events";
import { TELLING } from "@/lib/domain/notice/telling";

const item = z.object({ type: z.enum(["finding", "ticket"]), number: z.number(), title: z.string(), deed: z.string(), to: z.string().nullable(), reason: z.string().nullable() });
const hit = z.object({
  event: z.enum(NOTICE_EVENT_NAMES), person: z.number().nullable(), copy: z.string().nullable(), count: z.number(), items: z.array(item),
  at: z.date(), by: z.string().nullable(), byPerson: z.number().nullable(), scan: z.number().nullable(),
});
/** What acts have for one person under one event; `person` null: for the environment's managers and its list, or for the address that new tickets name in `copy`. One of several authors, or scans, is not named. */
export type Hit = z.output<typeof hit>;

const SHOWN = 5;
/** So many groups are read at a time: whoever an act concerns is told of it, however many they are. */
const PAGE = 2_000;
const PAIRS = JSON.stringify(Object.entries(TELLING).flatMap(([action, events]) => events.map((event) => ({ action, event }))));

/**
 * Whom these acts concern, grouped by person and event with the first five records of each: the assignee of a finding or ticket as it is now, with whom it was shared,
 * the approver of an acceptance, who closed a ticket that should be looked at again; null stands for those whom an event concerns whoever it is assigned to. Nobody is told of their own act.
 * Off audit_event_action_id_idx and audit_event_ticket_partial; what a scan changed, off scan_change's index on the scan.
 */
export async function hitsOf(db: Db, environment: number, actions: readonly string[], most = PAGE): Promise<Hit[]> {
  const found: Hit[] = [];
  for (;;) {
    const page = await pageOf(db, environment, actions, { most, offset: found.length });
    found.push(...page);
    if (page.length < most) return found;
  }
}

function pageOf(db: Db, environment: number, actions: readonly string[], { most, offset }: { most: number; offset: number }): Promise<Hit[]> {
  return rows(db, hit, sql`
    WITH told AS (SELECT * FROM jsonb_to_recordset(${PAIRS}::jsonb) AS t(action text, event text)),
    entry AS (
      SELECT t.event, e.at, e.action, e.sequence, e.record_type, e.record_number, e.finding_id, e.scan_id, e.to_status::text AS to, coalesce(b.reason, CASE t.event WHEN 'shared' THEN b.note END) AS reason, CASE t.event WHEN 'shared' THEN b.after->'people' END AS people,
        CASE WHEN e.actor_type = 'system' THEN NULL ELSE e.actor_name END AS by, e.person_id
      FROM audit_event e JOIN told t ON t.action = e.action LEFT JOIN audit_body b ON b.sequence = e.sequence
      WHERE e.environment_id = ${environment} AND e.action_id = ANY (${[...actions]}::uuid[])
    ), newest AS (
      SELECT DISTINCT ON (event, record_type, record_number) * FROM entry WHERE record_type IN ('finding', 'ticket') ORDER BY event, record_type, record_number, sequence DESC
    ), concerned AS (
      SELECT n.event, n.at, n.sequence, n.record_type AS type, n.record_number AS number, n.action AS deed, n.to, n.reason, n.by, n.person_id, NULL::int AS scan, f.title, who.person, NULL AS copy
      FROM newest n JOIN finding f ON f.id = n.finding_id LEFT JOIN acceptance a ON a.id = f.acceptance_id
      CROSS JOIN LATERAL (SELECT DISTINCT person FROM (
        SELECT f.assignee_id WHERE n.event <> 'shared' UNION ALL SELECT a.approver_id WHERE n.event = 'acceptance_expiring'
        UNION ALL SELECT p::int FROM json_array_elements_text(n.people) p) v(person) WHERE person IS NOT NULL) who
      WHERE n.record_type = 'finding'
      UNION ALL
      SELECT n.event, n.at, n.sequence, n.record_type, n.record_number, n.action, n.to, n.reason, n.by, n.person_id, NULL, t.title, who.person, NULL
      FROM newest n JOIN ticket t ON t.environment_id = ${environment} AND t.number = n.record_number
      CROSS JOIN LATERAL (SELECT DISTINCT person FROM (VALUES (t.assignee_id), (CASE WHEN n.action = 'ticket.reopening_proposed' THEN (
        SELECT c.person_id FROM audit_event c WHERE c.environment_id = ${environment} AND c.record_type = 'ticket' AND c.record_number = t.number AND c.action = 'ticket.closed' ORDER BY c.sequence DESC LIMIT 1) END)) v(person) WHERE person IS NOT NULL) who
      WHERE n.record_type = 'ticket'
      UNION ALL
      SELECT n.event, n.at, n.sequence, n.record_type, n.record_number, n.action, n.to, n.reason, n.by, n.person_id, NULL, coalesce(t.title, f.title), NULL, NULL
      FROM newest n LEFT JOIN ticket t ON n.record_type = 'ticket' AND t.environment_id = ${environment} AND t.number = n.record_number LEFT JOIN finding f ON f.id = n.finding_id
      WHERE n.event IN ('escalation', 'verification_failed')
      UNION ALL
      SELECT n.event, n.at, n.sequence, n.record_type, n.record_number, n.action, n.to, n.reason, n.by, n.person_id, NULL, t.title, NULL, copy
      FROM newest n JOIN ticket t ON t.environment_id = ${environment} AND t.number = n.record_number CROSS JOIN LATERAL unnest(ARRAY[NULL] || t.cc) AS copy
      WHERE n.event = 'new_ticket' AND n.record_type = 'ticket'
      UNION ALL
      SELECT n.event, n.at, f.id, 'finding', f.number, n.action, NULL, NULL, n.by, n.person_id, n.scan_id, f.title, CASE n.event WHEN 're_find' THEN f.assignee_id END, NULL
      FROM entry n JOIN scan_change c ON c.environment_id = ${environment} AND c.scan_id = n.scan_id JOIN finding f ON f.id = c.finding_id
      WHERE n.action = 'scan.completed' AND CASE n.event
        WHEN 'critical_finding' THEN c.kind = 'new' AND f.calibrated = 'critical' ELSE c.kind IN ('refound', 'regressed') AND f.assignee_id IS NOT NULL END
    )
    SELECT event, person, copy, count(*)::int AS count, max(at) AS at, CASE WHEN count(DISTINCT coalesce(by, '')) = 1 THEN max(by) END AS by,
      CASE WHEN count(DISTINCT coalesce(person_id, 0)) = 1 THEN max(person_id) END AS "byPerson", CASE WHEN count(DISTINCT scan) = 1 THEN max(scan) END AS scan,
      to_jsonb((array_agg(jsonb_build_object('type', type, 'number', number, 'title', title, 'deed', deed, 'to', "to", 'reason', reason) ORDER BY sequence))[1:${SHOWN}::int]) AS items
    FROM concerned WHERE person IS NULL OR person IS DISTINCT FROM person_id
    GROUP BY event, person, copy ORDER BY event, person NULLS FIRST, copy NULLS FIRST LIMIT ${most} OFFSET ${offset}`);
}

const reader = z.object({ id: z.number(), name: z.string(), email: z.string(), manages: z.boolean(), choices: z.record(z.string(), z.object({ inApp: z.boolean(), mail: z.boolean() })) });
/** A member who can sign in, and what they want to be told of; an event without a choice comes both ways. */
export type Reader = z.output<typeof reader>;

/** The members concerned, and all who manage the environment. */
export function readersOf(db: Db, environment: number, people: readonly number[]): Promise<Reader[]> {
  return rows(db, reader, sql`
    SELECT p.id, p.name, p.email, m.role IN ('manager', 'admin') AS manages,
      coalesce((SELECT jsonb_object_agg(c.event, jsonb_build_object('inApp', c.in_app, 'mail', c.mail)) FROM notice_choice c WHERE c.environment_id = m.environment_id AND c.person_id = p.id), '{}') AS choices
    FROM membership m JOIN person p ON p.id = m.person_id
    WHERE m.environment_id = ${environment} AND m.active AND p.disabled_at IS NULL AND (p.id = ANY (${[...people]}::int[]) OR m.role IN ('manager', 'admin')) ORDER BY p.id LIMIT 2000`);
}

/** The address lists of an environment, by event. */
export async function listsOf(db: Db, environment: number): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = await rows(db, z.object({ event: z.string(), addresses: z.array(z.string()) }), sql`SELECT event, addresses FROM recipient_list WHERE environment_id = ${environment} ORDER BY event`);
  return new Map(found.map(({ event, addresses }) => [event, addresses]));
}
