import { z } from "zod";
import { sql, trustedSql, type Db, type Sql } from "@/lib/db/client";
import { count, row, rows } from "@/lib/db/rows";
import { EVENT_COLUMNS, eventRow, type StoredEvent } from "@/lib/db/sql/event-row";
import { isInstantText } from "@/lib/db/sql/queue-cursor";
import { KIND_ACTIONS, KNOWN_ACTIONS, type TimelineKind } from "@/lib/domain/audit/timeline";

const SCAN_CHANGES = ["new", "opened", "refound", "regressed", "unseen", "history"] as const;

/** One place of a finding's trail: an event or action of the log (source 1), or a detection change of a scan (source 0). */
const place = z.object({ at: z.date(), key: z.string(), source: z.number(), id: count, action: z.string().nullable(), kind: z.enum(SCAN_CHANGES).nullable(), scan: z.number().nullable() });
export type Place = z.output<typeof place>;
export type TrailPage = { places: Place[]; next: string | null };

const cursorShape = z.tuple([z.string().max(60).refine(isInstantText), z.union([z.literal(0), z.literal(1)]), z.number().int().min(0)]);

/** Reads the cursor of a trail; null when it is none. */
export function readTrailCursor(text: string): z.output<typeof cursorShape> | null {
  try {
    return cursorShape.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8"))).data ?? null;
  } catch {
    return null;
  }
}

export type Wanted = { environment: number; finding: number; limit: number; after: z.output<typeof cursorShape> | null; kind: TimelineKind | null; folded: boolean; inclusive?: boolean };

/** Does an act have an event of this kind? */
function isOfKind(kind: TimelineKind | null): Sql {
  if (kind === null) return sql`TRUE`;
  if (kind === "other") return sql`NOT bool_or(e.to_status IS NOT NULL OR e.action = ANY(${[...KNOWN_ACTIONS]}::text[]))`;
  const named = sql`e.action = ANY(${[...KIND_ACTIONS[kind]]}::text[])`;
  return kind === "decision" ? sql`bool_or(e.to_status IS NOT NULL OR ${named})` : sql`bool_or(${named})`;
}

/** The events of a finding (its row's id), and those of its tickets for as long as it was on them: audit_event_finding_id_sequence_idx, audit_event_ticket_partial. */
function eventsOf(environment: number, finding: number): Sql {
  return sql`(SELECT * FROM audit_event e WHERE e.environment_id = ${environment} AND e.finding_id = ${finding}
    UNION ALL SELECT e.* FROM ticket_finding tf JOIN ticket t ON t.id = tf.ticket_id JOIN audit_event e ON e.environment_id = ${environment} AND e.record_type = 'ticket'
      AND e.record_number = t.number AND e.at >= tf.linked_at AND (tf.unlinked_at IS NULL OR e.at <= tf.unlinked_at)
    WHERE tf.environment_id = ${environment} AND tf.finding_id = ${finding})`;
}

const ENTRY = /^(?:e(\d{1,18})|s\d{1,10}-(\d{1,18}))$/;

/** Where an entry stands, by its anchor: any event of an act stands for the whole act. Null where this finding has no such entry. */
export async function placeOfEntry(db: Db, environment: number, finding: number, entry: string): Promise<z.output<typeof cursorShape> | null> {
  const [, event, change] = ENTRY.exec(entry) ?? [];
  if (event === undefined && change === undefined) return null;
  const found = await row(db, z.object({ key: z.string(), source: z.number(), id: count }), change === undefined
    ? sql`SELECT max(e.at)::text AS key, 1 AS source, max(e.sequence) AS id FROM ${eventsOf(environment, finding)} e
        WHERE e.action_id = (SELECT x.action_id FROM ${eventsOf(environment, finding)} x WHERE x.sequence = ${event}::text::bigint) HAVING max(e.sequence) IS NOT NULL`
    : sql`SELECT c.at::text AS key, 0 AS source, c.id FROM scan_change c WHERE c.environment_id = ${environment} AND c.finding_id = ${finding} AND c.id = ${change}::text::bigint`);
  if (!found) return null;
  return [found.key, found.source === 1 ? 1 : 0, found.id];
}

/** Actions, or single events, of a finding and of its tickets, and what scans changed about it, newest first. scan_change_finding_id_id_idx. */
export async function trailOf(db: Db, { environment, finding, limit, after, kind, folded, inclusive = false }: Wanted): Promise<TrailPage> {
  const having = isOfKind(kind);
  const each = folded ? sql`e.action_id` : sql`e.action_id, e.sequence`;
  const beyond: Sql = after === null ? sql`TRUE` : sql`(at, source, id) ${trustedSql(inclusive ? "<=" : "<")} (${after[0]}::timestamptz, ${after[1]}::int, ${after[2]}::bigint)`;
  const found = await rows(db, place, sql`
    SELECT at, at::text AS key, source, id, action, kind, scan FROM (
      SELECT max(e.at) AS at, 1 AS source, max(e.sequence) AS id, e.action_id::text AS action, NULL::scan_change_kind AS kind, NULL::int AS scan
      FROM ${eventsOf(environment, finding)} e GROUP BY ${each} HAVING ${having}
      UNION ALL
      SELECT c.at, 0, c.id, NULL, c.kind, c.scan_id FROM scan_change c
      WHERE c.environment_id = ${environment} AND c.finding_id = ${finding} AND ${kind === null || kind === "scan"}::boolean
    ) trail WHERE ${beyond} ORDER BY at DESC, source DESC, id DESC LIMIT ${limit + 1}`);
  const places = found.slice(0, limit);
  const last = places.at(-1);
  const next = found.length > limit && last ? Buffer.from(JSON.stringify([last.key, last.source, last.id])).toString("base64url") : null;
  return { places, next };
}

/** The events of a finding that belong to these actions, in their order. At most 20,000. */
export async function eventsOfActions(db: Db, environment: number, finding: number, actions: readonly string[]): Promise<StoredEvent[]> {
  if (actions.length === 0) return [];
  return rows(db, eventRow, sql`SELECT ${EVENT_COLUMNS} FROM ${eventsOf(environment, finding)} e JOIN audit_body b USING (sequence)
    WHERE e.action_id = ANY(${actions}::text[]::uuid[]) ORDER BY e.sequence LIMIT 20000`);
}

/** The action behind the finding's version: the only one that can be taken back. */
export async function newestAction(db: Db, environment: number, finding: number): Promise<string | null> {
  const found = await row(db, z.object({ action: z.string() }), sql`SELECT action_id::text AS action FROM audit_event
    WHERE environment_id = ${environment} AND finding_id = ${finding} AND version IS NOT NULL ORDER BY version DESC LIMIT 1`);
  return found?.action ?? null;
}

/** Names of people by id, as the log's bare ids need them. */
export async function namesOf(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const found = await rows(db, z.object({ id: z.number(), name: z.string() }), sql`SELECT id, name FROM person WHERE id = ANY(${ids}::int[])`);
  return new Map(found.map(({ id, name }) => [id, name]));
}
