import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { answerRequests, insertRequests, overtaking, reopenRequests, type Acting } from "@/lib/db/sql/acceptance-requests";
import type { Move } from "@/lib/domain/finding/move";
import { snapshotOf } from "@/lib/domain/finding/snapshot";

/** Who signs the records that come with a move. */
export type Signer = { type: string; id: string; name: string };

const CHUNK = 1_000;

/** Ids for acceptances to come, so that the log, which is written first, can name them. */
export async function reserveAcceptances(tx: Tx, howMany: number): Promise<number[]> {
  if (howMany === 0) return [];
  const ids = await rows(tx, z.object({ id: z.number() }), sql`
    SELECT nextval(pg_get_serial_sequence('acceptance', 'id'))::int AS id FROM generate_series(1, ${howMany}::int)`);
  return ids.map(({ id }) => id);
}

/** Writes what moves change, a statement per table and thousand findings: acceptances, evidence, requests, then the people-owned columns. */
export async function writeMoves(tx: Tx, environment: number, moves: readonly Move[], by: Acting): Promise<void> {
  for (let from = 0; from < moves.length; from += CHUNK) {
    const chunk = moves.slice(from, from + CHUNK);
    await insertAcceptances(tx, environment, chunk, by);
    await insertEvidence(tx, environment, chunk, by);
    await insertRequests(tx, environment, chunk, by);
    await answerRequests(tx, environment, chunk, by);
    await updateFindings(tx, environment, chunk, by);
    await reopenRequests(tx, environment, chunk, by);
  }
}

async function insertAcceptances(tx: Tx, environment: number, moves: readonly Move[], by: Signer): Promise<void> {
  const given = moves.flatMap(({ finding, acceptance }) =>
    acceptance ? [{
      id: acceptance.id, finding_id: finding.id, justification: acceptance.justification, expires_at: acceptance.expiresAt, approver_id: acceptance.approverId ?? null,
      ...(acceptance.requestedBy ? { actor_type: acceptance.requestedBy.type, actor_id: acceptance.requestedBy.id, actor_name: acceptance.requestedBy.name } : {}),
    }] : [],
  );
  if (given.length === 0) return;
  await tx.$executeRaw(sql`
    INSERT INTO acceptance (id, environment_id, finding_id, justification, expires_at, approver_id, actor_type, actor_id, actor_name)
    SELECT g.id, ${environment}, g.finding_id, g.justification, g.expires_at, g.approver_id,
      coalesce(g.actor_type, ${by.type}::actor_type), coalesce(g.actor_id, ${by.id}), coalesce(g.actor_name, ${by.name})
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      AS g(id int, finding_id int, justification text, expires_at timestamptz, approver_id int, actor_type actor_type, actor_id text, actor_name text)`);
}

async function insertEvidence(tx: Tx, environment: number, moves: readonly Move[], by: Signer): Promise<void> {
  const given = moves.flatMap(({ finding, evidence }) =>
    (evidence ?? []).map(({ kind, reference, note, approverId, scanId, file }) => ({ finding_id: finding.id, kind, reference, note, approver_id: approverId, scan_id: scanId ?? null, file: file ?? null })),
  );
  if (given.length === 0) return;
  await tx.$executeRaw(sql`
    WITH given AS MATERIALIZED (
      SELECT nextval(pg_get_serial_sequence('evidence', 'id'))::int AS id, g.* FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        AS g(finding_id int, kind evidence_kind, reference text, note text, approver_id int, scan_id int, file int)
    ), attached AS (
      UPDATE evidence_file f SET evidence_id = g.id FROM given g WHERE f.id = g.file AND f.environment_id = ${environment}
    )
    INSERT INTO evidence (id, environment_id, finding_id, kind, reference, note, approver_id, scan_id, actor_type, actor_id, actor_name)
    SELECT g.id, ${environment}, g.finding_id, g.kind, g.reference, g.note, g.approver_id, g.scan_id, ${by.type}::actor_type, ${by.id}, ${by.name} FROM given g ORDER BY g.id`);
}

/** What was asked for ends with a decision, in the same statement. Throws where a row is no longer at the version that the decision was taken on: the lock should have kept it there. */
async function updateFindings(tx: Tx, environment: number, moves: readonly Move[], by: Acting): Promise<void> {
  const given = moves.map(({ finding, steps, after, acceptance }) => ({
    ...snapshotOf(after),
    id: finding.id,
    was: finding.state.version,
    version: finding.state.version + steps.length,
    accepted_bands: acceptance?.bands ?? null,
  }));
  const written = await tx.$executeRaw(sql`
    WITH overtaken AS (${overtaking(environment, moves, by)})
    UPDATE finding f SET governance_status = g.governance_status, close_reason = g.close_reason, accepted_until = g.accepted_until,
      acceptance_id = g.acceptance_id, accepted_bands = coalesce(g.accepted_bands, f.accepted_bands), duplicate_of = g.duplicate_of,
      follow_up_on = g.follow_up_on, re_review = g.re_review, verification = g.verification, team_severity = g.team_severity,
      calibrated_at = g.calibrated_at, assignee_id = g.assignee_id, tags = g.tags, module_state = g.module_state, route = g.route, first_response_at = g.first_response_at,
      acknowledged_at = g.acknowledged_at, decided_at = g.decided_at, sla_started_at = g.sla_started_at, sla_paused_at = g.sla_paused_at,
      acknowledge_by = g.acknowledge_by, resolve_by = g.resolve_by, version = g.version
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS g(id int, was int, version int, governance_status governance_status,
      close_reason close_reason, accepted_until timestamptz, acceptance_id int, accepted_bands smallint, duplicate_of int, follow_up_on timestamptz,
      re_review text, verification verification, team_severity severity, calibrated_at timestamptz, assignee_id int, tags text[], module_state text, route text,
      first_response_at timestamptz, acknowledged_at timestamptz, decided_at timestamptz, sla_started_at timestamptz, sla_paused_at timestamptz,
      acknowledge_by timestamptz, resolve_by timestamptz)
    WHERE f.environment_id = ${environment} AND f.id = g.id AND f.version = g.was`);
  if (written !== moves.length) throw new Error(`${moves.length} findings were decided, ${written} written.`);
}
