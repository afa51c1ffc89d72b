import { sql, type Sql } from "@/lib/db/client";
import { WARNING_SHARE } from "@/lib/domain/sla/state";

/** Has most of the time until then passed, while it has not come yet? */
const nears = (due: Sql, now: Date): Sql => sql`(${due} <= f.sla_started_at OR ${now}::timestamptz - f.sla_started_at >= (${due} - f.sla_started_at) * ${WARNING_SHARE}::float8)`;

/**
 * The one state that a row shows, by the same rules as the domain's `slaState`, so that all findings can be asked for it at once.
 * Where somebody works and nobody has answered yet, `next_due` is the earlier of both dates.
 */
export function slaStateSql(now: Date): Sql {
  const resolve = sql`CASE WHEN f.resolve_by IS NULL THEN CASE WHEN f.sla_paused_at IS NULL THEN 'none' ELSE 'paused' END
    WHEN f.sla_paused_at IS NOT NULL THEN CASE WHEN f.sla_paused_at <= f.resolve_by THEN 'met' ELSE 'overdue' END
    WHEN ${now}::timestamptz > f.resolve_by THEN 'overdue' WHEN ${nears(sql`f.resolve_by`, now)} THEN 'warning' ELSE 'due' END`;
  return sql`CASE WHEN f.response NOT IN ('needs_review', 'investigating') THEN replace(${resolve}, 'overdue', 'late')
    WHEN f.first_response_at IS NOT NULL OR f.acknowledge_by IS NULL OR f.sla_paused_at IS NOT NULL THEN ${resolve}
    WHEN f.next_due < ${now} THEN 'overdue' WHEN ${nears(sql`f.acknowledge_by`, now)} OR ${nears(sql`f.resolve_by`, now)} THEN 'warning' ELSE 'due' END`;
}
