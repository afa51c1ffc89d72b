import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { z } from "zod";

/** What the bare application shows, left beside it by the bench: a database, and the statements that a page of rows takes. */
const asked = z.object({
  url: z.string(),
  rows: z.object({ text: z.string(), values: z.array(z.unknown()).max(1_000) }),
  descriptions: z.string(), tickets: z.string(), counts: z.string(),
});
const row = z.looseObject({ id: z.number(), number: z.number() });
export type Row = z.output<typeof row>;

type Open = z.output<typeof asked> & { pool: pg.Pool };
let opened: Open | null = null;

function open(): Open {
  if (opened) return opened;
  const given = asked.parse(JSON.parse(fs.readFileSync(path.resolve("asked.json"), "utf8")));
  opened = { ...given, pool: new pg.Pool({ connectionString: given.url, max: 10, options: "-c jit=off" }) };
  return opened;
}

/** The rows of the page as the database has them. */
export async function rowsOf(): Promise<Row[]> {
  const { pool, rows } = open();
  return z.array(row).max(1_000).parse((await pool.query(rows)).rows);
}

/** The page as an outsider reads it: rows, what stands beside them, and how many there are in all. */
export async function listOf(): Promise<{ items: unknown[]; counts: unknown[] }> {
  const { pool, descriptions, tickets, counts } = open();
  const found = await rowsOf();
  const ids = found.map(({ id }) => id);
  const [described, ticketed, counted] = await Promise.all([
    pool.query<{ finding_id: number; description: string }>(descriptions, [ids]), pool.query<{ finding: number; numbers: number[] }>(tickets, [ids]), pool.query<{ n: string }>(counts),
  ]);
  const texts = new Map(described.rows.map(({ finding_id: id, description }) => [id, description]));
  const numbers = new Map(ticketed.rows.map(({ finding, numbers: all }) => [finding, all]));
  return { items: found.map((each) => ({ ...each, description: texts.get(each.id) ?? null, tickets: numbers.get(each.id) ?? [] })), counts: counted.rows };
}
