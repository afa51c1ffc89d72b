import { z } from "zod";
import { askOutside } from "@/lib/db/ask";
import { prisma, sql, type Db, type Sql } from "@/lib/db/client";

/**
 * Rows of a statement, each checked by its schema: SQL has no types that the compiler could see.
 * Throws when a row does not fit, since then the statement and its schema differ.
 */
export async function rows<S extends z.ZodType>(db: Db, schema: S, statement: Sql): Promise<z.output<S>[]> {
  return z.array(schema).parse(await (db === prisma ? askOutside(statement) : db.$queryRaw(statement)));
}

/** The one row of a statement, or null. */
export async function row<S extends z.ZodType>(db: Db, schema: S, statement: Sql): Promise<z.output<S> | null> {
  const found = await rows(db, schema, statement);
  return found[0] ?? null;
}

/**
 * The same for thousands of rows: they come as one text, since whatever lies between here and the database goes through a result cell by cell,
 * which costs more than the statement. Instants come in ISO form, so a schema coerces them.
 */
export async function manyRows<S extends z.ZodType>(db: Db, schema: S, statement: Sql): Promise<z.output<S>[]> {
  const found = await row(db, z.object({ all: z.string() }), sql`SELECT coalesce(json_agg(r), '[]')::text AS all FROM (${statement}) r`);
  return z.array(schema).parse(JSON.parse(found?.all ?? "[]"));
}

/** bigint columns (counts, sequences) as numbers; all of ours stay far below 2^53. */
export const count = z.union([z.bigint(), z.number(), z.string()]).transform(Number);
