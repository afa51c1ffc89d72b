import type { QueueFilter } from "@/lib/domain/views/alerts";
import type { Tab } from "@/lib/domain/finding/words";
import { filterOf, itemsOf } from "./flat";
import type { TextFault } from "./lex";
import { parseExpression } from "./parse";
import { printItems } from "./print";

/**
 * Reads the text form of a filter: `severity:high -tag:pci (asset:web-* OR port:443) log4j`. Gives the filter of what it understood,
 * and each mistake with the place of its first character and its length.
 */
export function parseQuery(text: string, otherwise: Tab = "all"): { filter: QueueFilter; faults: readonly TextFault[] } {
  const { items, faults } = parseExpression(text);
  return { filter: filterOf(items, otherwise), faults };
}

/** The text form of a filter, without tab and sort: the shortest that reads back to the same filter. */
export function printQuery(filter: QueueFilter): string {
  return printItems(itemsOf(filter));
}
