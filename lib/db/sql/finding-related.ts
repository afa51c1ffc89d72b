import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { row, rows } from "@/lib/db/rows";
import { EVIDENCE_KINDS, GOVERNANCE_STATUSES, SEVERITIES } from "@/lib/domain/finding/words";
import { FILE_OF_PROOF } from "@/lib/db/sql/evidence-files";
import { evidenceFile } from "@/lib/domain/evidence/file";

const MOST = 6;

const related = z.object({ number: z.number(), title: z.string(), asset: z.string(), severity: z.enum(SEVERITIES), why: z.enum(["same rule", "same asset"]) });

/** The worst of the same rule elsewhere, then the worst of the same asset; six each (finding_rule_id_idx, finding_asset_id_tab_…_idx). */
export async function relatedTo(db: Db, environment: number, finding: number): Promise<z.output<typeof related>[]> {
  return rows(db, related, sql`
    WITH here AS (SELECT id, rule_id, asset_id FROM finding WHERE environment_id = ${environment} AND id = ${finding}),
    alike AS (SELECT f.id, 1 AS place FROM here JOIN finding f ON f.rule_id = here.rule_id AND f.asset_id <> here.asset_id
      ORDER BY f.effective, f.calibrated, f.id LIMIT ${MOST}),
    beside AS (SELECT f.id, 2 AS place FROM here JOIN finding f ON f.asset_id = here.asset_id AND f.id <> here.id
      ORDER BY f.effective, f.calibrated, f.id LIMIT ${MOST})
    SELECT f.number, f.title, a.name AS asset, f.calibrated AS severity, CASE x.place WHEN 1 THEN 'same rule' ELSE 'same asset' END AS why
    FROM (SELECT * FROM alike UNION ALL SELECT * FROM beside) x JOIN finding f ON f.id = x.id JOIN asset a ON a.id = f.asset_id
    WHERE f.environment_id = ${environment} ORDER BY x.place, f.effective, f.calibrated, f.id`);
}

const evidence = z.object({
  id: z.number(), kind: z.enum(EVIDENCE_KINDS), reference: z.string().nullable(), note: z.string().nullable(),
  approver: z.string().nullable(), by: z.string(), at: z.date(), file: evidenceFile.nullable(),
});

/** What was attached to prove the fix, newest first; at most 200. */
export async function evidenceOf(db: Db, environment: number, finding: number): Promise<z.output<typeof evidence>[]> {
  return rows(db, evidence, sql`SELECT e.id, e.kind, e.reference, e.note, p.name AS approver, e.actor_name AS by, e.created_at AS at, ${FILE_OF_PROOF} AS file
    FROM evidence e LEFT JOIN person p ON p.id = e.approver_id WHERE e.environment_id = ${environment} AND e.finding_id = ${finding} ORDER BY e.id DESC LIMIT 200`);
}

const acceptance = z.object({ by: z.string(), approver: z.string().nullable(), justification: z.string().nullable(), until: z.date() });

/** The standing acceptance, or null. */
export async function acceptanceOf(db: Db, environment: number, finding: number): Promise<z.output<typeof acceptance> | null> {
  return row(db, acceptance, sql`SELECT c.actor_name AS by, p.name AS approver, c.justification, c.expires_at AS until
    FROM finding f JOIN acceptance c ON c.id = f.acceptance_id LEFT JOIN person p ON p.id = c.approver_id
    WHERE f.environment_id = ${environment} AND f.id = ${finding}`);
}

const moved = z.object({ by: z.string(), at: z.date(), from: z.enum(GOVERNANCE_STATUSES), to: z.enum(GOVERNANCE_STATUSES), reason: z.string().nullable() });

/** The event that put the finding into its status: who or what, when, from where. */
export async function lastMove(db: Db, environment: number, finding: number): Promise<z.output<typeof moved> | null> {
  return row(db, moved, sql`SELECT e.actor_name AS by, e.at, e.from_status AS "from", e.to_status AS "to", b.reason FROM audit_event e JOIN audit_body b USING (sequence)
    WHERE e.environment_id = ${environment} AND e.finding_id = ${finding} AND e.to_status IS NOT NULL ORDER BY e.sequence DESC LIMIT 1`);
}

const look = z.object({ scan: z.number(), kind: z.enum(["new", "opened", "refound", "regressed", "unseen", "history"]), at: z.date() });

/** The scan that found it first, and the one that last changed whether it is detected. */
export async function looksAt(db: Db, environment: number, finding: number): Promise<{ first: z.output<typeof look> | null; last: z.output<typeof look> | null }> {
  const found = await rows(db, look, sql`SELECT scan_id AS scan, kind, at FROM scan_change
    WHERE environment_id = ${environment} AND finding_id = ${finding} ORDER BY id LIMIT 1000`);
  return { first: found.find(({ kind }) => kind === "new") ?? null, last: found.filter(({ kind }) => kind === "refound" || kind === "unseen").at(-1) ?? null };
}
