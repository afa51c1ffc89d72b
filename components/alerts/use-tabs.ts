"use client";
import { useEffect, useEffectEvent, useState } from "react";
import { ask } from "@/components/shell/ask";
import { TABS, type Tab } from "@/lib/domain/finding/words";
import { inModule, moduleOf } from "@/lib/domain/module/view";
import type { AlertsPage, QueueCounts } from "@/lib/domain/views/alerts";
import { wholeTab } from "@/lib/domain/views/queue-address";
import { isGivenUp } from "./count-words";
import { narrowedBy } from "./facets";

type Tabs = Record<Tab, number>;
/** How the queue stands: `isQuiet` while no decision is on its way, which a count may hold already or not. */
type Stand = { counts: QueueCounts; tabs: Tabs; total: number | null; isQuiet: boolean };
/** What was counted, and under which counts it was asked for. */
type OnCounted = (tabs: Tabs, under: QueueCounts) => void;
type Under = { tabs: Tabs | null; isGivenUp: boolean };
type Known = { page: AlertsPage; counts: QueueCounts; tabs: Tabs };

function isTabs(value: unknown): value is Tabs {
  return typeof value === "object" && value !== null && TABS.every((tab) => tab in value);
}

/** Before numbers that the page brought are counted anew; and where each count reads every finding, so that colleagues' decisions are gathered. Asked again twice as late each time that no answer came. */
const PAUSE_MS = 250;
const DEAR_PAUSE_MS = 2_000;

/** What is counted: the module that is shown, or what the filter leaves; and what of it came with the page. */
const WHAT = {
  module: { filter: ({ filter }: AlertsPage) => inModule(wholeTab("all"), moduleOf(filter)), first: (page: AlertsPage) => page.moduleTabs },
  filter: { filter: ({ filter }: AlertsPage) => filter, first: (page: AlertsPage) => page.shownTabs },
} as const;

/**
 * What that leaves in each tab; null until it is known. Decisions move it at once by what they move in the environment, and it is
 * counted anew when the counts have settled. `onCounted` hears what was counted, again and again while there is no total.
 */
function useTabsUnder(page: AlertsPage, what: keyof typeof WHAT, isAsked: boolean, { counts, tabs, total, isQuiet }: Stand, onCounted?: OnCounted): Under {
  const first = isAsked ? WHAT[what].first(page) : null;
  const [known, setKnown] = useState<Known | null>(first && { page, counts: page.counts, tabs: first });
  if (known?.page !== page && (first !== null || known !== null)) setKnown(first && { page, counts: page.counts, tabs: first });
  const isWanted = onCounted !== undefined && page.total === null && total === null;
  const isOld = isAsked && isQuiet && (known?.counts !== counts || isWanted);
  const [misses, setMisses] = useState({ page, times: 0 });
  const missed = misses.page === page ? misses.times : 0;
  const wait = missed > 0 ? DEAR_PAUSE_MS * 2 ** missed : known?.page !== page ? 0 : first ? PAUSE_MS : DEAR_PAUSE_MS;
  const tell = useEffectEvent((found: Tabs, under: QueueCounts) => onCounted?.(found, under));
  useEffect(() => {
    if (!isOld) return;
    const stop = new AbortController();
    const timer = setTimeout(() => void ask(page.environment.number, "tabs", { filter: WHAT[what].filter(page) }, { signal: stop.signal }).then((found) => {
      if (stop.signal.aborted) return;
      setMisses({ page, times: isTabs(found) ? 0 : missed + 1 });
      if (!isTabs(found)) return;
      setKnown({ page, counts, tabs: found });
      tell(found, counts);
    }), wait);
    return () => { clearTimeout(timer); stop.abort(); };
  }, [isOld, what, page, counts, known, wait, missed]);
  if (!isAsked || known?.page !== page) return { tabs: null, isGivenUp: isGivenUp(missed) };
  const moved = (tab: Tab) => Math.max(0, known.tabs[tab] + tabs[tab] - known.counts.tabs[tab]);
  return { tabs: { needs_review: moved("needs_review"), investigating: moved("investigating"), accepted_risk: moved("accepted_risk"), closed: moved("closed"), all: moved("all") }, isGivenUp: isGivenUp(missed) };
}

/** What stands beside a tab: how many it holds, and where the queue is narrowed how many of them are left, null until that is known; `isGivenUp`: nobody has answered for so long that it is no use to wait for it. */
export type TabCount = { whole: number; shown: number | null };
export type TabCounts = { isNarrowed: boolean; isGivenUp: boolean; of: (tab: Tab) => TabCount };

/** The numbers beside the tabs, of the environment or of the module that is shown, and what the filter leaves of each: also where only the page lacks its total. */
export function useTabs(page: AlertsPage, stand: Stand, onCounted: OnCounted): TabCounts {
  const isNarrowed = narrowedBy(page.filter) > 0;
  const whole = useTabsUnder(page, "module", moduleOf(page.filter) !== "alerts", stand).tabs ?? page.moduleTabs ?? stand.tabs;
  const under = useTabsUnder(page, "filter", isNarrowed || page.total === null, stand, onCounted);
  const here = page.filter.tab;
  return { isNarrowed, isGivenUp: under.isGivenUp, of: (tab) => ({ whole: whole[tab], shown: isNarrowed ? (under.tabs?.[tab] ?? (tab === here ? stand.total : null)) : null }) };
}
