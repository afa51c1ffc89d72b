import { defaultSort, filterOf } from "@/lib/domain/filter/flat";
import { printQuery } from "@/lib/domain/filter/query";
import type { Tab } from "@/lib/domain/finding/words";
import { inModule, moduleOf } from "@/lib/domain/module/view";
import type { QueueFilter } from "./alerts";

export { defaultSort } from "@/lib/domain/filter/flat";

/** What an address holds beside the filter. */
export const BESIDE: readonly string[] = ["open", "limit", "cursor", "view", "at"];

/** Signs that may stand in an address as they are, and are easier to read so. */
const PLAIN = { "%3A": ":", "%2C": ",", "%40": "@", "%2F": "/", "%28": "(", "%29": ")" } as const;

/** The address of a queue, shortest form: its tab, what narrows it as one text, its order where it is not the tab's own. Gives "?tab=…" without a path. */
export function queueAddress(filter: QueueFilter, open: number | null = null): string {
  const query = new URLSearchParams({ tab: filter.tab });
  const shown = moduleOf(filter);
  if (shown !== "alerts") query.set("module", shown);
  const typed = printQuery(inModule(filter, "alerts"));
  if (typed) query.set("q", typed);
  if (filter.sort !== defaultSort(filter.tab)) query.set("sort", filter.sort);
  if (open) query.set("open", String(open));
  return Object.entries(PLAIN).reduce((text, [code, sign]) => text.replaceAll(code, sign), `?${query.toString()}`);
}

/** A view that an address speaks of: its number, and its filter as `queueAddress` writes it today. */
export type AddressedView = { id: number; address: string };

/** The address of a queue while a view is open: the view alone where nothing differs from it, else the view and what is shown instead. */
export function deskAddress(filter: QueueFilter, open: number | null, view: AddressedView | null): string {
  if (!view) return queueAddress(filter, open);
  const whole = queueAddress(filter, open);
  if (queueAddress(filter) !== view.address) return `?view=${view.id}&${whole.slice(1)}`;
  return open ? `?view=${view.id}&open=${open}` : `?view=${view.id}`;
}

/** What an address holds: the view that it names, and the parameters of its filter; no parameter: it names no filter. */
export function deskParts(address: string): { view: number | null; asked: Record<string, string[]> } {
  const query = new URLSearchParams(address);
  const named = query.get("view") ?? "";
  const names = [...new Set(query.keys())].filter((name) => !BESIDE.includes(name));
  return { view: /^[1-9]\d{0,8}$/.test(named) ? Number(named) : null, asked: Object.fromEntries(names.map((name) => [name, query.getAll(name)])) };
}

/** The number in `open=F-42` or `at=42`; null: none. */
export function askedNumber(text: string | null): number | null {
  const found = /^(?:F-)?([1-9]\d{0,8})$/i.exec(text ?? "")?.[1];
  return found === undefined ? null : Number(found);
}

/** A queue with nothing narrowed but its tab. */
export function wholeTab(tab: Tab): QueueFilter {
  return filterOf([], tab);
}

/** A tab from here, in its own order: whatever narrows the queue goes along, so that it holds what its number says. */
export function tabTarget(filter: QueueFilter, tab: Tab): QueueFilter {
  return { ...filter, tab, sort: wholeTab(tab).sort };
}
