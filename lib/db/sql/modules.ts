import { z } from "zod";
import { joinSql, sql, type Db, type Sql } from "@/lib/db/client";
import { count, rows } from "@/lib/db/rows";
import { some } from "@/lib/db/sql/matching";
import { isTalliedExpression, tallyTable } from "@/lib/db/sql/queue-tally";
import { expressionSql, type Asking } from "@/lib/db/sql/queue-where";
import type { Expression } from "@/lib/domain/filter/expression";
import { MODULE_KEYS, type ModuleKey } from "@/lib/domain/module/table";
import { expressionOf } from "@/lib/domain/module/spelled-out";

/** The tally as `modulesHere` reads it, once for all modules: planned anew for each, it cost every screen more than reading it. */
const TALLY = sql`tally f`;

const found = z.object({ key: z.enum(MODULE_KEYS), holds: z.boolean(), n: count.nullable() });

/** Is there one? What the tally is kept by is answered by it, the rest by the first finding that an index meets. */
function anyOf(expression: Expression, asking: Asking): Sql {
  const branches = "any" in expression ? expression.any : [expression];
  return some(branches.map((branch) => {
    const where = expressionSql(branch, asking);
    if (isTalliedExpression(branch)) return sql`coalesce((SELECT sum(f.n) > 0 FROM ${TALLY} WHERE ${where}), FALSE)`;
    return sql`EXISTS (SELECT FROM finding f WHERE f.environment_id = ${asking.environment} AND ${where})`;
  }));
}

function workingOf(expression: Expression, asking: Asking): Sql {
  if (!isTalliedExpression(expression)) return sql`NULL::bigint`;
  return sql`(SELECT coalesce(sum(f.n), 0)::bigint FROM ${TALLY} WHERE ${expressionSql(expression, asking)} AND f.tab IN ('needs_review', 'investigating'))`;
}

/** Which modules hold findings here, in their order; the working queue of each where the tally knows it. One statement, no finding is counted. */
export async function modulesHere(db: Db, asking: Asking): Promise<{ key: ModuleKey; count: number | null }[]> {
  const each = MODULE_KEYS.filter((key) => key !== "alerts").map((key, at) => {
    const expression = expressionOf(key);
    return sql`SELECT ${at}::int AS place, ${key} AS key, ${anyOf(expression, asking)} AS holds, ${workingOf(expression, asking)} AS n`;
  });
  const all = await rows(db, found, sql`
    WITH tally AS MATERIALIZED (SELECT * FROM ${tallyTable(asking)}) SELECT key, holds, n FROM (${joinSql(each, " UNION ALL ")}) m ORDER BY place`);
  return all.filter(({ holds }) => holds).map(({ key, n }) => ({ key, count: n }));
}
