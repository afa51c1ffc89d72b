import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { row } from "@/lib/db/rows";
import { isAmong } from "@/lib/db/sql/scan-unread";

const scan = z.number().nullable();
const gone = z.object({
  /** The day on which its asset was retired, once it has come. */
  retiredOn: z.date().nullable(),
  /** The first full scan since it was last looked for whose report lists the checks that ran, and not this one's. */
  notRunSince: scan,
  /** The newest full scan since then that named the ports it looked at, none of which is its own. */
  portsSince: scan,
  /** The newest scan of its scope since then that did not complete, and the newest that counted as partial since nobody vouched for its end. */
  failedSince: scan,
  unprovenSince: scan,
  /** The newest scan since then whose tool could not read its file, and the newest of which rows could not be read here. */
  unreadSince: scan,
  rejectedSince: scan,
  /** Why the scan that closed it says that it is gone. */
  unseenWhy: z.string().nullable(),
});
export type Gone = z.output<typeof gone>;

/** What tells "fixed and rescanned" from a check that no longer runs, a retired asset and a scan that did not complete. */
export async function goneOf(db: Db, environment: number, finding: number): Promise<Gone | null> {
  return row(db, gone, sql`
    WITH here AS (
      SELECT f.id, f.asset_id, f.scope_id, f.detector_id, f.location, r.key,
        coalesce(greatest(f.last_scanned, s.last_scanned, f.last_seen_on), '-infinity') AS looked
      FROM finding f JOIN scope s ON s.id = f.scope_id JOIN rule r ON r.id = f.rule_id WHERE f.environment_id = ${environment} AND f.id = ${finding}
    ), since AS MATERIALIZED (
      SELECT l.scan_id, l.taken_at, p.failed, n.counted_partial, n.extent = 'full' AND p.rules_said AND NOT here.key = ANY (p.rules) AS without, n.extent = 'full' AND p.ports_said AS by_ports,
        p.unread <> '{}' AND ${isAmong(sql`here.location`, sql`p.unread`)} AS unread, p.rejected > 0 AS rejected
      FROM here JOIN scan_scope l ON l.scope_id = here.scope_id AND l.taken_at > here.looked
      JOIN scan n ON n.id = l.scan_id JOIN scan_part p ON p.scan_id = l.scan_id AND p.detector_id = here.detector_id
      ORDER BY l.taken_at, l.scan_id LIMIT 1000
    )
    SELECT CASE WHEN a.decommission_on <= docket_now()::date THEN a.decommission_on END AS "retiredOn",
      (SELECT scan_id FROM since WHERE without AND NOT failed ORDER BY taken_at, scan_id LIMIT 1) AS "notRunSince",
      (SELECT scan_id FROM since WHERE by_ports AND NOT without AND NOT failed AND NOT unread AND NOT rejected ORDER BY taken_at DESC, scan_id DESC LIMIT 1) AS "portsSince",
      (SELECT scan_id FROM since WHERE failed ORDER BY taken_at DESC, scan_id DESC LIMIT 1) AS "failedSince",
      (SELECT scan_id FROM since WHERE counted_partial ORDER BY taken_at DESC, scan_id DESC LIMIT 1) AS "unprovenSince",
      (SELECT scan_id FROM since WHERE unread AND NOT failed ORDER BY taken_at DESC, scan_id DESC LIMIT 1) AS "unreadSince",
      (SELECT scan_id FROM since WHERE rejected AND NOT failed ORDER BY taken_at DESC, scan_id DESC LIMIT 1) AS "rejectedSince",
      (SELECT w.why FROM (SELECT c.scan_id, c.kind FROM scan_change c WHERE c.finding_id = here.id AND c.kind IN ('unseen', 'refound') ORDER BY c.id DESC LIMIT 1) c
        JOIN scan n ON n.id = c.scan_id JOIN scan_row w ON w.scan_id = n.id AND w.attempt = n.attempt AND w.kind = 'unseen' AND w.finding_id = here.id
        WHERE c.kind = 'unseen') AS "unseenWhy"
    FROM here JOIN asset a ON a.id = here.asset_id`);
}
