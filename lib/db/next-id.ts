import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { count, row } from "@/lib/db/rows";

/** The next id of a table, taken before the row is written, so that the log can name the record first. */
export async function nextId(tx: Tx, table: "person" | "environment" | "api_token" | "column_mapping" | "saved_view" | "connector"): Promise<number> {
  const taken = await row(tx, z.object({ id: count }), sql`SELECT nextval(pg_get_serial_sequence(${table}, 'id')) AS id`);
  if (!taken) throw new Error(`The sequence of ${table} gave no number.`);
  return taken.id;
}
