import { z } from "zod";
import { sql, type Db, type Sql, type Tx } from "@/lib/db/client";
import { count, row, rows } from "@/lib/db/rows";
import { SUGGESTION_OUTCOMES, SUGGESTS, type SuggestionOutcome } from "@/lib/domain/finding/suggestion";
import { GOVERNANCE_STATUSES, SCANNER_STATUSES, SEVERITIES } from "@/lib/domain/finding/words";

/** What the suggestion rests on, as it was kept; hostile text. */
const restsOn = z.object({
  author: z.string().nullish(), status: z.string().nullish(), justification: z.string().nullish(), note: z.string().nullish(), vulnerability: z.string().nullish(),
  products: z.array(z.string()).max(10).catch([]), product_count: z.number().catch(0),
}).catch({ products: [], product_count: 0 });

const stored = z.object({
  id: z.number(), finding: z.number(), title: z.string(), asset: z.string(), severity: z.enum(SEVERITIES), scanner: z.enum(SCANNER_STATUSES), governance: z.enum(GOVERNANCE_STATUSES),
  version: z.number(), source: z.string(), scan: z.number().nullable(), suggests: z.enum(SUGGESTS), reason: z.string(), restsOn, saidAt: z.date().nullable(), at: z.date(),
  outcome: z.enum(SUGGESTION_OUTCOMES).nullable(), settledAt: z.date().nullable(), settledBy: z.string().nullable(),
});
export type StoredSuggestion = z.output<typeof stored>;

const COLUMNS = sql`g.id, f.number AS finding, f.title, a.name AS asset, f.calibrated AS severity, f.scanner_status AS scanner, f.governance_status AS governance, f.version, g.source,
  g.scan_id AS scan, g.suggests, g.reason, g.rests_on AS "restsOn", g.said_at AS "saidAt", g.created_at AS at, g.outcome, g.settled_at AS "settledAt", g.settled_by AS "settledBy"`;
const TABLES = sql`suggestion g JOIN finding f ON f.id = g.finding_id JOIN asset a ON a.id = f.asset_id`;

/** Suggestions by id, held until the transaction ends, in the order of their ids. Whoever decides holds the findings first. */
export async function lockSuggestions(tx: Tx, environment: number, ids: readonly number[]): Promise<StoredSuggestion[]> {
  await tx.$queryRaw(sql`SELECT 1 FROM (SELECT id FROM suggestion WHERE environment_id = ${environment} AND id = ANY (${[...ids]}::int[]) ORDER BY id FOR UPDATE) held`);
  return suggestionsById(tx, environment, ids);
}

export async function suggestionsById(db: Db, environment: number, ids: readonly number[]): Promise<StoredSuggestion[]> {
  return rows(db, stored, sql`SELECT ${COLUMNS} FROM ${TABLES} WHERE g.environment_id = ${environment} AND g.id = ANY (${[...ids]}::int[]) ORDER BY g.id`);
}

/** Writes what became of suggestions, once. */
export async function settleSuggestions(tx: Tx, environment: number, ids: readonly number[], outcome: SuggestionOutcome, by: string): Promise<void> {
  if (ids.length === 0) return;
  await tx.$executeRaw(sql`
    UPDATE suggestion SET outcome = ${outcome}, settled_at = docket_now(), settled_by = ${by} WHERE environment_id = ${environment} AND id = ANY (${[...ids]}::int[])`);
}

export type SuggestionsWanted = { environment: number; finding: number | null; scan: number | null; outcome: SuggestionOutcome | "open" | null };

function whichOf({ environment, finding, scan, outcome }: SuggestionsWanted): Sql {
  const settled = outcome === null ? sql`true` : outcome === "open" ? sql`g.outcome IS NULL` : sql`g.outcome = ${outcome}`;
  const ofFinding = finding === null ? sql`true` : sql`g.finding_id = (SELECT id FROM finding WHERE environment_id = ${environment} AND number = ${finding})`;
  const ofScan = scan === null ? sql`true` : sql`g.scan_id = ${scan}`;
  return sql`g.environment_id = ${environment} AND ${ofFinding} AND ${ofScan} AND ${settled}`;
}

/** Suggestions in the order in which they were made, by the index on finding, scan or outcome. */
export async function suggestionList(db: Db, wanted: SuggestionsWanted, after: number, limit: number): Promise<StoredSuggestion[]> {
  return rows(db, stored, sql`SELECT ${COLUMNS} FROM ${TABLES} WHERE ${whichOf(wanted)} AND g.id > ${after} ORDER BY g.id LIMIT ${limit}`);
}

const tally = z.object({ suggests: z.enum(SUGGESTS), outcome: z.enum(SUGGESTION_OUTCOMES).nullable(), n: count });

/** How many of each kind became what. */
export async function suggestionCounts(db: Db, wanted: SuggestionsWanted): Promise<z.output<typeof tally>[]> {
  return rows(db, tally, sql`SELECT g.suggests, g.outcome, count(*) AS n FROM suggestion g WHERE ${whichOf(wanted)} GROUP BY 1, 2 ORDER BY 1, 2`);
}

const target = z.object({ suggestion: z.number(), version: z.number() });

/** The open ones of a scan that suggest one thing, each with the version of its finding, in their order. */
export async function openTargets(db: Db, environment: number, scan: number, suggests: string, limit: number): Promise<z.output<typeof target>[]> {
  return rows(db, target, sql`
    SELECT g.id AS suggestion, f.version FROM suggestion g JOIN finding f ON f.id = g.finding_id
    WHERE g.environment_id = ${environment} AND g.scan_id = ${scan} AND g.outcome IS NULL AND g.suggests = ${suggests} ORDER BY g.id LIMIT ${limit}`);
}

/** What is suggested about a finding: open ones first, then the newest; a bounded look back. */
export async function suggestionsOfFinding(db: Db, environment: number, finding: number): Promise<StoredSuggestion[]> {
  return rows(db, stored, sql`
    SELECT ${COLUMNS} FROM ${TABLES} WHERE g.environment_id = ${environment} AND g.finding_id = ${finding} ORDER BY g.outcome IS NOT NULL, g.id DESC LIMIT 50`);
}

const ofScan = z.object({ statements: z.number(), matched: z.number(), findings: z.number(), unmatched: z.array(z.object({
  claim: z.string(), vulnerabilities: z.array(z.string()).max(10).catch([]), products: z.array(z.string()).max(10).catch([]),
})).max(1_000).catch([]) });
export type StatedByScan = z.output<typeof ofScan>;

/** What became of the statements of a scan's document; null where there is no such scan. */
export async function statedByScan(db: Db, environment: number, scan: number): Promise<StatedByScan | null> {
  return row(db, ofScan, sql`
    SELECT statements, statements_matched AS matched, findings_stated AS findings, statements_unmatched AS unmatched FROM scan WHERE environment_id = ${environment} AND id = ${scan}`);
}
