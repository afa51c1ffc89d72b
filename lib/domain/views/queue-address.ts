import { defaultSort, readFilter, type Asked } from "@/lib/domain/filter/read";
import { quoted } from "@/lib/domain/filter/search-text";
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

const LISTS = [
  ...(["severity", "technical", "effective", "scanner", "governance", "response", "detector", "asset", "rule", "category"] as const),
  ...(["cwe", "cve", "port", "assignee", "tag", "is"] as const),
] as const;
const SPANS = ["added", "seen", "due", "decided"] as const;

/** The address of a queue, shortest form: defaults are left out. Gives "?tab=…" without a path. */
export function queueAddress(filter: QueueFilter, open: number | null = null): string {
  const query = new URLSearchParams({ tab: filter.tab });
  for (const key of LISTS) if (filter[key].length > 0) query.set(key, filter[key].map((value) => quoted(String(value))).join(","));
  for (const key of SPANS) if (filter[key]) query.set(key, filter[key]);
  if (filter.q) query.set("q", filter.q);
  if (filter.sort !== defaultSort(filter.tab)) query.set("sort", filter.sort);
  if (filter.scan) query.set("scan", String(filter.scan));
  if (filter.change) query.set("change", filter.change);
  if (open) query.set("open", String(open));
  return `?${query.toString().replaceAll("%2C", ",").replaceAll("%40", "@")}`;
}

/** A queue with nothing narrowed but its tab. */
export function wholeTab(tab: Tab): QueueFilter {
  return readQueue({ tab });
}
