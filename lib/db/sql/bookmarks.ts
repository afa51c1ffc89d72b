import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { count, row, rows } from "@/lib/db/rows";

/** How many findings one person may star here: the screen holds them all. */
export const MOST_BOOKMARKS = 2_000;

/** The numbers of what a person starred here, newest first. */
export async function bookmarksOf(db: Db, environment: number, person: number): Promise<number[]> {
  const found = await rows(db, z.object({ number: z.number() }), sql`SELECT f.number FROM bookmark b JOIN finding f ON f.id = b.finding_id
    WHERE b.environment_id = ${environment} AND b.person_id = ${person} ORDER BY b.created_at DESC, f.number LIMIT ${MOST_BOOKMARKS}`);
  return found.map(({ number }) => number);
}

/** How many they would be with these too. */
export async function bookmarksWith(db: Db, environment: number, person: number, numbers: readonly number[]): Promise<number> {
  const found = await row(db, z.object({ n: count }), sql`SELECT count(*) AS n FROM (
    SELECT finding_id FROM bookmark WHERE environment_id = ${environment} AND person_id = ${person}
    UNION SELECT id FROM finding WHERE environment_id = ${environment} AND number = ANY(${numbers}::int[])) every`);
  return found?.n ?? 0;
}

/** Stars findings, or takes the stars away; numbers that nobody knows are left out. */
export async function setBookmarks(db: Db, environment: number, person: number, { numbers, on }: { numbers: readonly number[]; on: boolean }): Promise<void> {
  const chosen = sql`SELECT id FROM finding WHERE environment_id = ${environment} AND number = ANY(${numbers}::int[])`;
  await db.$executeRaw(on
    ? sql`INSERT INTO bookmark (environment_id, person_id, finding_id) SELECT ${environment}, ${person}, id FROM (${chosen}) c ON CONFLICT DO NOTHING`
    : sql`DELETE FROM bookmark WHERE environment_id = ${environment} AND person_id = ${person} AND finding_id IN (${chosen})`);
}
