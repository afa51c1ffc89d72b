import { sql, type Db, type Sql } from "@/lib/db/client";
import { every, some } from "@/lib/db/sql/matching";
import { CONDITIONS } from "@/lib/db/sql/queue-conditions";
import type { Asking } from "@/lib/db/sql/queue-flags";
import { holdersOf, leadsByItself } from "@/lib/db/sql/queue-search";
import { isTerm, type Expression, type Term } from "@/lib/domain/filter/expression";
import type { FieldName } from "@/lib/domain/filter/fields";
import { conditionsOf } from "@/lib/domain/filter/conditions";
import { spelledOut } from "@/lib/domain/module/spelled-out";
import type { QueueFilter } from "@/lib/domain/views/alerts";

export { flagged, type Asking } from "@/lib/db/sql/queue-flags";

function termSql({ field, values }: Term, asking: Asking): Sql {
  if (field === "module" || (field === "state" && values.includes("none"))) return expressionSql(spelledOut({ field, values }), asking);
  // These speak of the queue as a whole: what reads a filter never leaves them among its conditions.
  return field === "tab" || field === "sort" || field === "change" ? sql`TRUE` : CONDITIONS[field](values, asking);
}

/** An expression as a condition on a finding `f`. What has no value is not what was asked, so its opposite is. */
export function expressionSql(expression: Expression, asking: Asking): Sql {
  if (isTerm(expression)) return termSql(expression, asking);
  const lazily = { ...asking, lazily: true }; // no index leads to an alternative or an opposite: each finding is asked, and a set is asked sooner than a list
  if ("not" in expression) return sql`(${expressionSql(expression.not, lazily)}) IS NOT TRUE`;
  if ("any" in expression) return some(expression.any.map((each) => expressionSql(each, lazily)));
  return sql`(${every(expression.all.map((each) => expressionSql(each, asking)))})`;
}

/** What a filter asks of a finding `f` inside its tab, bound; `without` leaves one field open, as its own facet needs it. */
export function queueWhere(filter: QueueFilter, asking: Asking, without: FieldName | null = null): Sql {
  const asked = conditionsOf(filter).filter((each) => !isTerm(each) || each.field !== without);
  const few = asking.few ? [sql`f.id = ANY(${asking.few}::int[])`] : [];
  return every([sql`f.environment_id = ${asking.environment}`, ...few, ...asked.map((each) => expressionSql(each, asking))]);
}

/** Does the filter ask for everything in its tab? */
export function isWholeTab(filter: QueueFilter): boolean {
  return conditionsOf(filter).length === 0;
}

/** The tab as a condition; All asks nothing. The stored column holds the union rule of Closed. */
export function inTab({ tab }: Pick<QueueFilter, "tab">): Sql {
  return tab === "all" ? sql`TRUE` : sql`f.tab = ${tab}::response`;
}

function wordsIn(expression: Expression): readonly string[] {
  if (isTerm(expression)) return expression.field === "text" ? expression.values : [];
  return "not" in expression ? wordsIn(expression.not) : ("any" in expression ? expression.any : expression.all).flatMap(wordsIn);
}

/** Who asks, with what is known of the words of the search. Asks the database only where there are words. One that leads to its findings by itself is left to do so, unless it is all that the first rows (`forRows`) are asked by. */
export async function withWords(db: Db, filter: QueueFilter, asking: Asking, forRows = false): Promise<Asking> {
  const conditions = conditionsOf(filter);
  const words = [...new Set(conditions.flatMap(wordsIn))];
  if (words.length === 0 || asking.words) return asking;
  const inside = new Set(conditions.filter((each) => !isTerm(each)).flatMap(wordsIn)); // no index leads into an alternative or an opposite
  const looked = forRows && words.length === 1 ? words : words.filter((word) => inside.has(word) || !leadsByItself(word));
  const holders = await Promise.all(looked.map(async (word) => [word, await holdersOf(db, word, asking.environment)] as const));
  return { ...asking, words: new Map(holders) };
}
