import { moduleTermOf } from "@/lib/domain/module/view";
import type { QueueFilter } from "@/lib/domain/views/alerts";
import { filterOf, itemsOf, termsOf } from "./flat";
import { isTerm, type Expression, type Term } from "./expression";
import { printItems } from "./print";

/** The text form of a filter, without tab and sort: the shortest that reads back to the same filter. */
export function printQuery(filter: QueueFilter): string {
  return printItems(itemsOf(filter));
}

/** One thing that narrows a queue: its text, and the queue without it. */
export type Chip = { text: string; without: QueueFilter };

/** What narrows a queue, one by one as people take it away or change it; a scan with what it did is one, so is the free text. */
export function chipsOf(filter: QueueFilter): readonly Chip[] {
  const own = termsOf(filter).filter(({ field }) => field !== "change" || filter.scan === null);
  const left = (gone: Expression): QueueFilter => {
    const items = itemsOf(filter).filter((item) => !isSame(item, gone) && !(isScan(gone) && isTerm(item) && item.field === "change"));
    return { ...filterOf(items, filter.tab), sort: filter.sort };
  };
  const first = own.map((item): Chip => ({ text: printItems(isScan(item) ? scanTerms(filter) : [item]), without: left(item) }));
  const view = moduleTermOf(filter); // the switch shows it
  const further = filter.rest.flatMap((item, at): Chip[] => (item === view ? [] : [{ text: printItems([item]), without: { ...filter, rest: filter.rest.filter((_, each) => each !== at) } }]));
  const parts = [...first, ...further];
  return filter.q === "" ? parts : [...parts, { text: filter.q, without: { ...filter, q: "" } }];
}

function isScan(item: Expression): boolean {
  return isTerm(item) && item.field === "scan";
}

function scanTerms(filter: QueueFilter): readonly Term[] {
  return termsOf(filter).filter(({ field }) => field === "scan" || field === "change");
}

function isSame(one: Expression, other: Expression): boolean {
  return printItems([one]) === printItems([other]);
}
