import pg from "pg";
import { pool, type Sql } from "@/lib/db/client";

/** PostgreSQL's own numbers of types, and how their texts are read where the driver does otherwise than Prisma: whole numbers exactly, days and instants without a zone as UTC. */
const READ = new Map<number, (text: string) => unknown>([
  [20, BigInt], // bigint
  [1082, (text) => new Date(`${text}T00:00:00Z`)], // date
  [1114, (text) => new Date(`${text.replace(" ", "T")}Z`)], // timestamp
]);

const types: pg.CustomTypesConfig = {
  getTypeParser: (type: number, format?: "text" | "binary") => (format === "binary" ? undefined : READ.get(type)) ?? pg.types.getTypeParser(type, format),
};

/** An instant goes out in UTC: the driver would write it in the zone of this process, which another day may lie in. */
function written(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.map(written) : value;
}

/**
 * A statement outside any transaction, asked of a connection of the pool itself: through Prisma each costs a millisecond of this process, and a page asks thirty. Rows as Prisma gives
 * them, but for `numeric`, which comes as its text.
 */
export async function askOutside({ text, values }: Sql): Promise<unknown[]> {
  const { rows } = await pool.query<Record<string, unknown>>({ text, values: values.map(written), types });
  return rows;
}
