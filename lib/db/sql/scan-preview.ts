import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { count, row, rows } from "@/lib/db/rows";
import type { ScanOptions } from "@/lib/db/sql/scan-scopes";
import { GOVERNANCE_STATUSES } from "@/lib/domain/finding/words";
import { brakesOf, SILENT_LEAST, type Brake, type ImportPolicy } from "@/lib/domain/scan/brake";
import type { ScanCounts } from "@/lib/domain/scan/counts";
import { countsMoved, keptCounts, previewLooks, SCOPES_KEPT, type PreviewFacts, type PreviewLine, type PreviewLooks, type PreviewMoved } from "@/lib/domain/scan/preview";

/** From here on everything can be taken back while the transaction goes on: what a preview makes of dictionaries and tables is not kept. */
export const beginTrial = sql`SAVEPOINT scan_trial`;

/** Takes everything back since `beginTrial`: rows, temporary tables, locks and the importer's role. */
export async function undoTrial(tx: Tx): Promise<void> {
  await tx.$executeRaw(sql`ROLLBACK TO SAVEPOINT scan_trial`);
}

/**
 * What the delta would change, as one hexadecimal SHA-256: over the scopes (whether they are covered, and the fingerprints new to
 * them), then over the numbers of what is re-found, regresses, is no longer seen or keeps which decision. Everything is ordered by
 * what it says, so neither the order of the file nor the numbers of records that do not exist yet matter.
 */
export async function digestOf(tx: Tx): Promise<string> {
  const contradicted = sql`(SELECT id FROM import_consequence)`;
  const found = await row(tx, z.object({ digest: z.string() }), sql`
    SELECT encode(sha256(convert_to(coalesce(string_agg(line, chr(10) ORDER BY line COLLATE "C"), ''), 'UTF8')), 'hex') AS digest FROM (
      SELECT json_build_array('scope', d.name, i.asset, i.covers, i.newest, n.prints)::text AS line
      FROM import_scope i JOIN detector d ON d.id = i.detector_id LEFT JOIN (
        SELECT scope_id, encode(sha256(string_agg(fingerprint, ''::bytea ORDER BY fingerprint)), 'hex') AS prints FROM import_fresh GROUP BY scope_id
      ) n USING (scope_id)
      UNION ALL
      SELECT kind || ' ' || encode(sha256(convert_to(string_agg(number::text, ' ' ORDER BY number), 'UTF8')), 'hex') FROM (
        SELECT kind::text AS kind, number FROM import_touched WHERE kind IN ('refound', 'unseen')
        UNION ALL SELECT 'regressed', number FROM import_touched WHERE id IN ${contradicted}
        UNION ALL SELECT 'preserved ' || governance::text, number FROM import_known
          WHERE sees AND NOT suppressed AND governance NOT IN ('open', 'reopened') AND id NOT IN ${contradicted}
        UNION ALL SELECT 'moved', number FROM import_moved
      ) changes GROUP BY kind
    ) lines`);
  if (!found) throw new Error("The digest of the delta could not be made.");
  return found.digest;
}

const scopeLoss = z.object({ detector: z.string(), asset: z.string(), live: count, vanishing: count });
const silentLoss = z.object({ detector: z.string(), checks: count, live: count, vanishing: count });

/** Why the brake would hold this scan; empty where it would not. A scan that closes less than the policy's least is not looked at closer. */
export async function brakesFor(tx: Tx, unseen: number, policy: ImportPolicy): Promise<Brake[]> {
  if (unseen < policy.brakeLeast) return [];
  const scopes = await rows(tx, scopeLoss, sql`
    SELECT d.name AS detector, i.asset, t.before AS live, t.vanishing FROM import_tally t JOIN import_scope i USING (scope_id) JOIN detector d ON d.id = i.detector_id
    WHERE t.vanishing >= ${policy.brakeLeast} ORDER BY t.vanishing DESC, i.asset, d.name LIMIT 1000`);
  const silent = await rows(tx, silentLoss, sql`
    SELECT d.name AS detector, count(*) AS checks, sum(s.vanishing)::int AS vanishing, (SELECT sum(t.before)::int FROM import_tally t WHERE t.detector_id = d.id) AS live
    FROM (
      SELECT i.detector_id, k.rule_was, count(*) AS vanishing FROM import_touched k JOIN import_scope i USING (scope_id)
      WHERE k.kind = 'unseen' AND NOT EXISTS (SELECT FROM import_rule r WHERE r.rule_id = k.rule_was) GROUP BY i.detector_id, k.rule_was
      HAVING count(*) >= ${SILENT_LEAST}::int
    ) s JOIN detector d ON d.id = s.detector_id GROUP BY d.id, d.name ORDER BY d.name LIMIT 1000`);
  return brakesOf(scopes, silent, policy);
}

const MOST_SCOPES = 10_000;

/** The scopes that this scan looks at; none where there are too many to keep. Some may not stay when it is taken back. */
export async function scopesShown(tx: Tx): Promise<number[]> {
  const found = await rows(tx, z.object({ id: z.number() }), sql`SELECT scope_id AS id FROM import_scope ORDER BY scope_id LIMIT ${MOST_SCOPES + 1}`);
  return found.length > MOST_SCOPES ? [] : found.map(({ id }) => id);
}

/** The detectors of this scan, and the scopes on which most changes. */
export async function looksShown(tx: Tx): Promise<PreviewLooks> {
  const detectors = await rows(tx, previewLooks.shape.detectors.unwrap().element, sql`
    SELECT l.detector, l.taken_at AS "takenAt", l.failed, count(i.scope_id)::int AS assets, (count(*) FILTER (WHERE i.covers))::int AS covered,
      l.unread <> '{}' AS "isUnread", l.ports IS NOT NULL AS "isSomePorts", l.rejected
    FROM import_look l LEFT JOIN import_scope i USING (position) GROUP BY l.position, l.detector, l.taken_at, l.failed, l.unread, l.ports, l.rejected ORDER BY l.position LIMIT 1000`);
  const scopes = await rows(tx, previewLooks.shape.scopes.unwrap().element, sql`
    SELECT d.name AS detector, i.asset, i.covers, i.newest, t.before, t.live, t.appeared, t.refound, t.vanishing
    FROM import_tally t JOIN import_scope i USING (scope_id) JOIN detector d ON d.id = i.detector_id
    ORDER BY t.vanishing + t.appeared + t.refound DESC, i.asset, d.name, i.scope_id LIMIT ${SCOPES_KEPT}`);
  return { detectors, scopes };
}

const earlier = z.object({ attempt: z.number(), digest: z.string(), counts: keptCounts, at: z.date() });
export type EarlierPreview = z.output<typeof earlier>;

/** The newest preview of a scan, or null: then it was never shown. */
export async function newestPreview(tx: Tx, scan: number): Promise<EarlierPreview | null> {
  return row(tx, earlier, sql`SELECT attempt, digest, counts, made_at AS at FROM scan_preview WHERE scan_id = ${scan} ORDER BY attempt DESC LIMIT 1`);
}

const between = z.object({ scan: z.number(), by: z.string(), at: z.date() });

/** Scans that were applied to these scopes after an instant, newest first; at most 20. */
export async function appliedSince(tx: Tx, { environment, scan }: Pick<ScanOptions, "environment" | "scan">, scopes: readonly number[], since: Date): Promise<PreviewMoved["scans"]> {
  return rows(tx, between, sql`
    SELECT s.id AS scan, s.actor_name AS by, s.finished_at AS at FROM scan s
    WHERE s.environment_id = ${environment} AND s.id <> ${scan} AND s.status = 'completed' AND s.finished_at > ${since}::timestamptz
      AND EXISTS (SELECT FROM scan_scope l WHERE l.scan_id = s.id AND l.scope_id = ANY (${[...scopes]}::int[]))
    ORDER BY s.finished_at DESC, s.id DESC LIMIT 20`);
}

const decided = z.object({ total: count, finding: z.number(), to: z.enum(GOVERNANCE_STATUSES), by: z.string(), at: z.date() });

/** What is different from the preview before, and what happened in between to the findings of the same scopes. */
export async function movedSince(tx: Tx, scan: ScanOptions, before: EarlierPreview, counts: ScanCounts, scopes: readonly number[]): Promise<PreviewMoved> {
  const decisions = await rows(tx, decided, sql`
    SELECT count(*) OVER () AS total, k.number AS finding, e.to_status AS "to", e.actor_name AS by, e.at
    FROM audit_event e JOIN import_known k ON k.id = e.finding_id
    WHERE e.environment_id = ${scan.environment} AND e.at > ${before.at}::timestamptz AND e.to_status IS NOT NULL AND e.scan_id IS NULL
    ORDER BY e.sequence DESC LIMIT 20`);
  return {
    since: before.attempt, counts: countsMoved(before.counts, counts), scans: await appliedSince(tx, scan, scopes, before.at),
    decisions: { total: decisions[0]?.total ?? 0, latest: decisions.map(({ finding, to, by, at }) => ({ finding, to, by, at })) },
  };
}

/** What one attempt worked out: what it would do, or did. */
export type Worked = {
  attempt: number; counts: ScanCounts; digest: string; brakes: readonly Brake[]; moved: PreviewMoved | null; scopes: readonly number[]; looks: PreviewLooks; facts: PreviewFacts;
  lines: readonly PreviewLine[];
  /** Proposals to carry a decision over that it makes. */
  carries: number;
};

/** Keeps a preview with its rows. Where the scan is completed the newcomers have been written, so their rows name them. */
export async function writePreview(tx: Tx, { environment, scan }: ScanOptions, worked: Worked, ends: "completed" | "previewed" | "held"): Promise<void> {
  const { attempt, counts, digest, brakes, moved, scopes, looks, facts, lines } = worked;
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
  await tx.scanPreview.create({
    data: { environmentId: environment, scanId: scan, attempt, counts, digest, brakes: [...brakes], held: ends === "held", ...(moved === null ? {} : { moved: plain(moved) }), scopes: [...scopes], looks: plain(looks), facts: plain(facts) },
  });
  const numbered = ends === "completed";
  const known = numbered ? sql`coalesce(g."findingId", n.finding_id)` : sql`g."findingId"`;
  const written = numbered ? sql`LEFT JOIN import_fresh n ON g.kind = 'new' AND n.place = g.position` : sql``;
  for (const chunk of chunksOf(lines)) {
    await tx.$executeRaw(sql`
      INSERT INTO scan_row (environment_id, scan_id, attempt, kind, position, finding_id, asset, severity, title, location, why)
      SELECT ${environment}, ${scan}, ${attempt}, g.kind, g.position, ${known}, g.asset, g.severity, g.title, g.location, g.why
      FROM json_to_recordset(${JSON.stringify(chunk)}::json)
        AS g(kind scan_row_kind, position int, "findingId" int, asset text, severity severity, title text, location text, why text) ${written}`);
  }
}

const CHUNK = 10_000;

function* chunksOf(lines: readonly PreviewLine[]): Generator<readonly PreviewLine[]> {
  for (let from = 0; from < lines.length; from += CHUNK) yield lines.slice(from, from + CHUNK);
}
