import { sql, type Sql } from "@/lib/db/client";
import { WARNING_SHARE } from "@/lib/domain/sla/state";

/** A clock that runs, as `slaState` of the domain reads it. */
function running(due: Sql, now: Date): Sql {
  return sql`CASE WHEN ${now}::timestamptz > ${due} THEN 'overdue'
    WHEN ${due} <= f.sla_started_at OR ${now}::timestamptz - f.sla_started_at >= (${due} - f.sla_started_at) * ${WARNING_SHARE}::float8 THEN 'warning' ELSE 'due' END`;
}

/** The one state that a row shows, by the same rules as the domain's `slaState`, so that all findings can be asked for it at once. */
export function slaStateSql(now: Date): Sql {
  const resolve = sql`CASE WHEN f.resolve_by IS NULL THEN CASE WHEN f.sla_paused_at IS NULL THEN 'none' ELSE 'paused' END
    WHEN f.sla_paused_at IS NOT NULL THEN CASE WHEN f.sla_paused_at <= f.resolve_by THEN 'met' ELSE 'overdue' END ELSE ${running(sql`f.resolve_by`, now)} END`;
  const both = sql`ARRAY[${running(sql`f.acknowledge_by`, now)}, ${resolve}]`;
  return sql`CASE WHEN f.response NOT IN ('needs_review', 'investigating') THEN replace(${resolve}, 'overdue', 'late')
    WHEN f.first_response_at IS NOT NULL OR f.acknowledge_by IS NULL OR f.sla_paused_at IS NOT NULL THEN ${resolve}
    WHEN 'overdue' = ANY(${both}) THEN 'overdue' WHEN 'warning' = ANY(${both}) THEN 'warning' ELSE 'due' END`;
}
