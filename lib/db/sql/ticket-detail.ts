import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { row, rows } from "@/lib/db/rows";
import { EVENT_COLUMNS, eventRow, type StoredEvent } from "@/lib/db/sql/event-row";
import { CLOSE_REASONS, EVIDENCE_KINDS, GOVERNANCE_STATUSES, SCANNER_STATUSES, SEVERITIES, VERIFICATIONS } from "@/lib/domain/finding/words";
import { DESTINATIONS, REMEDIATIONS, SYNCS, TICKET_STATES } from "@/lib/domain/ticket/words";

const text = z.string().nullable();
const date = z.date().nullable();
const whole = z.number().nullable();

const beside = z.object({
  description: z.string(), reopenReason: text, createdBy: z.string(), gaps: z.array(z.string()), mergedInto: whole, splitFrom: whole, payloadHash: text, sent: z.unknown(), external: z.unknown(), isCalledOff: z.boolean(),
});

/** What only the page of a ticket shows of its own row. */
export async function ticketBeside(db: Db, id: number): Promise<z.output<typeof beside> | null> {
  return row(db, beside, sql`SELECT description, reopen_reason AS "reopenReason", actor_name AS "createdBy", gaps, merged_into AS "mergedInto", split_from AS "splitFrom",
    encode(payload_hash, 'hex') AS "payloadHash", sent, external,
      external_key IS NULL AND coalesce((SELECT d.status = 'cancelled' FROM delivery d WHERE d.ticket_id = ticket.id AND d.kind = 'create' ORDER BY d.id DESC LIMIT 1), false) AS "isCalledOff"
    FROM ticket WHERE id = ${id}`);
}

const linked = z.object({
  id: z.number(), number: z.number(), title: z.string(), asset: z.string(), severity: z.enum(SEVERITIES), scanner: z.enum(SCANNER_STATUSES), governance: z.enum(GOVERNANCE_STATUSES),
  closeReason: z.enum(CLOSE_REASONS).nullable(), verification: z.enum(VERIFICATIONS), version: z.number(), remediation: z.enum(REMEDIATIONS), attempts: z.number(), autoRetest: z.boolean(),
  retestAt: date, escalatedAt: date, evidenceCount: z.number(), acknowledgedAt: date, unlinkedAt: date,
  retestId: whole, retestStatus: z.enum(["requested", "passed", "failed", "cancelled"]).nullable(), retestDue: date, retestBy: text, settledBy: text, settledAt: date, retestNote: text, retestScan: whole,
});
export type StoredLink = z.output<typeof linked>;

/** The findings that a ticket has and had, worst first, each with the newest retest. At most 2,000. */
export async function findingsOfTicket(db: Db, ticket: number): Promise<StoredLink[]> {
  return rows(db, linked, sql`
    SELECT f.id, f.number, f.title, a.name AS asset, f.calibrated AS severity, f.scanner_status AS scanner, f.governance_status AS governance, f.close_reason AS "closeReason", f.verification,
      f.version, tf.remediation, tf.attempts, tf.auto_retest AS "autoRetest", tf.retest_at AS "retestAt", tf.escalated_at AS "escalatedAt",
      (SELECT count(*)::int FROM evidence e WHERE e.finding_id = f.id) AS "evidenceCount", f.acknowledged_at AS "acknowledgedAt", tf.unlinked_at AS "unlinkedAt", r.id AS "retestId",
      r.status AS "retestStatus", r.due_at AS "retestDue", r.requested_by AS "retestBy", r.settled_by AS "settledBy", r.settled_at AS "settledAt", r.note AS "retestNote", r.scan_id AS "retestScan"
    FROM ticket_finding tf JOIN finding f ON f.id = tf.finding_id JOIN asset a ON a.id = f.asset_id
    LEFT JOIN LATERAL (SELECT * FROM retest r WHERE r.finding_id = f.id ORDER BY r.id DESC LIMIT 1) r ON TRUE
    WHERE tf.ticket_id = ${ticket} ORDER BY f.calibrated, f.id LIMIT 2000`);
}

const evidence = z.object({ id: z.number(), finding: z.number(), kind: z.enum(EVIDENCE_KINDS), reference: text, note: text, approver: text, addedBy: z.string(), at: z.date() });

/** What proves the fixes of its findings, newest first; at most 200. */
export async function evidenceOfTicket(db: Db, environment: number, findings: readonly number[]): Promise<z.output<typeof evidence>[]> {
  return rows(db, evidence, sql`SELECT e.id, f.number AS finding, e.kind, e.reference, e.note, p.name AS approver, e.actor_name AS "addedBy", e.created_at AS at
    FROM evidence e JOIN finding f ON f.id = e.finding_id LEFT JOIN person p ON p.id = e.approver_id
    WHERE e.environment_id = ${environment} AND e.finding_id = ANY(${[...findings]}::int[]) ORDER BY e.id DESC LIMIT 200`);
}

const delivery = z.object({
  id: z.number(), ticket: z.number(), title: z.string(), connector: z.string(), destination: z.enum(DESTINATIONS), kind: z.enum(["create", "update", "close", "reopen", "comment"]),
  status: z.enum(["pending", "sending", "in_doubt", "failed", "sent", "cancelled"]), attempts: z.number(), dueAt: z.date(), askedAt: date, settledAt: date, error: text,
});

/** What went and goes out of one ticket, newest first; at most 50. delivery_ticket_id_id_idx. */
export async function deliveriesOfTicket(db: Db, ticket: number): Promise<z.output<typeof delivery>[]> {
  return rows(db, delivery, sql`SELECT d.id, t.number AS ticket, t.title, c.name AS connector, t.destination, d.kind, d.status, d.attempts, d.due_at AS "dueAt", d.asked_at AS "askedAt",
    d.settled_at AS "settledAt", d.last_error AS error FROM delivery d JOIN ticket t ON t.id = d.ticket_id JOIN connector c ON c.id = d.connector_id
    WHERE d.ticket_id = ${ticket} ORDER BY d.id DESC LIMIT 50`);
}

/** Events of a ticket's own, newest acts first, from one before a sequence on: a page of `limit` acts. audit_event_ticket_partial. */
export async function ticketEvents(db: Db, environment: number, number: number, before: number | null, limit: number): Promise<StoredEvent[]> {
  return rows(db, eventRow, sql`
    WITH acts AS (SELECT e.action_id, max(e.sequence) AS last FROM audit_event e
      WHERE e.environment_id = ${environment} AND e.record_type = 'ticket' AND e.record_number = ${number} GROUP BY e.action_id
      HAVING ${before}::text::bigint IS NULL OR max(e.sequence) < ${before}::text::bigint ORDER BY last DESC LIMIT ${limit})
    SELECT ${EVENT_COLUMNS} FROM acts JOIN audit_event e ON e.action_id = acts.action_id AND e.environment_id = ${environment} AND e.record_type = 'ticket' AND e.record_number = ${number}
      JOIN audit_body b USING (sequence) ORDER BY acts.last DESC, e.sequence`);
}

const ofFinding = z.object({
  number: z.number(), title: z.string(), state: z.enum(TICKET_STATES), reopenCount: z.number(), closeReason: z.enum(CLOSE_REASONS).nullable(), remediation: z.enum(REMEDIATIONS), attempts: z.number(),
  assignee: text, externalKey: text, externalUrl: text, externalStatus: text, externalDone: z.boolean(), sync: z.enum(SYNCS), destination: z.enum(DESTINATIONS), createdAt: z.date(), closedAt: date, version: z.number(), isLinked: z.boolean(),
});

/** The tickets that a finding has and had, those that are linked first, newest first; how far the fix is, of this finding. At most 100. */
export async function ticketsOfFinding(db: Db, environment: number, finding: number): Promise<z.output<typeof ofFinding>[]> {
  return rows(db, ofFinding, sql`
    SELECT t.number, t.title, t.state, t.reopen_count AS "reopenCount", t.close_reason AS "closeReason", tf.remediation, tf.attempts, p.name AS assignee, t.external_key AS "externalKey",
      t.external_url AS "externalUrl", t.external->>'status' AS "externalStatus", t.external_done AS "externalDone", t.sync, t.destination, t.created_at AS "createdAt", t.closed_at AS "closedAt", t.version,
      tf.unlinked_at IS NULL AS "isLinked"
    FROM ticket_finding tf JOIN ticket t ON t.id = tf.ticket_id LEFT JOIN person p ON p.id = t.assignee_id
    WHERE tf.environment_id = ${environment} AND tf.finding_id = ${finding} ORDER BY tf.unlinked_at IS NOT NULL, t.id DESC LIMIT 100`);
}

/** The numbers of the tickets that findings are linked to, by finding id, oldest first. */
export async function ticketNumbersOf(db: Db, environment: number, findings: readonly number[]): Promise<Map<number, number[]>> {
  const found = await rows(db, z.object({ finding: z.number(), numbers: z.array(z.number()) }), sql`
    SELECT tf.finding_id AS finding, array_agg(t.number ORDER BY t.id) AS numbers FROM ticket_finding tf JOIN ticket t ON t.id = tf.ticket_id
    WHERE tf.environment_id = ${environment} AND tf.finding_id = ANY(${[...findings]}::int[]) AND tf.unlinked_at IS NULL GROUP BY tf.finding_id`);
  return new Map(found.map(({ finding, numbers }) => [finding, numbers.slice(0, 1_000)]));
}
