import { spelledOut } from "@/lib/domain/module/spelled-out";
import type { QueueFilter } from "@/lib/domain/views/alerts";
import type { Expression, Term } from "./expression";
import { termsOf } from "./flat";
import { searchTerms } from "./search-text";

/** Everything that a filter asks beyond its tab, as conditions that add up: what SQL and any other reader of filters compile. */
export function conditionsOf(filter: QueueFilter): readonly Expression[] {
  const own = termsOf(filter).filter(({ field }) => field !== "scan" && field !== "change");
  const scan: Term[] = filter.scan === null ? [] : [{ field: "scan", values: [filter.change === null ? String(filter.scan) : `${filter.scan}/${filter.change}`] }];
  return [...own, ...scan, ...filter.rest.map(spelledOut), ...searchTerms(filter.q).map((word): Term => ({ field: "text", values: [word] }))];
}
