import pg from "pg";
import { pool, type Sql } from "@/lib/db/client";

/** How the texts of a type are read where the driver does otherwise than Prisma, by PostgreSQL's number of the type: whole numbers exactly, days and instants without a zone as UTC. */
const ONES = new Map<number, (text: string) => unknown>([
  [20, BigInt], // bigint
  [1082, (text) => new Date(`${text}T00:00:00Z`)], // date
  [1114, (text) => new Date(`${text.replace(" ", "T")}Z`)], // timestamp
]);
const LISTS = new Map([[1016, 20], [1182, 1082], [1115, 1114]]);
const TEXTS: number = 1009;
const textsOf: (text: string) => readonly (string | null)[] = pg.types.getTypeParser(TEXTS, "text");

function readerOf(type: number): ((text: string) => unknown) | undefined {
  const each = ONES.get(LISTS.get(type) ?? 0);
  return each ? (text) => textsOf(text).map((one) => (one === null ? null : each(one))) : ONES.get(type);
}

const types: pg.CustomTypesConfig = {
  getTypeParser: (type: number, format?: "text" | "binary") => (format === "binary" ? undefined : readerOf(type)) ?? pg.types.getTypeParser(type, format),
};

/** An instant goes out in UTC: the driver would write it in the zone of this process, which another day may lie in. */
function written(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.map(written) : value;
}

/**
 * A statement outside any transaction, asked of a connection of the pool itself: through Prisma each costs a millisecond of this process, and a page asks thirty. Rows as Prisma gives
 * them, but for `numeric`, which comes as its text, and `interval`.
 */
export async function askOutside({ text, values }: Sql): Promise<unknown[]> {
  const { rows } = await pool.query<Record<string, unknown>>({ text, values: values.map(written), types });
  return rows;
}
