import { z } from "zod";
import { joinSql, sql, trustedSql, type Db } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { expressionSql, inTab, type Asking } from "@/lib/db/sql/queue-where";
import { isTerm, type Expression } from "@/lib/domain/filter/expression";
import type { FieldName } from "@/lib/domain/filter/fields";
import { conditionsOf } from "@/lib/domain/filter/conditions";
import { RESPONSES } from "@/lib/domain/finding/words";
import type { QueueFilter } from "@/lib/domain/views/alerts";

/** Dates that an index holds behind the tab. The planner takes each tab for like the others: that Needs Review holds no acceptance it does not know. */
const DATES: Partial<Record<FieldName, string>> = { added: "f.added_on", decided: "f.decided_at", due: "f.next_due", expires: "f.accepted_until" };
const FLAGS: Readonly<Record<string, string>> = { overdue: "f.next_due", expiring: "f.accepted_until" };

/** From so many findings on fifty of them are met soon enough in any order. */
const MANY = 2_000;

function dateIn(expression: Expression): string | null {
  if (!isTerm(expression)) return null;
  const [value = "", ...others] = expression.values;
  return others.length > 0 ? null : (expression.field === "is" ? FLAGS[value] : DATES[expression.field]) ?? null;
}

/**
 * Who asks, with the findings of the tab that meet one of the filter's conditions on a date, where they are few: what matches rarely is not
 * looked for among all that does not.
 */
export async function withFew(db: Db, filter: QueueFilter, asking: Asking): Promise<Asking> {
  const tabs = filter.tab === "all" ? RESPONSES : [filter.tab];
  for (const condition of conditionsOf(filter)) {
    const date = dateIn(condition);
    if (date === null) continue;
    const few = await rows(db, z.object({ id: z.number() }), joinSql(tabs.map((tab) => sql`(SELECT f.id FROM finding f
      WHERE f.environment_id = ${asking.environment} AND ${inTab({ tab })} AND ${expressionSql(condition, asking)} ORDER BY ${trustedSql(date)} LIMIT ${MANY})`), " UNION ALL "));
    if (few.length < MANY) return { ...asking, few: few.map(({ id }) => id) };
  }
  return asking;
}
