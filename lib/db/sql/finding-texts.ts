import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { row, rows } from "@/lib/db/rows";
import { EVIDENCE_KINDS } from "@/lib/domain/finding/words";
import { FILE_OF_PROOF } from "@/lib/db/sql/evidence-files";
import { evidenceFile } from "@/lib/domain/evidence/file";

const described = z.object({ finding_id: z.number(), description: z.string().nullable() });

/** The descriptions of a page of findings by id; a finding without one is left out. */
export async function descriptionsOf(db: Db, environment: number, ids: readonly number[]): Promise<Map<number, string>> {
  const found = await rows(db, described, sql`SELECT finding_id, description FROM finding_detail
    WHERE environment_id = ${environment} AND finding_id = ANY(${ids}::int[]) AND description IS NOT NULL`);
  return new Map(found.map(({ finding_id: id, description }) => [id, description ?? ""]));
}

const detail = z.object({
  description: z.string().nullable(), observation: z.string().nullable(), remediation: z.string().nullable(), links: z.array(z.string()).nullable().transform((list) => list ?? []),
  severity_word: z.string().nullable(), first_seen: z.date().nullable(), ghsa: z.array(z.string()).nullable().transform((list) => list ?? []), cvss_computed: z.number().nullable(), legacy_code: z.string().nullable(),
});

/** The wide texts of one finding: hostile text, as the scanner sent it. */
export async function detailOf(db: Db, environment: number, id: number): Promise<z.output<typeof detail>> {
  const found = await row(db, detail, sql`
    SELECT description, observation, remediation, links, severity_word, first_seen, f.ghsa, f.cvss_computed, f.legacy_code
    FROM finding f LEFT JOIN finding_detail d ON d.finding_id = f.id WHERE f.environment_id = ${environment} AND f.id = ${id}`);
  return found ?? { description: null, observation: null, remediation: null, links: [], severity_word: null, first_seen: null, ghsa: [], cvss_computed: null, legacy_code: null };
}

const proof = z.object({
  kind: z.enum(EVIDENCE_KINDS), reference: z.string().nullable(), note: z.string().nullable(), approver: z.string().nullable(), added_by: z.string(), at: z.date(), file: evidenceFile.nullable(),
});

/** What proves the fix of one finding, oldest first; the approver by e-mail. At most 1,000. */
export async function proofsOf(db: Db, environment: number, id: number): Promise<z.output<typeof proof>[]> {
  return rows(db, proof, sql`SELECT e.kind, e.reference, e.note, p.email AS approver, e.actor_name AS added_by, e.created_at AS at, ${FILE_OF_PROOF} AS file
    FROM evidence e LEFT JOIN person p ON p.id = e.approver_id
    WHERE e.environment_id = ${environment} AND e.finding_id = ${id} ORDER BY e.id LIMIT 1000`);
}
