import type { Governance } from "@/lib/domain/finding/words";
import type { AuditAction } from "@/lib/domain/audit/actions";
import type { LiveMessage } from "@/lib/domain/live";
import { sql, type Tx } from "@/lib/db/client";
import { messageOf } from "@/lib/db/outbox";

/** One entry of the log as a command gives it; time, sequence, transaction and hashes are the database's. */
export type TrailEntry = {
  action: AuditAction;
  record: { type: string; number: number | null };
  /** Set on events about a finding: its id, the version after this event and the people-owned fields that it changes. */
  finding?: { id: number; version: number | null; fields: readonly string[] };
  hop?: { from: Governance; to: Governance };
  before?: unknown;
  after?: unknown;
  reason?: string | null;
  note?: string | null;
  bulk?: number | null;
  scan?: number | null;
  /** The action id that this entry takes back. */
  revokes?: string | null;
  /** What follows from an import or a clock is the system's own act, whoever set it off. */
  bySystem?: boolean;
  /** Part of another action than the one of the call (each expired finding is an action of its own). */
  actionId?: string;
};

export type Signature = {
  environment: number | null;
  actionId: string;
  requestId: string;
  actor: { type: string; id: string; name: string; personId: number | null };
};

const CHUNK = 2_000;

function plain(entry: TrailEntry, by: Signature) {
  const actor = entry.bySystem ? { type: "system", id: "system", name: "System", personId: null } : by.actor;
  return {
    environment_id: by.environment,
    actor_type: actor.type,
    actor_id: actor.id,
    actor_name: actor.name,
    person_id: actor.personId,
    action: entry.action,
    record_type: entry.record.type,
    record_number: entry.record.number,
    finding_id: entry.finding?.id ?? null,
    version: entry.finding?.version ?? null,
    fields: entry.finding?.fields ?? [],
    from_status: entry.hop?.from ?? null,
    to_status: entry.hop?.to ?? null,
    action_id: entry.actionId ?? by.actionId,
    bulk_id: entry.bulk ?? null,
    scan_id: entry.scan ?? null,
    revokes: entry.revokes ?? null,
    request_id: by.requestId,
    before: entry.before ?? null,
    after: entry.after ?? null,
    reason: entry.reason ?? null,
    note: entry.note ?? null,
  };
}

/**
 * Writes the entries in their order, heads and bodies in one statement for each chunk, and with the first of them the message of what has
 * changed: a statement of its own would cost every decision a tenth of its time. Called by the gate alone.
 */
export async function append(tx: Tx, by: Signature, entries: readonly TrailEntry[], changed: LiveMessage | null = null): Promise<void> {
  for (let from = 0; from < entries.length; from += CHUNK) {
    const chunk = JSON.stringify(entries.slice(from, from + CHUNK).map((entry) => plain(entry, by)));
    await tx.$executeRaw(sql`
      WITH given AS MATERIALIZED (
        SELECT nextval(pg_get_serial_sequence('audit_event', 'sequence')) AS sequence, g.*,
          nullif(g.before, 'null'::jsonb)::text::json AS body_before, nullif(g.after, 'null'::jsonb)::text::json AS body_after
        FROM ROWS FROM (jsonb_to_recordset(${chunk}::jsonb) AS (
          environment_id int, actor_type actor_type, actor_id text, actor_name text, person_id int, action text, record_type text,
          record_number int, finding_id int, version int, fields text[], from_status governance_status, to_status governance_status,
          action_id uuid, bulk_id int, scan_id int, revokes uuid, request_id text, before jsonb, after jsonb, reason text, note text
        )) WITH ORDINALITY AS g(environment_id, actor_type, actor_id, actor_name, person_id, action, record_type, record_number, finding_id,
          version, fields, from_status, to_status, action_id, bulk_id, scan_id, revokes, request_id, before, after, reason, note, position)
        ORDER BY position
      ), heads AS (
        INSERT INTO audit_event (sequence, environment_id, actor_type, actor_id, actor_name, person_id, action, record_type, record_number,
          finding_id, version, fields, from_status, to_status, action_id, bulk_id, scan_id, revokes, request_id, body_hash)
        SELECT sequence, environment_id, actor_type, actor_id, actor_name, person_id, action, record_type, record_number,
          finding_id, version, fields, from_status, to_status, action_id, bulk_id, scan_id, revokes, request_id,
          docket_body_hash(body_before, body_after, reason, note)
        FROM given
      ), told AS (${messageOf(from === 0 ? changed : null)})
      INSERT INTO audit_body (sequence, before, after, reason, note) SELECT sequence, body_before, body_after, reason, note FROM given`);
  }
}
