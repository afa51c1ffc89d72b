import { z } from "zod";
import { emptySql, joinSql, sql, type Sql, type Tx } from "@/lib/db/client";
import { count, rows } from "@/lib/db/rows";
import { provedByAbsence, type AbsenceRule } from "@/lib/db/sql/absences";
import { ownedBy } from "@/lib/db/sql/members";
import { inTab, queueWhere, type Asking } from "@/lib/db/sql/queue-where";
import { STATE_MODULE } from "@/lib/db/sql/state-module";
import type { BulkCategory } from "@/lib/domain/bulk/words";
import type { BulkAction } from "@/lib/domain/finding/bulk-action";
import { cleanTag } from "@/lib/domain/finding/clean-tag";
import type { Governance } from "@/lib/domain/finding/words";
import type { QueueFilter } from "@/lib/domain/views/alerts";

/** Where a set is frozen. */
export type Frozen = { environment: number; bulk: number };

/** By what the findings of a set are told apart: the action, where a scan that no longer sees a finding is proof enough for it, and who attests. */
export type Telling = { action: BulkAction; absence: AbsenceRule | null; approvers: readonly number[] };

/** When the asset of a finding `f` goes: never, a day to come, or it is gone; a day to come is said in the refusal. */
const RETIRES = sql`(SELECT CASE WHEN a.decommission_on <= (docket_now() AT TIME ZONE 'UTC')::date THEN 'gone' ELSE coalesce(a.decommission_on::text, '-') END
  FROM asset a WHERE a.id = f.asset_id)`;

/** Is the asset of a finding `f` owned, and is it to go? */
const KEPT = sql`(SELECT concat(a.owner IS NOT NULL OR a.team IS NOT NULL, a.decommission_on IS NOT NULL) FROM asset a WHERE a.id = f.asset_id)`;

/**
 * What a bulk action asks of a finding `f`, as one text: findings with the same one fare alike, so one of each kind is decided for all.
 * It holds every column that the domain's tables look at for this action, and no more, so that kinds are few.
 */
function kindOf({ action, absence, approvers }: Telling): Sql {
  const { severity, assignee, tags, state, keep, decision, route } = action;
  const band = severity ? sql`${severity.severity}::text` : sql`coalesce(f.team_severity, f.technical)::text`; // a decision sees the new severity
  const named = [...(tags?.add ?? []), ...(tags?.remove ?? [])].map(cleanTag);
  const parts = [
    sql`f.governance_status::text`,
    ...(decision || severity ? [sql`f.technical::text`, sql`coalesce(f.team_severity::text, '-')`] : []),
    ...(assignee === undefined ? [] : [sql`(f.assignee_id IS NOT DISTINCT FROM ${assignee?.id ?? null}::int)::text`]),
    ...(tags ? [sql`(SELECT coalesce(string_agg(DISTINCT t, ' ' ORDER BY t), '') FROM unnest(f.tags) t WHERE t = ANY (${named}::text[]))`, sql`cardinality(f.tags)::text`] : []),
    ...(state === undefined ? [] : [sql`coalesce(f.module_state, '-')`, sql`coalesce(${STATE_MODULE}, '-')`]),
    ...(route ? [sql`coalesce(f.route, '-')`, sql`(f.calibrated_at IS NULL)::text`, sql`coalesce(f.team_severity, f.technical)::text`, sql`(f.assignee_id IS NULL)::text`, KEPT] : []),
    ...(decision?.expiresAt ? [sql`(f.accepted_until IS NOT DISTINCT FROM ${decision.expiresAt.toISOString()}::text::timestamptz)::text`] : []),
    ...(decision?.duplicateOf ? [sql`(f.number = ${decision.duplicateOf}::int)::text`, sql`(f.duplicate_of IS NOT DISTINCT FROM ${decision.duplicateOf}::int)::text`] : []),
    ...(decision?.reason ? [sql`(f.close_reason::text IS NOT DISTINCT FROM ${decision.reason}::text)::text`] : []), // the same reason anew is no news, another one amends
    ...(decision?.followUpOn && !decision.reason ? [sql`coalesce(f.close_reason::text, '-')`] : []), // a date goes with some reasons alone
    ...(approvers.length > 0 ? [sql`(${ownedBy(approvers)})::text`] : []),
    ...(decision?.followUpOn ? [sql`(f.follow_up_on IS NOT DISTINCT FROM ${decision.followUpOn.toISOString()}::text::timestamptz)::text`] : []),
    ...(keep ? [sql`(f.re_review IS NULL)::text`] : []),
    ...(decision?.reason === "decommissioned" ? [RETIRES] : []),
    ...(decision?.response === "closed" ? [sql`coalesce(p.kinds, '-')`] : []),
    ...(decision?.claim ? [sql`(f.verification = 'pending')::text`] : []),
    ...(absence ? [sql`(${provedByAbsence(absence, band)})::text`] : []),
  ];
  return sql`hashtextextended(concat_ws('|', ${joinSql(parts, ", ")}), 0)`;
}

/** The evidence that stands, where the action asks for it: few findings have any. */
function proven(environment: number, { decision }: BulkAction): Sql {
  if (decision?.response !== "closed") return emptySql;
  return sql`LEFT JOIN (SELECT e.finding_id, string_agg(DISTINCT e.kind::text, ',' ORDER BY e.kind::text) AS kinds
    FROM evidence e JOIN finding_detection d ON d.id = e.finding_id
    WHERE e.environment_id = ${environment} AND e.created_at > coalesce(d.last_seen_on, '-infinity') GROUP BY 1) p ON p.finding_id = f.id`;
}

/** Freezes all that a filter finds, one statement, one moment. How many there are. */
export async function freezeFilter(tx: Tx, { environment, bulk }: Frozen, filter: QueueFilter, asking: Asking, telling: Telling): Promise<number> {
  return tx.$executeRaw(sql`
    INSERT INTO bulk_item (environment_id, bulk_id, finding_id, version, kind)
    SELECT ${environment}, ${bulk}, f.id, f.version, ${kindOf(telling)} FROM finding f ${proven(environment, telling.action)}
    WHERE ${queueWhere(filter, asking)} AND ${inTab(filter)} ORDER BY f.id`);
}

/** Freezes a list; a finding that has moved past the version that its caller saw keeps the version they saw, and is a kind of its own. */
export async function freezeList(tx: Tx, { environment, bulk }: Frozen, items: readonly { number: number; version?: number | null | undefined }[], telling: Telling): Promise<number> {
  return tx.$executeRaw(sql`
    INSERT INTO bulk_item (environment_id, bulk_id, finding_id, version, kind)
    SELECT DISTINCT ON (f.id) ${environment}, ${bulk}, f.id, coalesce(g.version, f.version), CASE WHEN coalesce(g.version, f.version) = f.version THEN ${kindOf(telling)} END
    FROM jsonb_to_recordset(${JSON.stringify(items)}::jsonb) AS g(number int, version int)
    JOIN finding f ON f.environment_id = ${environment} AND f.number = g.number ${proven(environment, telling.action)} ORDER BY f.id`);
}

/** Freezes what an action changed, each finding at the version that the action left: an undo skips what has moved since. */
export async function freezeAction(tx: Tx, { environment, bulk }: Frozen, actionId: string): Promise<number> {
  return tx.$executeRaw(sql`
    INSERT INTO bulk_item (environment_id, bulk_id, finding_id, version)
    SELECT ${environment}, ${bulk}, finding_id, max(version) FROM audit_event
    WHERE environment_id = ${environment} AND action_id = ${actionId}::uuid AND version IS NOT NULL GROUP BY finding_id ORDER BY finding_id`);
}

const kind = z.object({ kind: z.bigint().nullable(), n: count, sample: z.number() });

/** The kinds of a frozen set, each with a finding that stands for it. Null: those that have moved before they were frozen. */
export async function frozenKinds(tx: Tx, { bulk }: Frozen): Promise<z.output<typeof kind>[]> {
  return rows(tx, kind, sql`SELECT kind, count(*) AS n, min(finding_id) AS sample FROM bulk_item WHERE bulk_id = ${bulk} GROUP BY kind ORDER BY n DESC, sample`);
}

export type KindVerdict = { kind: bigint; n: number; category: BulkCategory; why: string | null; next: string | null; from: Governance; to: Governance };

export async function insertKinds(tx: Tx, { environment, bulk }: Frozen, verdicts: readonly KindVerdict[]): Promise<void> {
  const given = verdicts.map(({ kind: key, ...rest }) => ({ ...rest, kind: String(key) }));
  await tx.$executeRaw(sql`
    INSERT INTO bulk_kind (environment_id, bulk_id, kind, category, why, next, from_status, to_status, n)
    SELECT ${environment}, ${bulk}, g.kind::bigint, g.category, g.why, g.next, g."from", g."to", g.n
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      AS g(kind text, category text, why text, next text, "from" governance_status, "to" governance_status, n int)`);
}

/** Previews of this actor that they never started: only the newest is kept. */
export async function dropPreviews(tx: Tx, environment: number, actor: { type: string; id: string }): Promise<void> {
  await tx.$executeRaw(sql`
    DELETE FROM bulk WHERE environment_id = ${environment} AND status = 'previewed' AND actor_type = ${actor.type}::actor_type AND actor_id = ${actor.id}`);
}

/** Previews that nobody started within a day, for the housekeeping. How many went. */
export async function dropOldPreviews(db: Pick<Tx, "$executeRaw">): Promise<number> {
  return db.$executeRaw(sql`DELETE FROM bulk WHERE status = 'previewed' AND as_of < docket_now() - interval '1 day'`);
}
