import { defaultSort, readFilter, type Asked } from "@/lib/domain/filter/read";
import { printQuery } from "@/lib/domain/filter/query";
import type { Tab } from "@/lib/domain/finding/words";
import type { QueueFilter } from "./alerts";

export { defaultSort } from "@/lib/domain/filter/read";

/** What an address holds beside the filter. */
const BESIDE = ["open", "limit", "cursor"];

/**
 * Reads a queue's address. Takes search parameters (strings or lists); what it does not know it leaves out,
 * so that an old or mistyped link still opens a queue instead of an error.
 */
export function readQueue(asked: Asked): QueueFilter {
  return readFilter(Object.fromEntries(Object.entries(asked).filter(([name]) => !BESIDE.includes(name))), "needs_review").filter;
}

/** Signs that may stand in an address as they are, and are easier to read so. */
const PLAIN = { "%3A": ":", "%2C": ",", "%40": "@", "%2F": "/", "%28": "(", "%29": ")" } as const;

/** The address of a queue, shortest form: its tab, what narrows it as one text, its order where it is not the tab's own. Gives "?tab=…" without a path. */
export function queueAddress(filter: QueueFilter, open: number | null = null): string {
  const query = new URLSearchParams({ tab: filter.tab });
  const typed = printQuery(filter);
  if (typed) query.set("q", typed);
  if (filter.sort !== defaultSort(filter.tab)) query.set("sort", filter.sort);
  if (open) query.set("open", String(open));
  return Object.entries(PLAIN).reduce((text, [code, sign]) => text.replaceAll(code, sign), `?${query.toString()}`);
}

/** A queue with nothing narrowed but its tab. */
export function wholeTab(tab: Tab): QueueFilter {
  return readQueue({ tab });
}
