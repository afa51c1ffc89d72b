import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { inOneGo } from "@/lib/db/one-go";
import { row, rows } from "@/lib/db/rows";
import { calledOff } from "@/lib/db/sql/ticket-lock";
import type { ScanOptions } from "@/lib/db/sql/scan-scopes";
import { AT_A_TIME } from "@/lib/domain/scan/consequences";
import { DESTINATIONS, SYNCS } from "@/lib/domain/ticket/words";

const any = z.object({ any: z.boolean() });

/**
 * The tickets in trackers that hold findings whose severity this scan changes, where no team has set it, as import_rated in the order of their rows. Gives
 * how many there are. Most scans change none, or there are no tickets: then it is one small question.
 */
export async function gatherRated(tx: Tx, { environment }: Pick<ScanOptions, "environment">): Promise<number> {
  const found = await row(tx, any, sql`
    SELECT EXISTS (SELECT FROM ticket_number WHERE environment_id = ${environment}) AND EXISTS (SELECT FROM import_touched WHERE renewed AND technical_was <> technical) AS any`);
  if (!found?.any) return 0;
  await inOneGo(tx, [sql`CREATE TEMP TABLE import_rated (place int PRIMARY KEY, id int) ON COMMIT DROP`]);
  return tx.$executeRaw(sql`
    INSERT INTO import_rated SELECT row_number() OVER (ORDER BY t.id), t.id FROM ticket t WHERE t.connector_id IS NOT NULL AND t.id = ANY (ARRAY(
      SELECT tf.ticket_id FROM import_touched k JOIN finding f ON f.id = k.id JOIN ticket_finding tf ON tf.finding_id = k.id
      WHERE k.renewed AND k.technical_was <> k.technical AND f.team_severity IS NULL AND tf.unlinked_at IS NULL))`);
}

const rated = z.object({
  number: z.number(), connectorId: z.number(), sync: z.enum(SYNCS), destination: z.enum(DESTINATIONS), isUnplugged: z.boolean(), isCalledOff: z.boolean(), isOther: z.boolean(),
});

/** A ticket whose findings a scan rates otherwise; `isOther`: its worst is not what it said last. */
export type Rated = z.output<typeof rated>;

/** Those of them, from a place on, that are open by now. */
export async function ratedFrom(tx: Tx, from: number): Promise<Rated[]> {
  return rows(tx, rated, sql`
    SELECT t.number, t.connector_id AS "connectorId", t.sync, t.destination, c.removed_at IS NOT NULL AS "isUnplugged", ${calledOff} AS "isCalledOff", t.severity::text IS DISTINCT FROM t.payload->>'severity' AS "isOther"
    FROM import_rated r JOIN ticket t ON t.id = r.id JOIN connector c ON c.id = t.connector_id WHERE r.place BETWEEN ${from} AND ${from + AT_A_TIME - 1} AND t.state = 'open' ORDER BY r.place`);
}
