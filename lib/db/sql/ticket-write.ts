import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { row } from "@/lib/db/rows";
import type { HeldTicket, TicketLink } from "@/lib/db/sql/ticket-lock";
import type { TicketPayload } from "@/lib/domain/ticket/payload";
import type { Destination, Priority } from "@/lib/domain/ticket/words";

/** So many numbers of tickets to come, so that the log, which is written first, can name them. Held until the act commits, by makers of tickets alone. */
export async function takeTicketNumbers(tx: Tx, environment: number, howMany: number): Promise<number> {
  const taken = await row(tx, z.object({ first: z.number() }), sql`
    INSERT INTO ticket_number AS t (environment_id, next) VALUES (${environment}, 1 + ${howMany}::int)
    ON CONFLICT (environment_id) DO UPDATE SET next = t.next + ${howMany}::int RETURNING next - ${howMany}::int AS first`);
  if (!taken) throw new Error(`Environment ${environment} gave no numbers for tickets.`);
  return taken.first;
}

export type NewTicket = {
  number: number; title: string; description: string; assigneeId: number | null; team: string | null; cc: readonly string[]; priority: Priority; labels: readonly string[];
  dueOn: Date | null; destination: Destination; connectorId: number | null; payload: TicketPayload; payloadHash: string; gaps: readonly string[]; marker: string;
  splitFrom: number | null; checks: readonly string[]; links: readonly (Pick<TicketLink, "id" | "insisted"> & Partial<TicketLink>)[];
};

type Signer = { type: string; id: string; name: string };

/** Writes new tickets with their links and checklists: three statements, however many. `now` is the act's moment. */
export async function insertTickets(tx: Tx, environment: number, tickets: readonly NewTicket[], by: Signer, now: Date): Promise<void> {
  const given = tickets.map(({ links: _links, checks: _checks, ...ticket }) => ticket);
  await tx.$executeRaw(sql`
    INSERT INTO ticket (environment_id, number, title, description, assignee_id, team, cc, priority, labels, due_on, destination, connector_id, payload, payload_hash, gaps, marker,
      sync, split_from, actor_type, actor_id, actor_name, created_at, updated_at)
    SELECT ${environment}, g.number, g.title, g.description, g."assigneeId", g.team, g.cc, g.priority, g.labels, g."dueOn", g.destination, g."connectorId", g.payload,
      decode(g."payloadHash", 'hex'), g.gaps, g.marker, (CASE WHEN g."connectorId" IS NULL THEN 'none' ELSE 'pending' END)::ticket_sync, g."splitFrom",
      ${by.type}::actor_type, ${by.id}, ${by.name}, ${now}, ${now}
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS g(number int, title text, description text, "assigneeId" int, team text, cc text[], priority ticket_priority, labels text[],
      "dueOn" timestamptz, destination destination, "connectorId" int, payload jsonb, "payloadHash" text, gaps text[], marker text, "splitFrom" int)
    ORDER BY g.number`);
  await insertLinks(tx, environment, tickets.flatMap(({ number, links }) => links.map((each) => ({ ...each, ticket: number }))), now);
  const checks = tickets.flatMap(({ number, checks: labels }) => labels.map((label, index) => ({ ticket: number, position: index + 1, label })));
  await tx.$executeRaw(sql`
    INSERT INTO ticket_check (environment_id, ticket_id, position, label) SELECT ${environment}, t.id, g.position, g.label
    FROM jsonb_to_recordset(${JSON.stringify(checks)}::jsonb) AS g(ticket int, position int, label text) JOIN ticket t ON t.environment_id = ${environment} AND t.number = g.ticket`);
}

export type NewLink = Pick<TicketLink, "id" | "insisted"> & Partial<Pick<TicketLink, "remediation" | "attempts" | "autoRetest" | "retestAt" | "escalatedAt">> & { ticket: number };

/**
 * Links findings (by id) to open tickets (by number). One that was linked before is linked anew, from now on; attempts that failed stay counted, here and from
 * wherever it was parted or the ticket closed: neither makes them good. Only a fix that was verified since, or a regression, begins anew.
 */
export async function insertLinks(tx: Tx, environment: number, links: readonly NewLink[], now: Date): Promise<void> {
  if (links.length === 0) return;
  const given = links.map(({ ticket, id, insisted, remediation, attempts, autoRetest, retestAt, escalatedAt }) => ({ ticket, id, insisted, remediation, attempts, autoRetest, retestAt, escalatedAt }));
  await tx.$executeRaw(sql`
    INSERT INTO ticket_finding (environment_id, ticket_id, finding_id, linked_at, is_open, insisted, remediation, attempts, auto_retest, retest_at, escalated_at, updated_at)
    SELECT ${environment}, t.id, g.id, ${now}, TRUE, g.insisted, coalesce(g.remediation, 'open'), coalesce(g.attempts,
      (SELECT max(o.attempts) FROM ticket_finding o WHERE o.finding_id = g.id AND NOT o.is_open AND o.attempts > 0 AND o.remediation <> 'verified'
        AND NOT EXISTS (SELECT FROM ticket_finding v WHERE v.finding_id = g.id AND v.remediation = 'verified' AND v.moved_at > o.moved_at)
        AND NOT EXISTS (SELECT FROM audit_event e WHERE e.finding_id = g.id AND e.action = 'finding.regressed' AND e.at > o.moved_at)), 0),
      coalesce(g."autoRetest", TRUE), g."retestAt", g."escalatedAt", ${now}
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS g(ticket int, id int, insisted boolean, remediation remediation_status, attempts int, "autoRetest" boolean,
      "retestAt" timestamptz, "escalatedAt" timestamptz) JOIN ticket t ON t.environment_id = ${environment} AND t.number = g.ticket ORDER BY t.id, g.id
    ON CONFLICT (ticket_id, finding_id) DO UPDATE SET linked_at = excluded.linked_at, unlinked_at = NULL, is_open = TRUE, insisted = excluded.insisted,
      remediation = excluded.remediation, attempts = greatest(ticket_finding.attempts, excluded.attempts), auto_retest = excluded.auto_retest, retest_at = excluded.retest_at, escalated_at = coalesce(excluded.escalated_at, ticket_finding.escalated_at),
      updated_at = excluded.updated_at`);
}

/** Parts findings (by id) from a ticket: the links stay, with when they ended. */
export async function endLinks(tx: Tx, ticket: number, findings: readonly number[], now: Date): Promise<void> {
  await tx.$executeRaw(sql`UPDATE ticket_finding SET unlinked_at = ${now}, is_open = FALSE, retest_at = NULL, updated_at = ${now}
    WHERE ticket_id = ${ticket} AND finding_id = ANY (${[...findings]}::int[])`);
}

export type LinkChange = Pick<TicketLink, "id" | "isOpen" | "insisted" | "remediation" | "attempts" | "autoRetest" | "retestAt" | "escalatedAt"> & { ticket: number };

/** Writes what links are now; `ticket` and `id` are row keys. */
export async function updateLinks(tx: Tx, links: readonly LinkChange[], now: Date): Promise<void> {
  if (links.length === 0) return;
  const given = links.map(({ ticket, id, isOpen, insisted, remediation, attempts, autoRetest, retestAt, escalatedAt }) => ({ ticket, id, isOpen, insisted, remediation, attempts, autoRetest, retestAt, escalatedAt }));
  await tx.$executeRaw(sql`
    UPDATE ticket_finding tf SET is_open = g."isOpen", insisted = g.insisted, remediation = g.remediation, attempts = g.attempts, auto_retest = g."autoRetest",
      retest_at = g."retestAt", escalated_at = g."escalatedAt", updated_at = ${now}
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS g(ticket int, id int, "isOpen" boolean, insisted boolean, remediation remediation_status, attempts int,
      "autoRetest" boolean, "retestAt" timestamptz, "escalatedAt" timestamptz)
    WHERE tf.ticket_id = g.ticket AND tf.finding_id = g.id`);
}

/** The columns of a ticket that people change. */
export type TicketColumns = Pick<HeldTicket, "id" | "version" | "title" | "description" | "state" | "reopenCount" | "closeReason" | "notes" | "reopenReason" | "followUpOn" | "proposal"
  | "closedAt" | "mergedInto" | "assigneeId" | "team" | "cc" | "priority" | "labels" | "dueOn">;

/**
 * Writes people's columns of tickets as they are now, one version on. Throws where a row is not at the version that was decided on: the lock should
 * have kept it there. What was done over there before a ticket was opened again is not done any more.
 */
export async function updateTickets(tx: Tx, tickets: readonly TicketColumns[], now: Date): Promise<void> {
  const given = tickets.map(({ id, version, title, description, state, reopenCount, closeReason, notes, reopenReason, followUpOn, proposal, closedAt, mergedInto, assigneeId, team, cc, priority, labels, dueOn }) =>
    ({ id, version, title, description, state, reopenCount, closeReason, notes, reopenReason, followUpOn, proposal, closedAt, mergedInto, assigneeId, team, cc, priority, labels, dueOn }));
  const written = await tx.$executeRaw(sql`
    UPDATE ticket t SET version = t.version + 1, title = g.title, description = g.description, state = g.state, reopen_count = g."reopenCount", close_reason = g."closeReason",
      notes = g.notes, reopen_reason = g."reopenReason", follow_up_on = g."followUpOn", proposal = g.proposal, proposed_at = CASE WHEN g.proposal IS NOT NULL THEN t.proposed_at END,
      closed_at = g."closedAt", merged_into = g."mergedInto", assignee_id = g."assigneeId", team = g.team, cc = g.cc, priority = g.priority, labels = g.labels, due_on = g."dueOn",
      external_done = t.external_done AND NOT (t.state = 'closed' AND g.state = 'open'), updated_at = ${now}
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS g(id int, version int, title text, description text, state ticket_state, "reopenCount" int, "closeReason" close_reason,
      notes text, "reopenReason" text, "followUpOn" timestamptz, proposal text, "closedAt" timestamptz, "mergedInto" int, "assigneeId" int, team text, cc text[],
      priority ticket_priority, labels text[], "dueOn" timestamptz)
    WHERE t.id = g.id AND t.version = g.version`);
  if (written !== tickets.length) throw new Error(`${tickets.length} tickets were decided, ${written} written.`);
}

export type NewPayload = { id: number; payload: TicketPayload; hash: string };

/** Keeps what tickets say now, each with its hash: written when it is sent, or sent anew. */
export async function updatePayloads(tx: Tx, payloads: readonly NewPayload[]): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE ticket t SET payload = g.payload, payload_hash = decode(g.hash, 'hex') FROM jsonb_to_recordset(${JSON.stringify(payloads)}::jsonb) AS g(id int, payload jsonb, hash text) WHERE t.id = g.id`);
}

export type NewDelivery = { ticket: number; connector: number; kind: "create" | "update" | "close" | "reopen" | "comment"; body: Readonly<Record<string, unknown>>; status?: "in_doubt" };

/** Puts what goes out to trackers in line, in this order. `ticket` is the ticket's number here; what is in doubt from the start is looked for before it is sent. */
export async function insertDeliveries(tx: Tx, environment: number, deliveries: readonly NewDelivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  await tx.$executeRaw(sql`
    INSERT INTO delivery (environment_id, connector_id, ticket_id, kind, body, status) SELECT ${environment}, g.connector, t.id, g.kind, g.body, coalesce(g.status, 'pending')
    FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb) AS (ticket int, connector int, kind delivery_kind, body jsonb, status delivery_status)) WITH ORDINALITY AS g(ticket, connector, kind, body, status, at)
    JOIN ticket t ON t.environment_id = ${environment} AND t.number = g.ticket ORDER BY g.at`);
}
