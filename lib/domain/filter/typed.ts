import type { Tab } from "@/lib/domain/finding/words";
import type { QueueFilter } from "@/lib/domain/views/alerts";
import { isTerm } from "./expression";
import { filterOf } from "./flat";
import type { TextFault } from "./lex";
import { parseExpression } from "./parse";
import { printItems } from "./print";
import { printQuery } from "./query";

/**
 * Reads the text form of a filter: `severity:high -tag:pci (asset:web-* OR port:443) log4j`. Gives the filter of what it understood,
 * and each mistake with the place of its first character and its length.
 */
export function parseQuery(text: string, otherwise: Tab = "all"): { filter: QueueFilter; faults: readonly TextFault[] } {
  const { items, faults } = parseExpression(text);
  return { filter: filterOf(items, otherwise), faults };
}

/** A filter with what was typed on top of it. What cannot be read changes nothing of it and stands in `faults`, with its place in the text. */
export function addQuery(filter: QueueFilter, text: string): { filter: QueueFilter; faults: readonly TextFault[] } {
  const typed = parseExpression(text);
  const { filter: asked } = parseQuery(`${printQuery(filter)} ${printItems(typed.items)}`.trim(), filter.tab);
  const isSorted = asked.tab !== filter.tab || typed.items.some((item) => isTerm(item) && item.field === "sort");
  return { filter: isSorted ? asked : { ...asked, sort: filter.sort }, faults: typed.faults };
}
