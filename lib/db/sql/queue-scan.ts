import { sql, type Sql } from "@/lib/db/client";
import type { ScanChange } from "@/lib/domain/views/alerts";

/**
 * Has this scan changed the finding so? Asked as EXISTS, not as IN: where no join can be made of it, inside an alternative or an opposite, the planner may still
 * look each finding up, while a set that does not fit into memory would be read through once per finding.
 */
function changed(environment: number, scan: number, kinds: readonly string[]): Sql {
  return sql`EXISTS (SELECT FROM scan_change c WHERE c.finding_id = f.id
    AND c.environment_id = ${environment} AND c.scan_id = ${scan} AND c.kind = ANY(${kinds}::scan_change_kind[]))`;
}

/** In the scopes that a scan covered; `newest`: as their newest. */
function covered(environment: number, scan: number, newest: boolean): Sql {
  return sql`f.scope_id IN (SELECT p.scope_id FROM scan_scope p WHERE p.environment_id = ${environment} AND p.scan_id = ${scan} AND p.covering AND (p.newest OR NOT ${newest}))`;
}

/**
 * Known before, seen, and not re-found. A scan that was the newest of its scopes writes no row for these: they are what those scopes
 * held and did not lose, as far as the changes up to that scan say. An older one, filling history, has a row for each.
 */
function persisted(environment: number, scan: number): Sql {
  return sql`(${changed(environment, scan, ["history"])} OR (NOT f.suppressed AND ${covered(environment, scan, true)}
    AND EXISTS (SELECT FROM scan_scope p WHERE p.scan_id = ${scan} AND p.scope_id = f.scope_id AND p.environment_id = ${environment}
      AND p.covering AND p.newest AND f.added_on < p.taken_at AND NOT ${changed(environment, scan, ["new", "refound", "unseen"])}
      AND 'unseen' IS DISTINCT FROM (SELECT c.kind FROM scan_change c WHERE c.finding_id = f.id AND c.at < p.taken_at
        AND c.kind IN ('new', 'refound', 'unseen') ORDER BY c.at DESC, c.id DESC LIMIT 1))))`;
}

const BY_CHANGE: Record<ScanChange, (environment: number, scan: number) => Sql> = {
  new: (environment, scan) => changed(environment, scan, ["new"]),
  refound: (environment, scan) => changed(environment, scan, ["refound"]),
  regressed: (environment, scan) => changed(environment, scan, ["regressed"]),
  unseen: (environment, scan) => changed(environment, scan, ["unseen"]),
  persisting: persisted,
  suppressed: (environment, scan) => sql`(f.suppressed AND ${covered(environment, scan, false)})`,
};

/** Findings of one scan by what it did to them; without a kind, all that it saw or changed. */
export function scanChanged(environment: number, scan: number, change: ScanChange | null): Sql {
  if (change !== null) return BY_CHANGE[change](environment, scan);
  return sql`(${changed(environment, scan, ["new", "opened", "refound", "regressed", "unseen", "history"])} OR ${persisted(environment, scan)})`;
}
