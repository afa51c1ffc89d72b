import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { GOVERNANCE_STATUSES } from "@/lib/domain/finding/words";

const status = z.enum(GOVERNANCE_STATUSES).nullable();
const change = z.object({ finding: z.number(), version: z.number(), at: z.date(), by: z.string(), action: z.string(), from: status, to: status, fields: z.array(z.string()) });

/** One entry that moved a finding past the version that somebody had seen. */
export type Change = z.output<typeof change>;

/** What happened to each finding after the version that the caller saw, newest first, at most ten each. */
export async function changesSince(db: Db, environment: number, seen: readonly { id: number; version: number }[]): Promise<Change[]> {
  if (seen.length === 0) return [];
  return rows(db, change, sql`
    SELECT s.id AS finding, e.version, e.at, e.actor_name AS by, e.action, e.from_status AS from, e.to_status AS to, e.fields
    FROM jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) AS s(id int, version int)
    CROSS JOIN LATERAL (
      SELECT * FROM audit_event e WHERE e.environment_id = ${environment} AND e.finding_id = s.id AND e.version > s.version
      ORDER BY e.version DESC LIMIT 10
    ) e ORDER BY s.id, e.version DESC`);
}

/** Which of these findings nobody has touched in any of these fields since the version that the caller saw; without fields all of them. */
export async function untouchedSince(db: Db, environment: number, seen: readonly { id: number; version: number }[], fields: readonly string[]): Promise<number[]> {
  if (seen.length === 0) return [];
  const found = await rows(db, z.object({ id: z.number() }), sql`
    SELECT s.id FROM jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) AS s(id int, version int)
    WHERE NOT EXISTS (SELECT FROM audit_event e WHERE e.environment_id = ${environment} AND e.finding_id = s.id AND e.version > s.version
      AND e.fields && ${[...fields]}::text[]) ORDER BY s.id`);
  return found.map(({ id }) => id);
}

const move = z.object({
  finding: z.number(), version: z.number(), at: z.date(), by: z.string(), action: z.string(), actionId: z.string(), from: status, to: status, fields: z.array(z.string()), before: z.unknown(), after: z.unknown(),
});

/** One entry with what it says it changed. */
export type LoggedMove = z.output<typeof move>;

/** The newest entries on each finding after the version that the caller saw, oldest first, at most twenty each. The index on finding and version. */
export async function movesSince(db: Db, environment: number, seen: readonly { id: number; version: number }[]): Promise<LoggedMove[]> {
  if (seen.length === 0) return [];
  return rows(db, move, sql`
    SELECT s.id AS finding, e.version, e.at, e.actor_name AS by, e.action, e.action_id AS "actionId", e.from_status AS from, e.to_status AS to, e.fields, b.before, b.after
    FROM jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) AS s(id int, version int)
    CROSS JOIN LATERAL (
      SELECT * FROM audit_event e WHERE e.environment_id = ${environment} AND e.finding_id = s.id AND e.version > s.version
      ORDER BY e.version DESC LIMIT 20
    ) e JOIN audit_body b USING (sequence) ORDER BY s.id, e.version`);
}
