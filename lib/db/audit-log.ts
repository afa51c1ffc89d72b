import type { Governance } from "@/lib/domain/finding/words";
import type { AuditAction } from "@/lib/domain/audit/actions";
import { sql, type Tx } from "@/lib/db/client";
import { leaving, type Leaving } from "@/lib/db/outbox";

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
  /** Another name for the actor of the call: whoever it was in a tracker. */
  signedBy?: string;
  /** Part of another action than the one of the call (each expired finding is an action of its own). */
  actionId?: string;
};

export type Signature = {
  environment: number | null;
  actionId: string;
  requestId: string;
  actor: { type: string; id: string; name: string; personId: number | null };
};

/** Small enough that the next one is made while the database writes the one before. */
const CHUNK = 1_000;

const NOTHING: Leaving = { changed: null, jobs: [] };

/** An entry as its row, without what all entries of the act have in common: what is absent is null there, or the act's. */
function plain(entry: TrailEntry, by: Signature) {
  const actor = entry.bySystem ? { actor_type: "system", actor_id: "system", actor_name: "System" } : { actor_name: entry.signedBy };
  const { finding, hop, record } = entry;
  return {
    ...actor,
    action: entry.action,
    record_type: record.type,
    record_number: record.number ?? undefined,
    finding_id: finding?.id,
    version: finding?.version ?? undefined,
    fields: finding && finding.fields.length > 0 ? finding.fields : undefined,
    from_status: hop?.from,
    to_status: hop?.to,
    action_id: entry.actionId === by.actionId ? undefined : entry.actionId,
    bulk_id: entry.bulk ?? undefined,
    scan_id: entry.scan ?? undefined,
    revokes: entry.revokes ?? undefined,
    before: entry.before ?? undefined,
    after: entry.after ?? undefined,
    reason: entry.reason ?? undefined,
    note: entry.note ?? undefined,
  };
}

/**
 * Writes the entries in their order, heads and bodies in one statement for each chunk, and with the first of them what leaves with the act: a
 * statement of its own would cost every decision a tenth of its time. Called by the gate alone.
 */
export async function append(tx: Tx, by: Signature, entries: readonly TrailEntry[], leaves: Leaving = NOTHING): Promise<void> {
  const { actor } = by;
  let writing: Promise<unknown> = Promise.resolve();
  for (let from = 0; from < entries.length; from += CHUNK) {
    const chunk = JSON.stringify(entries.slice(from, from + CHUNK).map((entry) => plain(entry, by)));
    await writing;
    writing = tx.$executeRaw(sql`
      WITH given AS MATERIALIZED (
        SELECT nextval(pg_get_serial_sequence('audit_event', 'sequence')) AS sequence, ${by.environment}::int AS environment_id,
          coalesce(g.actor_type, ${actor.type}::actor_type) AS actor_type, coalesce(g.actor_id, ${actor.id}) AS actor_id, coalesce(g.actor_name, ${actor.name}) AS actor_name,
          CASE WHEN g.actor_id IS NULL THEN ${actor.personId}::int END AS person_id, g.action, g.record_type, g.record_number, g.finding_id, g.version,
          coalesce(g.fields, '{}') AS fields, g.from_status, g.to_status, coalesce(g.action_id, ${by.actionId}::uuid) AS action_id, g.bulk_id, g.scan_id, g.revokes,
          ${by.requestId}::text AS request_id, g.before AS body_before, g.after AS body_after, g.reason, g.note
        FROM ROWS FROM (json_to_recordset(${chunk}::json) AS (
          actor_type actor_type, actor_id text, actor_name text, action text, record_type text, record_number int, finding_id int, version int, fields text[],
          from_status governance_status, to_status governance_status, action_id uuid, bulk_id int, scan_id int, revokes uuid, before json, after json, reason text, note text
        )) WITH ORDINALITY AS g(actor_type, actor_id, actor_name, action, record_type, record_number, finding_id, version, fields, from_status, to_status,
          action_id, bulk_id, scan_id, revokes, before, after, reason, note, position)
        ORDER BY position
      ), heads AS (
        INSERT INTO audit_event (sequence, environment_id, actor_type, actor_id, actor_name, person_id, action, record_type, record_number,
          finding_id, version, fields, from_status, to_status, action_id, bulk_id, scan_id, revokes, request_id, body_hash)
        SELECT sequence, environment_id, actor_type, actor_id, actor_name, person_id, action, record_type, record_number,
          finding_id, version, fields, from_status, to_status, action_id, bulk_id, scan_id, revokes, request_id,
          docket_body_hash(body_before, body_after, reason, note)
        FROM given
      ), told AS (${leaving(from === 0 ? leaves : NOTHING)})
      INSERT INTO audit_body (sequence, before, after, reason, note) SELECT sequence, body_before, body_after, reason, note FROM given`);
  }
  await writing;
}
