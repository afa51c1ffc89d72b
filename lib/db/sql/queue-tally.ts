import { z } from "zod";
import { sql, type Db, type Sql } from "@/lib/db/client";
import { count, row, rows } from "@/lib/db/rows";
import { inTab, queueWhere, type Asking } from "@/lib/db/sql/queue-where";
import { isTerm, type Expression } from "@/lib/domain/filter/expression";
import type { FieldName } from "@/lib/domain/filter/fields";
import { conditionsOf } from "@/lib/domain/filter/conditions";
import { SCANNER_STATUSES, SEVERITIES } from "@/lib/domain/finding/words";
import type { QueueFilter } from "@/lib/domain/views/alerts";

/** What the tally is kept by: fields of few values. Whatever asks only for these is counted without reading a finding. */
const FIELDS: readonly FieldName[] = ["severity", "technical", "effective", "scanner", "governance", "response", "reason", "verification", "detector", "category", "kev"];
const FLAGS: readonly string[] = ["kev", "new", "regressed", "unassigned", "verified", "administrative", "live"];

/** Does the tally know all that is asked here? */
export function isTalliedExpression(expression: Expression): boolean {
  if ("not" in expression) return isTalliedExpression(expression.not);
  if ("any" in expression) return expression.any.every(isTalliedExpression);
  if ("all" in expression) return expression.all.every(isTalliedExpression);
  const { field, values } = expression;
  return FIELDS.includes(field) || (field === "is" && values.every((value) => FLAGS.includes(value))) || (field === "assignee" && values.every((value) => value === "none"));
}

/** Is all that a filter asks, but for one field, kept in the tally? */
export function isTallied(filter: QueueFilter, without: FieldName | null = null): boolean {
  return conditionsOf(filter).every((each) => (isTerm(each) && each.field === without) || isTalliedExpression(each));
}

/** The tally as if it were findings `f`, each row `n` of them, with the columns that conditions on those fields read. */
export function tallyTable({ environment }: Pick<Asking, "environment">): Sql {
  return sql`(SELECT environment_id, scanner_status, governance_status, technical, calibrated, effective, detector_id, nullif(category, '') AS category,
    nullif(close_reason, '')::close_reason AS close_reason, verification, kev, CASE WHEN assigned THEN 0 END AS assignee_id, docket_response(governance_status) AS response,
    CASE WHEN scanner_status = 'closed' THEN 'closed'::response ELSE docket_response(governance_status) END AS tab,
    governance_status IN ('resolved', 'false_positive') AND scanner_status <> 'closed' AS is_live, n
    FROM queue_tally WHERE environment_id = ${environment}) f`;
}

/** How many match, off the tally. */
export async function talliedTotal(db: Db, filter: QueueFilter, asking: Asking): Promise<number> {
  const found = await row(db, z.object({ n: count }), sql`SELECT coalesce(sum(f.n), 0)::bigint AS n FROM ${tallyTable(asking)} WHERE ${queueWhere(filter, asking)} AND ${inTab(filter)}`);
  return found?.n ?? 0;
}

const group = z.object({ scanner: z.enum(SCANNER_STATUSES), effective: z.enum(SEVERITIES), calibrated: z.enum(SEVERITIES), n: count });
export type Group = z.output<typeof group>;

/** Where in the order of severity the matching ones lie, worst first; empty: there is none. */
export async function talliedGroups(db: Db, filter: QueueFilter, asking: Asking): Promise<Group[]> {
  return rows(db, group, sql`SELECT f.scanner_status AS scanner, f.effective, f.calibrated, sum(f.n)::bigint AS n FROM ${tallyTable(asking)}
    WHERE ${queueWhere(filter, asking)} AND ${inTab(filter)} GROUP BY 1, 2, 3 HAVING sum(f.n) > 0 ORDER BY 2, 3, 1`);
}
