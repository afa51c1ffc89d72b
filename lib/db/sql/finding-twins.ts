import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { CLOSE_REASONS, GOVERNANCE_STATUSES, RESPONSES, SCANNER_STATUSES, SEVERITIES } from "@/lib/domain/finding/words";

const MOST = 20;

const twin = z.object({
  number: z.number(), title: z.string(), detector: z.string(), location: z.string(), severity: z.enum(SEVERITIES), scanner: z.enum(SCANNER_STATUSES),
  response: z.enum(RESPONSES), governance: z.enum(GOVERNANCE_STATUSES), closeReason: z.enum(CLOSE_REASONS).nullable(), shared: z.array(z.string()), isRecorded: z.boolean(),
});

/**
 * What other detectors see of the same weakness on the same asset: a CVE or GHSA in common, and the same package, or none named by one
 * of the two. Detected first, then the worst; at most 20. By CVE through finding_cve_idx, by GHSA through the findings of the asset.
 */
export async function twinsOf(db: Db, environment: number, finding: number): Promise<z.output<typeof twin>[]> {
  return rows(db, twin, sql`
    WITH here AS (SELECT number, asset_id, detector_id, cve, ghsa, package, duplicate_of FROM finding WHERE environment_id = ${environment} AND id = ${finding}),
    alike AS (
      SELECT f.id FROM here h JOIN finding f ON f.cve && h.cve WHERE h.cve <> '{}' AND f.environment_id = ${environment} AND f.asset_id = h.asset_id
      UNION SELECT f.id FROM here h JOIN finding f ON f.asset_id = h.asset_id AND f.ghsa && h.ghsa WHERE h.ghsa <> '{}'
    )
    SELECT f.number, f.title, d.name AS detector, f.location, f.calibrated AS severity, f.scanner_status AS scanner, f.response, f.governance_status AS governance,
      f.close_reason AS "closeReason",
      ARRAY(SELECT unnest(f.cve || f.ghsa) INTERSECT SELECT unnest(h.cve || h.ghsa) ORDER BY 1) AS shared,
      coalesce(f.duplicate_of = h.number OR h.duplicate_of = f.number, false) AS "isRecorded"
    FROM alike JOIN finding f USING (id) CROSS JOIN here h JOIN detector d ON d.id = f.detector_id
    WHERE f.detector_id <> h.detector_id AND (nullif(f.package, '') IS NULL OR nullif(h.package, '') IS NULL OR f.package = h.package)
    ORDER BY f.scanner_status = 'closed', f.calibrated, f.id LIMIT ${MOST}`);
}
