import { z } from "zod";
import { sql, type Sql, type Tx } from "@/lib/db/client";
import { row, rows } from "@/lib/db/rows";
import type { ScanOptions } from "@/lib/db/sql/scan-scopes";
import { AT_A_TIME } from "@/lib/domain/scan/consequences";

/** What moved, before anything is looked at. */
export const noneMoved = sql`
  CREATE TEMP TABLE import_moved (row int, id int, number int, scope_id int, fingerprint bytea, known_as bytea, was text, location text) ON COMMIT DROP`;

/**
 * Findings whose file was moved. A result that is not known by its fingerprint, and whose context (the fingerprint without the
 * path) is that of exactly one finding of the same scope and rule which the report does not see, is that finding: when it is
 * itself the only such result, when the look is no older than the newest one, and when it looked where the finding was.
 * What the report suppresses is taken for it only by a newer look: it stays unknown, so the same report would judge it anew each time.
 * Fills import_moved and says whether anything is in it: that leaves import_fresh, and import_seen names it by the fingerprint that is
 * known, so that it persists or is re-found like any other once it is compared anew. `covered` says whether the look covers a finding
 * `f` in scope `i`.
 */
export async function recogniseMoved(tx: Tx, { scan }: ScanOptions, covered: Sql): Promise<boolean> {
  if (!(await mayHaveMoved(tx))) return false;

  await gatherStrangers(tx, scan);
  const found = await tx.$executeRaw(sql`
    INSERT INTO import_moved
    WITH gone AS (
      SELECT f.*, i.taken_at, i.prev, ${covered} AS covered, count(*) OVER (PARTITION BY f.scope_id, f.rule_id, f.context) AS alike
      FROM import_scope i JOIN finding f ON f.scope_id = i.scope_id
      WHERE EXISTS (SELECT FROM import_stranger n WHERE n.scope_id = f.scope_id AND n.rule_id = f.rule_id AND n.context = f.context)
        AND NOT EXISTS (SELECT FROM import_seen s WHERE s.scope_id = f.scope_id AND s.fingerprint = f.fingerprint)
    )
    SELECT n.row, g.id, g.number, g.scope_id, n.fingerprint, g.fingerprint, g.location, n.location
    FROM import_stranger n JOIN gone g ON g.scope_id = n.scope_id AND g.rule_id = n.rule_id AND g.context = n.context
    WHERE n.alike = 1 AND g.alike = 1 AND g.taken_at >= coalesce(greatest(g.last_scanned, g.prev), '-infinity')
      AND (g.covered OR g.scanner_status = 'closed') AND NOT (n.suppressed AND (g.scanner_status = 'closed' OR g.taken_at = coalesce(greatest(g.last_scanned, g.prev), '-infinity')))`);
  if (found > 0) await settleMoved(tx);
  return found > 0;
}

/** Asked first, because most scans bring nothing with a context that is unknown into a scope that knows contexts. */
async function mayHaveMoved(tx: Tx): Promise<boolean> {
  const found = await row(tx, z.object({ may: z.boolean() }), sql`
    SELECT (EXISTS (SELECT FROM import_fresh WHERE has_context) OR EXISTS (SELECT FROM import_seen WHERE suppressed))
      AND EXISTS (SELECT FROM import_scope i CROSS JOIN LATERAL (SELECT FROM finding f WHERE f.scope_id = i.scope_id AND f.context IS NOT NULL LIMIT 1) f) AS may`);
  return found?.may === true;
}

/** Results that no finding of their scope is known by; of those that the report suppresses too, since they make a match less than certain. */
async function gatherStrangers(tx: Tx, scan: number): Promise<void> {
  await tx.$executeRaw(sql`
    CREATE TEMP TABLE import_stranger ON COMMIT DROP AS
    SELECT *, count(*) OVER (PARTITION BY scope_id, rule_id, context) AS alike FROM (
      SELECT n.row, n.scope_id, n.rule_id, n.fingerprint, false AS suppressed, st.context, st.location
      FROM import_fresh n JOIN scan_stage st ON st.scan_id = ${scan} AND st.row = n.row
      UNION ALL
      SELECT s.row, s.scope_id, r.rule_id, s.fingerprint, true, st.context, st.location
      FROM import_seen s JOIN import_scope i USING (scope_id) JOIN scan_stage st ON st.scan_id = ${scan} AND st.row = s.row
      JOIN import_rule r ON r.detector_id = i.detector_id AND r.key = st.rule_key
      WHERE s.suppressed AND NOT EXISTS (SELECT FROM finding f WHERE f.scope_id = s.scope_id AND f.fingerprint = s.fingerprint)
    ) n WHERE context IS NOT NULL`);
  await tx.$executeRaw(sql`ANALYZE import_stranger`);
}

/** What moved is no newcomer: the numbers to come close up behind it. */
async function settleMoved(tx: Tx): Promise<void> {
  await tx.$executeRaw(sql`CREATE INDEX ON import_moved (number)`);
  await tx.$executeRaw(sql`ANALYZE import_moved`);
  const left = await tx.$executeRaw(sql`DELETE FROM import_fresh n USING import_moved m WHERE n.row = m.row`);
  await tx.$executeRaw(sql`UPDATE import_seen s SET fingerprint = m.known_as FROM import_moved m WHERE s.row = m.row`);
  if (left === 0) return;
  await tx.$executeRaw(sql`
    UPDATE import_fresh n SET place = p.place FROM (SELECT row, row_number() OVER (ORDER BY place)::int AS place FROM import_fresh) p
    WHERE p.row = n.row AND p.place <> n.place`);
}

/** The fingerprint under which each is known from now on; its location and the rest are written with what the report renews. */
export function movedWrites({ scan }: ScanOptions): Sql {
  return sql`
    UPDATE finding f SET fingerprint = m.fingerprint, fingerprint_version = st.fingerprint_version
    FROM import_moved m JOIN scan_stage st ON st.scan_id = ${scan} AND st.row = m.row WHERE f.id = m.id`;
}

const moved = z.object({ id: z.number(), number: z.number(), was: z.string(), location: z.string() });

/** What moved from where to where, by number; a thousand behind the number of the last one known. */
export async function movedAfter(tx: Tx, number: number): Promise<z.output<typeof moved>[]> {
  return rows(tx, moved, sql`SELECT id, number, was, location FROM import_moved WHERE number > ${number} ORDER BY number LIMIT ${AT_A_TIME}`);
}
