import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { row, rows } from "@/lib/db/rows";
import { crossing } from "@/lib/db/sql/feeds";
import type { ScanOptions } from "@/lib/db/sql/scan-scopes";
import type { Crossing } from "@/lib/domain/feeds/crossing";
import { AT_A_TIME } from "@/lib/domain/scan/consequences";

/**
 * Gathers, as import_kev, the known findings whose CVE numbers this report changes, so that the KEV catalogue names them from now on or no longer;
 * gives in how many turns of about a thousand they are told. Asked before they are renewed, when the old numbers still stand. New findings are told
 * by the catalogue as they are written. What is in one ticket is told in one turn, so that the ticket is told of once.
 */
export async function gatherKev(tx: Tx, { scan }: ScanOptions): Promise<number> {
  await tx.$executeRaw(sql`
    CREATE TEMP TABLE import_kev ON COMMIT DROP AS
    SELECT *, ((rank() OVER (ORDER BY ticket NULLS FIRST, CASE WHEN ticket IS NULL THEN id END) - 1) / ${AT_A_TIME}::bigint)::int AS turn FROM (
      SELECT f.id, f.number, NOT f.kev AS kev, e.cve, e.name, e.added_on, t.id AS ticket
      FROM import_touched k JOIN finding f ON f.id = k.id JOIN scan_stage st ON st.scan_id = ${scan} AND st.row = k.row
      LEFT JOIN LATERAL (SELECT * FROM kev_entry e WHERE e.cve = ANY (st.cve) ORDER BY e.added_on, e.cve LIMIT 1) e ON true
      LEFT JOIN LATERAL (
        SELECT t.id FROM ticket_finding tf JOIN ticket t ON t.id = tf.ticket_id WHERE tf.finding_id = f.id AND tf.unlinked_at IS NULL AND t.merged_into IS NULL ORDER BY t.id DESC LIMIT 1
      ) t ON true
      WHERE k.renewed AND f.cve IS DISTINCT FROM st.cve AND f.kev <> (e.cve IS NOT NULL)
    ) k`);
  const found = await row(tx, z.object({ last: z.number().nullable() }), sql`SELECT max(turn) AS last FROM import_kev`);
  return (found?.last ?? -1) + 1;
}

/** Those of one turn, by id. */
export async function kevOfTurn(tx: Tx, turn: number): Promise<Crossing[]> {
  return rows(tx, crossing, sql`SELECT id, number, kev, cve, name, added_on AS "addedOn" FROM import_kev WHERE turn = ${turn} ORDER BY id`);
}
