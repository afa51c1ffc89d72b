import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { row } from "@/lib/db/rows";

/** The database's clock (with the offset of a demo or test database). Deadlines are checked against this one alone. */
export async function databaseNow(db: Db): Promise<Date> {
  const found = await row(db, z.object({ now: z.date() }), sql`SELECT docket_now() AS now`);
  if (!found) throw new Error("The database gave no time.");
  return found.now;
}
