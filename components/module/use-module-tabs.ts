"use client";
import { useEffect, useState } from "react";
import { ask } from "@/components/shell/ask";
import { TABS, type Tab } from "@/lib/domain/finding/words";
import { moduleOf } from "@/lib/domain/module/view";
import type { AlertsPage, QueueCounts } from "@/lib/domain/views/alerts";

type Tabs = Record<Tab, number>;
type Known = { page: AlertsPage; counts: QueueCounts; tabs: Tabs };

function isTabs(value: unknown): value is Tabs {
  return typeof value === "object" && value !== null && TABS.every((tab) => tab in value);
}

async function askTabs({ environment, filter }: AlertsPage, stopped: AbortSignal): Promise<Tabs | null> {
  const answer = await ask(environment.number, "modules", { module: moduleOf(filter) }, { signal: stopped });
  const tabs = typeof answer === "object" && answer !== null && "tabs" in answer ? answer.tabs : null;
  return isTabs(tabs) ? tabs : null;
}

const PAUSE_MS = 250;

/**
 * The numbers beside the tabs: the environment's, or those of the module that is shown. Decisions move these at once by what they move in
 * the environment, and they are counted anew when the counts have settled.
 */
export function useModuleTabs(page: AlertsPage, counts: QueueCounts, tabs: Tabs): Tabs {
  const first = page.moduleTabs;
  const [known, setKnown] = useState<Known | null>(first && { page, counts: page.counts, tabs: first });
  if (first !== null && known?.page !== page) setKnown({ page, counts: page.counts, tabs: first });
  const isOld = known !== null && first !== null && known.counts !== counts;
  useEffect(() => {
    if (!isOld) return;
    const stop = new AbortController();
    const timer = setTimeout(() => void askTabs(page, stop.signal).then((asked) => { if (asked && !stop.signal.aborted) setKnown({ page, counts, tabs: asked }); }), PAUSE_MS);
    return () => { clearTimeout(timer); stop.abort(); };
  }, [isOld, page, counts]);
  if (first === null || known === null) return tabs;
  const moved = (tab: Tab) => known.tabs[tab] + tabs[tab] - known.counts.tabs[tab];
  return { needs_review: moved("needs_review"), investigating: moved("investigating"), accepted_risk: moved("accepted_risk"), closed: moved("closed"), all: moved("all") };
}
