import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { row } from "@/lib/db/rows";
import { EXPOSURES, SENSITIVITIES } from "@/lib/domain/asset/words";

const rank = z.object({
  exposure: z.enum(EXPOSURES), sensitivity: z.enum(SENSITIVITIES), owner: z.string().nullable(), team: z.string().nullable(),
  kev_cve: z.string().nullable(), kev_added: z.date().nullable(), kev_due: z.date().nullable(), ransomware: z.boolean().nullable(),
  epss_cve: z.string().nullable(), score: z.number().nullable(), percentile: z.number().nullable(),
  calibrated_by: z.string().nullable(), calibrated_why: z.string().nullable(),
});
export type StoredRank = z.output<typeof rank>;

/** What a finding ranks by beside its own columns: its asset, the first of its CVEs to be exploited, the likeliest one, and who calibrated it. Look-ups by key. */
export async function rankOf(db: Db, environment: number, finding: number): Promise<StoredRank | null> {
  return row(db, rank, sql`
    SELECT a.exposure, a.sensitivity, a.owner, a.team, k.cve AS kev_cve, k.added_on AS kev_added, k.due_on AS kev_due, k.ransomware,
      p.cve AS epss_cve, p.score, p.percentile, c.actor_name AS calibrated_by, c.reason AS calibrated_why
    FROM finding f JOIN asset a ON a.id = f.asset_id
    LEFT JOIN LATERAL (SELECT cve, added_on, due_on, ransomware FROM kev_entry WHERE cve = ANY (f.cve) ORDER BY added_on, cve LIMIT 1) k ON true
    LEFT JOIN LATERAL (SELECT cve, score, percentile FROM epss_entry WHERE cve = ANY (f.cve) ORDER BY score DESC, cve LIMIT 1) p ON true
    LEFT JOIN LATERAL (SELECT e.actor_name, b.reason FROM audit_event e JOIN audit_body b USING (sequence)
      WHERE e.finding_id = f.id AND 'severity' = ANY (e.fields) ORDER BY e.sequence DESC LIMIT 1) c ON f.team_severity IS NOT NULL
    WHERE f.environment_id = ${environment} AND f.id = ${finding}`);
}
