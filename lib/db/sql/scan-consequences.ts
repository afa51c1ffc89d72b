import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { inOneGo } from "@/lib/db/one-go";
import { row, rows } from "@/lib/db/rows";
import type { ScanOptions } from "@/lib/db/sql/scan-scopes";
import { CLOSE_REASONS } from "@/lib/domain/finding/words";
import { AT_A_TIME, type Contradicted, type Duplicate, type Newcomer, type SeenResolved, type Sighted } from "@/lib/domain/scan/consequences";

/**
 * The findings whose decision a scan changes, in the order of their entries: what it reopens and what it flags (by number), then the duplicates of what it
 * reopens. However many they are, what is known of them leaves the database a thousand at a time.
 */
export const noConsequences = sql`CREATE TEMP TABLE import_consequence (place int, id int, number int, becomes text) ON COMMIT DROP`;

/** How many resolutions a scan contradicts, and how many of them it reopens. */
export type Contradictions = { regressed: number; reopened: number };

const sighted = z.object({ id: z.number(), takenAt: z.date(), closeReason: z.enum(CLOSE_REASONS).nullable(), decidedAt: z.date().nullable(), reReview: z.string().nullable() });

/** Resolved findings that this scan, being their newest, sees: gathered, and nothing decided yet. Gives how many there are. */
export async function gatherSighted(tx: Tx): Promise<number> {
  const found = await tx.$executeRaw(sql`
    INSERT INTO import_consequence
    SELECT row_number() OVER (ORDER BY f.number), f.id, f.number
    FROM import_touched k JOIN finding f ON f.id = k.id AND f.id = ANY (ARRAY(SELECT id FROM import_touched WHERE resolved AND sees)) -- through the key: they are few
    WHERE k.resolved AND k.sees AND NOT k.suppressed AND NOT k.older AND f.governance_status = 'resolved'`);
  if (found > 0) await inOneGo(tx, [sql`CREATE INDEX ON import_consequence (place)`, sql`CREATE INDEX ON import_touched (id)`, sql`ANALYZE import_consequence, import_touched`]);
  return found;
}

/** The sighted ones from a place on, as far as a verdict needs them. */
export async function sightedFrom(tx: Tx, from: number): Promise<Sighted[]> {
  return rows(tx, sighted, sql`
    SELECT c.id, k.taken_at AS "takenAt", f.close_reason AS "closeReason", f.decided_at AS "decidedAt", f.re_review AS "reReview"
    FROM import_consequence c JOIN import_touched k ON k.id = c.id JOIN finding f ON f.id = c.id WHERE c.place BETWEEN ${from} AND ${from + AT_A_TIME - 1} ORDER BY c.place`);
}

/** Notes what becomes of some of them. */
export async function noteVerdicts(tx: Tx, { reopened, flagged }: Contradicted<Sighted>): Promise<void> {
  const ids = (some: readonly { id: number }[]) => some.map(({ id }) => id);
  await tx.$executeRaw(sql`
    UPDATE import_consequence SET becomes = CASE WHEN id = ANY (${ids(reopened)}::int[]) THEN 'reopened' ELSE 'flagged' END WHERE id = ANY (${[...ids(reopened), ...ids(flagged)]}::int[])`);
}

/** Once each has its verdict: those that keep their decision leave, the others stand in the order of their entries. */
export async function settleVerdicts(tx: Tx): Promise<Contradictions> {
  await inOneGo(tx, [
    sql`DELETE FROM import_consequence WHERE becomes IS NULL`,
    sql`UPDATE import_consequence c SET place = p.place FROM (SELECT id, row_number() OVER (ORDER BY becomes DESC, number)::int AS place FROM import_consequence) p WHERE p.id = c.id`,
    sql`ANALYZE import_consequence`,
  ]);
  const found = await row(tx, z.object({ regressed: z.number(), reopened: z.number() }), sql`
    SELECT count(*)::int AS regressed, (count(*) FILTER (WHERE becomes = 'reopened'))::int AS reopened FROM import_consequence`);
  return found ?? { regressed: 0, reopened: 0 };
}

/** Duplicates, not flagged yet, of findings that are being reopened; held until the transaction ends. Gives how many there are. */
export async function gatherDuplicates(tx: Tx, { environment }: Pick<ScanOptions, "environment">, { regressed, reopened }: Contradictions): Promise<number> {
  if (reopened === 0) return 0;
  return tx.$executeRaw(sql`
    INSERT INTO import_consequence
    SELECT ${regressed}::int + row_number() OVER (ORDER BY d.id), d.id, d.number, 'duplicate' FROM (
      SELECT id, number FROM finding
      WHERE environment_id = ${environment} AND duplicate_of = ANY (ARRAY(SELECT number FROM import_consequence WHERE becomes = 'reopened'))
        AND governance_status = 'resolved' AND re_review IS NULL AND id NOT IN (SELECT id FROM import_consequence) ORDER BY id FOR UPDATE
    ) d`);
}

const contradicted = sighted.extend({ number: z.number(), version: z.number(), verification: z.string(), decidedBy: z.string().nullable(), reason: z.string().nullable(), note: z.string().nullable(), becomes: z.enum(["reopened", "flagged"]) });

/** What is contradicted, from a place on: each with who resolved it and why, and what becomes of it. */
export async function contradictedFrom(tx: Tx, from: number): Promise<Contradicted> {
  const found: (SeenResolved & { becomes: string })[] = await rows(tx, contradicted, sql`
    SELECT f.id, f.number, f.version, k.taken_at AS "takenAt", f.close_reason AS "closeReason", f.decided_at AS "decidedAt", f.re_review AS "reReview",
      f.verification, e.actor_name AS "decidedBy", e.reason, e.note, c.becomes
    FROM import_consequence c JOIN import_touched k ON k.id = c.id JOIN finding f ON f.id = c.id
    LEFT JOIN LATERAL (
      SELECT e.actor_name, b.reason, b.note FROM audit_event e JOIN audit_body b USING (sequence)
      WHERE e.finding_id = f.id AND e.to_status = 'resolved' ORDER BY e.version DESC LIMIT 1
    ) e ON true
    WHERE c.becomes <> 'duplicate' AND c.place BETWEEN ${from} AND ${from + AT_A_TIME - 1} ORDER BY c.place`);
  const those = (becomes: string) => found.filter((one) => one.becomes === becomes);
  return { reopened: those("reopened"), flagged: those("flagged") };
}

const duplicate = z.object({ id: z.number(), number: z.number(), version: z.number(), original: z.number() });

/** The duplicates, from a place on. */
export async function duplicatesFrom(tx: Tx, from: number): Promise<Duplicate[]> {
  return rows(tx, duplicate, sql`
    SELECT f.id, f.number, f.version, f.duplicate_of AS original FROM import_consequence c JOIN finding f ON f.id = c.id
    WHERE c.becomes = 'duplicate' AND c.place BETWEEN ${from} AND ${from + AT_A_TIME - 1} ORDER BY c.place`);
}

/** What the report brings with the status code of an older system, as import_legacy in the order of its numbers. False: nothing. */
export async function gatherLegacy(tx: Tx, { scan }: Pick<ScanOptions, "scan">): Promise<boolean> {
  const found = await row(tx, z.object({ any: z.boolean() }), sql`SELECT EXISTS (SELECT FROM scan_stage WHERE scan_id = ${scan} AND legacy_code IS NOT NULL) AS any`);
  if (!found?.any) return false;
  await tx.$executeRaw(sql`
    CREATE TEMP TABLE import_legacy ON COMMIT DROP AS
    SELECT row_number() OVER (ORDER BY n.number)::int AS place, n.finding_id AS id, n.number, st.legacy_code AS code
    FROM scan_stage st JOIN import_fresh n USING (row) WHERE st.scan_id = ${scan} AND st.legacy_code IS NOT NULL`);
  await inOneGo(tx, [sql`CREATE INDEX ON import_legacy (place)`, sql`ANALYZE import_legacy`]);
  return true;
}

const newcomer = z.object({ id: z.number(), number: z.number(), code: z.string() });

/** Those of them from a place on. */
export async function legacyFrom(tx: Tx, from: number): Promise<Newcomer[]> {
  return rows(tx, newcomer, sql`SELECT id, number, code FROM import_legacy WHERE place BETWEEN ${from} AND ${from + AT_A_TIME - 1} ORDER BY place`);
}
