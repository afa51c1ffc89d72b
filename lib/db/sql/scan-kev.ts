import { sql, type Tx } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { crossing } from "@/lib/db/sql/feeds";
import type { ScanOptions } from "@/lib/db/sql/scan-scopes";
import type { Crossing } from "@/lib/domain/feeds/crossing";

/**
 * Known findings whose CVE numbers this report changes, so that the KEV catalogue names them from now on or no longer; by id. Asked before
 * they are renewed, when the old numbers still stand. New findings are told by the catalogue as they are written.
 */
export async function kevOfRenewed(tx: Tx, { scan }: ScanOptions): Promise<Crossing[]> {
  return rows(tx, crossing, sql`
    SELECT f.id, f.number, NOT f.kev AS kev, e.cve, e.name, e.added_on AS "addedOn"
    FROM import_touched k JOIN finding f ON f.id = k.id JOIN scan_stage st ON st.scan_id = ${scan} AND st.row = k.row
    LEFT JOIN LATERAL (SELECT * FROM kev_entry e WHERE e.cve = ANY (st.cve) ORDER BY e.added_on, e.cve LIMIT 1) e ON true
    WHERE k.renewed AND f.cve IS DISTINCT FROM st.cve AND f.kev <> (e.cve IS NOT NULL) ORDER BY f.id`);
}
