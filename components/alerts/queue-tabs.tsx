"use client";
import clsx from "clsx";
import Link from "next/link";
import { useModuleWords } from "@/components/module/module-context";
import { useKeyHints } from "@/components/shell/keyboard";
import type { CommandId } from "@/components/shell/keys";
import type { QueueCounts, QueueFilter } from "@/lib/domain/views/alerts";
import { queueAddress, wholeTab } from "@/lib/domain/views/queue-address";
import { TABS, type Tab } from "@/lib/domain/finding/words";
import type { TabCount, TabCounts } from "./use-tabs";

const CHIPS = [
  { flag: "re_review", label: "re-review", tab: "all", title: "Decided once, and worth a second look" },
  { flag: "live", label: "live in Closed", tab: "closed", title: "Dispositioned, yet still detected" },
  { flag: "waiting", label: "waiting on vendor", tab: "all", title: "A vendor was notified and a follow-up date is set" },
  { flag: "expiring", label: "expiring", tab: "all", title: "Acceptances that end soon, detected or not" },
  { flag: "requested", label: "acceptance requested", tab: "all", title: "Acceptances that wait for an approver" },
] as const;

/** The command that goes to a tab. */
export const TAB_KEYS = { needs_review: "tab.1", investigating: "tab.2", accepted_risk: "tab.3", closed: "tab.4", all: "tab.5" } as const satisfies Record<Tab, CommandId>;

/** The address of a tab from here: the filter goes along, without what holds for one tab alone. */
export function tabTarget(filter: QueueFilter, tab: Tab): QueueFilter {
  return { ...filter, tab, sort: wholeTab(tab).sort, is: filter.is.filter((flag) => !CHIPS.some((chip) => chip.flag === flag)), response: [], scan: null, change: null };
}

type Go = (filter: QueueFilter) => void;

function Chips({ filter, counts, onGo }: { filter: QueueFilter; counts: QueueCounts["chips"]; onGo: Go }) {
  return (
    <div className="ml-auto flex flex-wrap gap-1.5 py-1 pr-1.5" role="group" aria-label="What would otherwise hide">
      {CHIPS.filter((chip) => counts[chip.flag] > 0 || filter.is.includes(chip.flag)).map((chip) => {
        const isOn = filter.is.includes(chip.flag);
        const target: QueueFilter = isOn ? { ...filter, is: filter.is.filter((flag) => flag !== chip.flag) } : { ...wholeTab(chip.tab), is: [chip.flag] };
        return (
          <button key={chip.flag} type="button" aria-pressed={isOn} title={chip.title} onClick={() => onGo(target)} className={clsx("min-h-6 rounded-full border px-[9px] py-0.5 text-xs", isOn ? "border-accent bg-accent-soft text-ink" : "border-line bg-panel text-ink-2 hover:border-line-strong hover:text-ink")}>
            <b className="font-semibold text-ink">{counts[chip.flag].toLocaleString("en")}</b> {chip.label}
          </button>
        );
      })}
    </div>
  );
}

/** How many a tab holds; beside a filter how many of them are left. The place of the first number is kept until it is known. */
function Count({ count: { whole, shown }, isNarrowed }: { count: TabCount; isNarrowed: boolean }) {
  if (!isNarrowed) return <span className="font-normal text-ink-3">{whole.toLocaleString("en")}</span>;
  return <span className="font-normal text-ink-3">{shown === null ? <><span aria-hidden>…</span><span className="sr-only">not counted yet</span></> : <span className="text-ink-2">{shown.toLocaleString("en")}</span>} of {whole.toLocaleString("en")}</span>;
}

/** The five tabs with their exact counts, and beside them what the tabs would hide. */
export function QueueTabs({ filter, tabs, chips, onGo, address }: { filter: QueueFilter; tabs: TabCounts; chips: QueueCounts["chips"]; onGo: Go; address: string }) {
  const hintOf = useKeyHints();
  const words = useModuleWords();
  return (
    <div className="flex flex-wrap items-center gap-x-0.5 border-b border-line px-3">
      <nav aria-label="Tabs" className="flex flex-wrap">
        {TABS.map((tab) => {
          const isHere = filter.tab === tab;
          const target = tabTarget(filter, tab);
          return (
            <a
              key={tab}
              href={`${address}${queueAddress(target)}`}
              aria-current={isHere ? "page" : undefined}
              aria-keyshortcuts={hintOf(TAB_KEYS[tab])?.aria}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                onGo(target);
              }}
              className={clsx("-mb-px flex items-center gap-[7px] border-b-2 px-2.5 pt-[9px] pb-2.5 whitespace-nowrap", isHere ? "border-accent font-medium text-ink" : "border-transparent text-ink-2 hover:text-ink")}
            >
              {words.tab(tab)} <Count count={tabs.of(tab)} isNarrowed={tabs.isNarrowed} />
            </a>
          );
        })}
      </nav>
      <Chips filter={filter} counts={chips} onGo={onGo} />
      {filter.tab === "closed" ? <Link href={address.replace(/alerts$/, "help#closed")} className="pr-1.5 text-xs text-ink-3 hover:text-ink hover:underline">Two kinds of closed?</Link> : null}
    </div>
  );
}
