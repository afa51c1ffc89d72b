import { z } from "zod";
import { sql, type Db, type Sql, type Tx } from "@/lib/db/client";
import { count, row, rows } from "@/lib/db/rows";
import { CLOSE_REASONS, GOVERNANCE_STATUSES, SCANNER_STATUSES, SEVERITIES } from "@/lib/domain/finding/words";

export const CARRY_OUTCOMES = ["carried", "dismissed"] as const;

const held = z.object({
  id: z.number(), from: z.number(), to: z.number(), original: z.number().nullable(), why: z.string(), outcome: z.enum(CARRY_OUTCOMES).nullable(), settledBy: z.string().nullable(),
});
export type HeldCarry = z.output<typeof held>;

/** Proposals by id, held until the transaction ends, in the order of their ids. Numbers of findings, `original` is what the old one duplicates. */
export async function lockCarries(tx: Tx, environment: number, ids: readonly number[]): Promise<HeldCarry[]> {
  return rows(tx, held, sql`
    SELECT c.id, o.number AS from, n.number AS to, o.duplicate_of AS original, c.why, c.outcome, c.settled_by AS "settledBy"
    FROM carry c JOIN finding o ON o.id = c.from_id JOIN finding n ON n.id = c.to_id
    WHERE c.environment_id = ${environment} AND c.id = ANY (${[...ids]}::int[]) ORDER BY c.id FOR UPDATE OF c`);
}

/** The ids of a scan's proposals that nobody has settled, in the order of the new findings; one more than `limit` says that there are more. */
export async function openCarriesOf(tx: Tx, environment: number, scan: number, limit: number): Promise<number[]> {
  const found = await rows(tx, z.object({ id: z.number() }), sql`
    SELECT id FROM carry WHERE environment_id = ${environment} AND scan_id = ${scan} AND outcome IS NULL ORDER BY id LIMIT ${limit + 1}`);
  return found.map(({ id }) => id);
}

/** Writes what became of proposals, once. */
export async function settleCarries(tx: Tx, environment: number, ids: readonly number[], outcome: (typeof CARRY_OUTCOMES)[number], by: string): Promise<void> {
  if (ids.length === 0) return;
  await tx.$executeRaw(sql`
    UPDATE carry SET outcome = ${outcome}, settled_at = docket_now(), settled_by = ${by} WHERE environment_id = ${environment} AND id = ANY (${[...ids]}::int[])`);
}

/** What was said with the decision that stands on each finding: its newest note, by number. */
export async function notesOfDecisions(tx: Tx, environment: number, numbers: readonly number[]): Promise<Map<number, string>> {
  const found = await rows(tx, z.object({ number: z.number(), note: z.string() }), sql`
    SELECT f.number, b.note FROM finding f
    CROSS JOIN LATERAL (SELECT e.sequence FROM audit_event e WHERE e.finding_id = f.id AND e.to_status IS NOT NULL ORDER BY e.version DESC LIMIT 1) e
    JOIN audit_body b USING (sequence) WHERE f.environment_id = ${environment} AND f.number = ANY (${[...numbers]}::int[]) AND b.note IS NOT NULL`);
  return new Map(found.map(({ number, note }) => [number, note]));
}

const side = (f: Sql, as: string) => sql`json_build_object('number', ${f}.number, 'version', ${f}.version, 'title', ${f}.title, 'location', ${f}.location,
  'severity', ${f}.calibrated, 'scanner', ${f}.scanner_status, 'governance', ${f}.governance_status, 'reason', ${f}.close_reason) AS ${as === "from" ? sql`"from"` : sql`"to"`}`;
const sideRow = z.object({
  number: z.number(), version: z.number(), title: z.string(), location: z.string(), severity: z.enum(SEVERITIES), scanner: z.enum(SCANNER_STATUSES),
  governance: z.enum(GOVERNANCE_STATUSES), reason: z.enum(CLOSE_REASONS).nullable(),
});
const stored = z.object({
  id: z.number(), scan: z.number(), why: z.string(), at: z.date(), outcome: z.enum(CARRY_OUTCOMES).nullable(), settledAt: z.date().nullable(), settledBy: z.string().nullable(),
  asset: z.string(), decidedBy: z.string().nullable(), decidedAt: z.date().nullable(), from: sideRow, to: sideRow,
});
export type StoredCarry = z.output<typeof stored>;

const COLUMNS = sql`c.id, c.scan_id AS scan, c.why, c.created_at AS at, c.outcome, c.settled_at AS "settledAt", c.settled_by AS "settledBy", a.name AS asset,
  d.actor_name AS "decidedBy", d.at AS "decidedAt", ${side(sql`o`, "from")}, ${side(sql`n`, "to")}`;
const TABLES = sql`carry c JOIN finding o ON o.id = c.from_id JOIN finding n ON n.id = c.to_id JOIN asset a ON a.id = n.asset_id
  LEFT JOIN LATERAL (SELECT e.actor_name, e.at FROM audit_event e WHERE e.finding_id = o.id AND e.version IS NOT NULL ORDER BY e.to_status IS NULL, e.version DESC LIMIT 1) d ON true`;

export type CarriesWanted = { environment: number; scan: number | null; outcome: (typeof CARRY_OUTCOMES)[number] | "open" | null; after: number; limit: number };

function whichOf({ environment, scan, outcome }: Omit<CarriesWanted, "after" | "limit">): Sql {
  const settled = outcome === null ? sql`true` : outcome === "open" ? sql`c.outcome IS NULL` : sql`c.outcome = ${outcome}`;
  return sql`c.environment_id = ${environment} AND (${scan}::int IS NULL OR c.scan_id = ${scan}::int) AND ${settled}`;
}

/** Proposals in the order in which they were made (carry_scan_id_id_idx, or carry_environment_id_outcome_id_idx). */
export async function carryList(db: Db, wanted: CarriesWanted): Promise<StoredCarry[]> {
  return rows(db, stored, sql`SELECT ${COLUMNS} FROM ${TABLES} WHERE ${whichOf(wanted)} AND c.id > ${wanted.after} ORDER BY c.id LIMIT ${wanted.limit}`);
}

/** One of them; null: there is none here. */
export async function carryById(db: Db, environment: number, id: number): Promise<StoredCarry | null> {
  return row(db, stored, sql`SELECT ${COLUMNS} FROM ${TABLES} WHERE c.environment_id = ${environment} AND c.id = ${id}`);
}

export async function carryCount(db: Db, wanted: Omit<CarriesWanted, "after" | "limit">): Promise<number> {
  const found = await row(db, z.object({ n: count }), sql`SELECT count(*) AS n FROM carry c WHERE ${whichOf(wanted)}`);
  return found?.n ?? 0;
}

/** What is proposed for a finding, and what was carried over from or to it; the newest first. */
export async function carriesOfFinding(db: Db, environment: number, finding: number): Promise<StoredCarry[]> {
  return rows(db, stored, sql`
    SELECT ${COLUMNS} FROM ${TABLES}
    WHERE c.environment_id = ${environment} AND ((c.to_id = ${finding} AND c.outcome IS DISTINCT FROM 'dismissed') OR (c.from_id = ${finding} AND c.outcome = 'carried'))
    ORDER BY c.id DESC LIMIT 20`);
}
