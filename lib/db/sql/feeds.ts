import { z } from "zod";
import { prisma, sql, type Db, type Tx } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { resolveWindow, slaTable } from "@/lib/db/sql/scan-scopes";
import type { Crossing } from "@/lib/domain/feeds/crossing";
import type { EpssEntry, FeedName, KevEntry } from "@/lib/domain/feeds/words";
import type { SlaTable } from "@/lib/domain/sla/table";

const CHUNK = 20_000;

async function inChunks<T>(entries: readonly T[], write: (chunk: readonly T[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < entries.length; from += CHUNK) await write(entries.slice(from, from + CHUNK));
}

/** Puts an edition of the catalogue in the place of the one before. */
export async function replaceKev(tx: Tx, entries: readonly KevEntry[]): Promise<void> {
  await tx.$executeRaw(sql`DELETE FROM kev_entry`);
  await inChunks(entries, (chunk) => tx.$executeRaw(sql`
    INSERT INTO kev_entry (cve, name, added_on, due_on, ransomware)
    SELECT cve, name, "addedOn", "dueOn", ransomware FROM jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb)
      AS g(cve text, name text, "addedOn" date, "dueOn" date, ransomware boolean)`));
}

export async function replaceEpss(tx: Tx, entries: readonly EpssEntry[]): Promise<void> {
  await tx.$executeRaw(sql`DELETE FROM epss_entry`);
  await inChunks(entries, (chunk) => tx.$executeRaw(sql`
    INSERT INTO epss_entry (cve, score, percentile)
    SELECT * FROM unnest(${chunk.map(({ cve }) => cve)}::text[], ${chunk.map(({ score }) => score)}::float8[], ${chunk.map(({ percentile }) => percentile)}::float8[])`));
}

const edition = z.object({ id: z.enum(["kev", "epss"]), source: z.string(), releasedAt: z.date(), loadedAt: z.date(), entries: z.number(), sha256: z.string() });
export type Edition = z.output<typeof edition>;

/** The editions in force. */
export async function editions(db: Db = prisma): Promise<Edition[]> {
  return rows(db, edition, sql`
    SELECT id, source, released_at AS "releasedAt", loaded_at AS "loadedAt", entries, sha256 FROM feed ORDER BY id`);
}

export async function writeEdition(tx: Tx, given: { feed: FeedName; source: string; releasedAt: Date; entries: number; sha256: string }): Promise<void> {
  await tx.$executeRaw(sql`
    INSERT INTO feed (id, source, released_at, entries, sha256) VALUES (${given.feed}, ${given.source}, ${given.releasedAt}, ${given.entries}, ${given.sha256})
    ON CONFLICT (id) DO UPDATE SET source = excluded.source, released_at = excluded.released_at, entries = excluded.entries, sha256 = excluded.sha256, loaded_at = docket_now()`);
}

export const crossing = z.object({ id: z.number(), number: z.number(), kev: z.boolean(), cve: z.string().nullable(), name: z.string().nullable(), addedOn: z.date().nullable() });

/**
 * Findings that the catalogue in force names and that do not say so yet, or the other way round; held until the transaction ends.
 * Both ways begin at the index of CVE numbers: the catalogue has some thousand entries, the queue a million findings.
 */
export async function kevCrossings(tx: Tx, environment: number, most: number): Promise<Crossing[]> {
  return rows(tx, crossing, sql`
    SELECT f.id, f.number, c.enters AS kev, k.cve, k.name, k.added_on AS "addedOn" FROM (
      SELECT f.id, true AS enters FROM finding f WHERE f.environment_id = ${environment} AND NOT f.kev AND f.cve && (SELECT array_agg(cve) FROM kev_entry)
      UNION ALL
      SELECT f.id, false FROM finding f WHERE f.environment_id = ${environment} AND f.kev AND NOT f.cve && (SELECT coalesce(array_agg(cve), '{}') FROM kev_entry)
      LIMIT ${most}
    ) c JOIN finding f USING (id)
    LEFT JOIN LATERAL (SELECT * FROM kev_entry k WHERE k.cve = ANY (f.cve) ORDER BY k.added_on, k.cve LIMIT 1) k ON true
    ORDER BY f.id FOR UPDATE OF f`);
}

/** Marks them, and moves their clocks to the window of a known exploited vulnerability, or back. */
export async function writeKev(tx: Tx, crossings: readonly Crossing[], sla: SlaTable): Promise<void> {
  await tx.$executeRaw(slaTable(sla));
  await markKev(tx, crossings);
}

/** The same where the windows are laid out already. */
export async function markKev(tx: Tx, crossings: readonly Crossing[]): Promise<void> {
  for (const kev of [true, false]) {
    const ids = crossings.filter((one) => one.kev === kev).map(({ id }) => id);
    if (ids.length === 0) continue;
    await tx.$executeRaw(sql`UPDATE finding SET kev = ${kev} WHERE id = ANY (${ids}::int[])`);
    await tx.$executeRaw(sql`
      UPDATE finding f SET resolve_by = f.sla_started_at + ${resolveWindow} FROM import_sla w
      WHERE f.id = ANY (${ids}::int[]) AND w.severity = f.calibrated AND f.resolve_by IS NOT NULL AND f.governance_status NOT IN ('resolved', 'false_positive')`);
  }
}

/** Sets the highest score among a finding's CVE numbers where it is another than before; how many rows that were. */
export async function writeScores(tx: Tx, environment: number): Promise<number> {
  return tx.$executeRaw(sql`
    UPDATE finding f SET epss = x.score FROM (
      SELECT f.id, max(e.score) AS score FROM finding f LEFT JOIN LATERAL unnest(f.cve) AS c(cve) ON true LEFT JOIN epss_entry e ON e.cve = c.cve
      WHERE f.environment_id = ${environment} AND (cardinality(f.cve) > 0 OR f.epss IS NOT NULL) GROUP BY f.id
    ) x WHERE f.id = x.id AND f.epss IS DISTINCT FROM x.score`);
}
