import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { count, row, rows } from "@/lib/db/rows";

const share = z.object({ to_id: z.number(), to: z.string(), by: z.string(), note: z.string().nullable(), at: z.date() });
export type StoredShare = z.output<typeof share>;

/** With whom a finding was shared, newest first. */
export async function sharesOf(db: Db, environment: number, finding: number): Promise<StoredShare[]> {
  return rows(db, share, sql`SELECT s.person_id AS to_id, p.name AS "to", s.by, s.note, s.shared_at AS at FROM finding_share s JOIN person p ON p.id = s.person_id
    WHERE s.finding_id = ${finding} AND s.environment_id = ${environment} ORDER BY s.shared_at DESC, p.name LIMIT 50`);
}

/** How many findings others shared with this person here. */
export async function sharedWith(db: Db, environment: number, person: number): Promise<number> {
  const found = await row(db, z.object({ n: count }), sql`SELECT count(*) AS n FROM finding_share WHERE environment_id = ${environment} AND person_id = ${person}`);
  return found?.n ?? 0;
}

/** Findings by number, with their ids; unknown ones are left out. */
export async function idsOf(db: Db, environment: number, numbers: readonly number[]): Promise<{ id: number; number: number }[]> {
  return rows(db, z.object({ id: z.number(), number: z.number() }), sql`SELECT id, number FROM finding WHERE environment_id = ${environment} AND number = ANY(${numbers}::int[]) ORDER BY number`);
}

/** Each of these findings with each of these people: the newest telling counts. */
export async function writeShares(db: Db, environment: number, told: { findings: readonly number[]; people: readonly number[]; by: string; note: string | null; at: Date }): Promise<void> {
  await db.$executeRaw(sql`INSERT INTO finding_share (environment_id, person_id, finding_id, by, note, shared_at)
    SELECT ${environment}, p, f, ${told.by}, ${told.note}, ${told.at} FROM unnest(${told.people}::int[]) p, unnest(${told.findings}::int[]) f
    ON CONFLICT (environment_id, person_id, finding_id) DO UPDATE SET by = excluded.by, note = excluded.note, shared_at = excluded.shared_at`);
}
