import { z } from "zod";
import { sql, type Db, type Sql, type Tx } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import type { Move } from "@/lib/domain/finding/move";

/** Who writes: the action that the log names, and the one that it takes back. */
export type Acting = { type: string; id: string; name: string; personId: number | null; actionId: string | null; revokes: string | null };

/** The findings on which a request stands, off acceptance_request_standing_partial: few, and all of them waiting for somebody. */
export function requestedFindings(environment: number): Sql {
  return sql`SELECT finding_id FROM acceptance_request WHERE environment_id = ${environment} AND outcome IS NULL`;
}

const standing = z.object({ id: z.number(), finding: z.number(), until: z.date(), justification: z.string().nullable(), type: z.string(), actor: z.string(), person: z.number().nullable(), by: z.string(), at: z.date(), action: z.string() });
/** A request that waits: by whom (`person`: the one behind them), until when, and why. */
export type StandingRequest = z.output<typeof standing>;

/** The requests that stand on these findings, by finding. */
export async function standingOn(db: Db, environment: number, findings: readonly number[]): Promise<ReadonlyMap<number, StandingRequest>> {
  const found = await rows(db, standing, sql`
    SELECT id, finding_id AS finding, expires_at AS until, justification, actor_type AS type, actor_id AS actor, person_id AS person, actor_name AS by, created_at AS at, action_id::text AS action
    FROM acceptance_request WHERE environment_id = ${environment} AND finding_id = ANY (${[...findings]}::int[]) AND outcome IS NULL ORDER BY id`);
  return new Map(found.map((one) => [one.finding, one]));
}

/** The findings among these whose request this action made, or answered: what taking it back has to put right. */
export async function requestsOfAction(db: Db, environment: number, actionId: string, findings: readonly number[]): Promise<{ made: ReadonlySet<number>; answered: ReadonlySet<number> }> {
  const found = await rows(db, z.object({ finding: z.number(), made: z.boolean() }), sql`
    SELECT finding_id AS finding, outcome IS NULL AS made FROM acceptance_request
    WHERE environment_id = ${environment} AND finding_id = ANY (${[...findings]}::int[])
      AND ((action_id = ${actionId}::uuid AND outcome IS NULL) OR settled_action = ${actionId}::uuid) ORDER BY id`);
  const of = (made: boolean) => new Set(found.filter((one) => one.made === made).map(({ finding }) => finding));
  return { made: of(true), answered: of(false) };
}

/** Writes the requests that come with moves; one that stood before is replaced. */
export async function insertRequests(tx: Tx, environment: number, moves: readonly Move[], by: Acting): Promise<void> {
  const given = moves.flatMap(({ finding, request }) => (request ? [{ finding: finding.id, expires_at: request.expiresAt, justification: request.justification }] : []));
  if (given.length === 0) return;
  await tx.$executeRaw(settled(environment, given.map(({ finding }) => finding), "replaced", by));
  await tx.$executeRaw(sql`
    INSERT INTO acceptance_request (environment_id, finding_id, expires_at, justification, actor_type, actor_id, actor_name, person_id, action_id)
    SELECT ${environment}, g.finding, g.expires_at, g.justification, ${by.type}::actor_type, ${by.id}, ${by.name}, ${by.personId}::int, ${by.actionId}::uuid
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS g(finding int, expires_at timestamptz, justification text)`);
}

/** Writes what moves answer: approved, refused, withdrawn. */
export async function answerRequests(tx: Tx, environment: number, moves: readonly Move[], by: Acting): Promise<void> {
  for (const answer of ["approved", "refused", "withdrawn"] as const) {
    const ids = moves.filter(({ answers }) => answers === answer).map(({ finding }) => finding.id);
    if (ids.length > 0) await tx.$executeRaw(settled(environment, ids, answer, by));
  }
}

/** The part of a statement in which a decision on the status overtakes whatever was asked for. The clock's and an import's leave it standing. */
export function overtaking(environment: number, moves: readonly Move[], by: Acting): Sql {
  const ids = by.actionId === null || by.type === "system" ? [] : moves.filter(({ steps, request }) => !request && steps.some(({ hop }) => hop)).map(({ finding }) => finding.id);
  return settled(environment, ids, "overtaken", by);
}

/** What an action had answered stands again when it is taken back, unless something newer stands there. */
export async function reopenRequests(tx: Tx, environment: number, moves: readonly Move[], by: Acting): Promise<void> {
  if (by.revokes === null) return;
  await tx.$executeRaw(sql`
    UPDATE acceptance_request r SET outcome = NULL, settled_at = NULL, settled_by = NULL, settled_action = NULL
    WHERE r.environment_id = ${environment} AND r.finding_id = ANY (${moves.map(({ finding }) => finding.id)}::int[]) AND r.settled_action = ${by.revokes}::uuid
      AND NOT EXISTS (SELECT FROM acceptance_request s WHERE s.environment_id = ${environment} AND s.finding_id = r.finding_id AND s.outcome IS NULL)`);
}

function settled(environment: number, findings: readonly number[], outcome: string, by: Acting): Sql {
  return sql`UPDATE acceptance_request SET outcome = ${outcome}::request_outcome, settled_at = docket_now(), settled_by = ${by.name}, settled_action = ${by.actionId}::uuid
    WHERE environment_id = ${environment} AND outcome IS NULL AND finding_id = ANY (${[...findings]}::int[])`;
}
