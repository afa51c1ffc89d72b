import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { SEVERITIES } from "@/lib/domain/finding/words";

const MOST = 30;
/** Of a rule that very many findings have, the worst of so many. */
const LOOKED_AT = 2_000;

const candidate = z.object({ id: z.number(), number: z.number(), title: z.string(), asset: z.string(), severity: z.enum(SEVERITIES), isNamed: z.boolean() });

export type LinkCandidate = z.output<typeof candidate>;

/** What may be linked beside these findings: those named first; then what is detected, not disposed of and of a rule of these findings, the worst first. finding_rule_id_idx. */
export function linkCandidates(db: Db, environment: number, { linked, named, alike }: { linked: readonly number[]; named: readonly number[]; alike: boolean }): Promise<LinkCandidate[]> {
  return rows(db, candidate, sql`
    WITH named AS (SELECT id, calibrated, true AS "isNamed" FROM finding WHERE environment_id = ${environment} AND number = ANY (${[...named]}::int[])),
    alike AS (
      SELECT x.id, x.calibrated, false AS "isNamed" FROM (SELECT f.id, f.calibrated FROM finding f
      WHERE ${alike} AND f.environment_id = ${environment} AND f.rule_id = ANY (ARRAY(SELECT DISTINCT o.rule_id FROM finding o WHERE o.id = ANY (${[...linked]}::int[])))
        AND f.scanner_status <> 'closed' AND f.response <> 'closed' AND NOT (f.id = ANY (${[...linked]}::int[])) AND NOT (f.id IN (SELECT id FROM named))
      LIMIT ${LOOKED_AT}) x ORDER BY x.calibrated, x.id LIMIT ${MOST})
    SELECT f.id, f.number, f.title, a.name AS asset, f.calibrated::text AS severity, c."isNamed"
    FROM (SELECT * FROM named UNION ALL SELECT * FROM alike) c JOIN finding f ON f.id = c.id JOIN asset a ON a.id = f.asset_id
    ORDER BY c."isNamed" DESC, c.calibrated, f.id`);
}
