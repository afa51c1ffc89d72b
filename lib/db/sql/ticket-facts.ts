import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { row, rows } from "@/lib/db/rows";
import { GOVERNANCE_STATUSES, SEVERITIES } from "@/lib/domain/finding/words";
import type { FindingFacts } from "@/lib/domain/ticket/payload-of";
import { DESTINATIONS } from "@/lib/domain/ticket/words";

const text = z.string().nullable();
const list = z.array(z.string()).nullable().transform((all) => all ?? []);

const stored = z.object({
  id: z.number(), number: z.number(), title: z.string(), asset: z.string(), severity: z.enum(SEVERITIES), category: text,
  cwe: z.array(z.number()).nullable().transform((all) => all ?? []), cve: list, cvssVersion: text, cvssVector: text, cvssScore: z.number().nullable(), kev: z.boolean(),
  epss: z.number().nullable(), location: z.string(), port: z.number().nullable(), component: text, rule: z.string(), ruleName: z.string(), exposure: z.string(),
  sensitivity: z.string(), description: text, remediation: text, links: list, acknowledgeBy: z.date().nullable(), resolveBy: z.date().nullable(), hasProof: z.boolean(),
  governance: z.enum(GOVERNANCE_STATUSES), calibratedAt: z.date().nullable(), decommissionOn: text, assigneeId: z.number().nullable(), team: text, owner: text,
});

/** What a finding gives to its ticket, and what decides whether it may have one. `id` is its row's key. */
export type StoredFacts = FindingFacts & Pick<z.output<typeof stored>, "id" | "governance" | "calibratedAt" | "decommissionOn" | "assigneeId" | "team" | "owner">;

/** The facts of findings by id, in the order of their numbers: one look-up each, texts cut where a ticket would cut them. */
export async function ticketFacts(db: Db, environment: number, ids: readonly number[]): Promise<StoredFacts[]> {
  const found = await rows(db, stored, sql`
    SELECT f.id, f.number, f.title, a.name AS asset, f.calibrated AS severity, f.category, f.cwe, f.cve, f.cvss_version AS "cvssVersion", f.cvss_vector AS "cvssVector",
      f.cvss_score AS "cvssScore", f.kev, f.epss, f.location, f.port, f.component, r.key AS rule, r.name AS "ruleName", a.exposure::text, a.sensitivity::text,
      left(d.description, 4001) AS description, left(d.remediation, 4001) AS remediation, d.links[1:50] AS links, f.acknowledge_by AS "acknowledgeBy", f.resolve_by AS "resolveBy",
      (d.observation IS NOT NULL OR EXISTS (SELECT FROM evidence e WHERE e.finding_id = f.id)) AS "hasProof", f.governance_status AS governance, f.calibrated_at AS "calibratedAt",
      a.decommission_on::text AS "decommissionOn", f.assignee_id AS "assigneeId", a.team, a.owner
    FROM finding f JOIN asset a ON a.id = f.asset_id JOIN rule r ON r.id = f.rule_id LEFT JOIN finding_detail d ON d.finding_id = f.id
    WHERE f.environment_id = ${environment} AND f.id = ANY (${[...ids]}::int[]) ORDER BY f.number`);
  return found.map(({ cvssVersion: version, cvssVector: vector, cvssScore: score, ...facts }) => ({ ...facts, cvss: version === null && score === null ? null : { version: version ?? "", vector, score } }));
}

const connector = z.object({ id: z.number(), kind: z.enum(DESTINATIONS), name: z.string(), enabled: z.boolean(), openUntil: z.date().nullable(), lastError: text });
export type StoredConnector = z.output<typeof connector>;

/** The trackers of an environment by name, those that were removed aside; at most 200. */
export async function connectorsOf(db: Db, environment: number): Promise<StoredConnector[]> {
  return rows(db, connector, sql`SELECT id, kind, name, enabled, open_until AS "openUntil", last_error AS "lastError" FROM connector
    WHERE environment_id = ${environment} AND removed_at IS NULL ORDER BY name, id LIMIT 200`);
}

/** The name of an environment, as a ticket says it. */
export async function environmentName(db: Db, environment: number): Promise<string> {
  return (await row(db, z.object({ name: z.string() }), sql`SELECT name FROM environment WHERE id = ${environment}`))?.name ?? "";
}
