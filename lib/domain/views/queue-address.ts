import { GOVERNANCE_STATUSES, RESPONSES, SCANNER_STATUSES, SEVERITIES, TABS } from "@/lib/domain/finding/words";
import { IS_FLAGS, SCAN_CHANGES, SORTS, type QueueFilter, type Sort } from "./alerts";
import type { Tab } from "@/lib/domain/finding/words";

/** Closed is read by newest decision, every working tab by what is worst. */
export function defaultSort(tab: Tab): Sort {
  return tab === "closed" ? "-decided" : "severity";
}

type Asked = Record<string, string | readonly string[] | undefined>;

function list(asked: Asked, key: string): string[] {
  const value = asked[key];
  const texts = typeof value === "string" ? [value] : [...(value ?? [])];
  return [...new Set(texts.flatMap((text) => text.split(",")).map((text) => text.trim()).filter(Boolean))].slice(0, 50);
}

function oneOf<T extends string>(values: readonly T[], asked: readonly string[]): T[] {
  return values.filter((value) => asked.includes(value));
}

/**
 * Reads a queue's address. Takes search parameters (strings or lists); what it does not know it leaves out,
 * so that an old or mistyped link still opens a queue instead of an error.
 */
export function readQueue(asked: Asked): QueueFilter {
  const tab = oneOf(TABS, list(asked, "tab"))[0] ?? "needs_review";
  const scan = Number(list(asked, "scan")[0]);
  return {
    tab,
    severity: oneOf(SEVERITIES, list(asked, "severity")),
    scanner: oneOf(SCANNER_STATUSES, list(asked, "scanner")),
    governance: oneOf(GOVERNANCE_STATUSES, list(asked, "governance")),
    response: oneOf(RESPONSES, list(asked, "response")),
    detector: list(asked, "detector"),
    asset: list(asked, "asset"),
    assignee: list(asked, "assignee"),
    tag: list(asked, "tag"),
    is: oneOf(IS_FLAGS, list(asked, "is")),
    q: (typeof asked.q === "string" ? asked.q : "").slice(0, 400),
    sort: oneOf(SORTS, list(asked, "sort"))[0] ?? defaultSort(tab),
    scan: Number.isSafeInteger(scan) && scan > 0 ? scan : null,
    change: oneOf(SCAN_CHANGES, list(asked, "change"))[0] ?? null,
  };
}

const LISTS = ["severity", "scanner", "governance", "response", "detector", "asset", "assignee", "tag", "is"] as const;

/** The address of a queue, shortest form: defaults are left out. Gives "?tab=…" without a path. */
export function queueAddress(filter: QueueFilter, open: number | null = null): string {
  const query = new URLSearchParams({ tab: filter.tab });
  for (const key of LISTS) if (filter[key].length > 0) query.set(key, filter[key].join(","));
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
