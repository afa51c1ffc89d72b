"use client";
import clsx from "clsx";
import Link from "next/link";
import { useState } from "react";
import { useModuleWords } from "@/components/module/module-context";
import { useKeyHints } from "@/components/shell/keyboard";
import type { CommandId } from "@/components/shell/keys";
import type { QueueCounts, QueueFilter } from "@/lib/domain/views/alerts";
import { queueAddress, tabTarget } from "@/lib/domain/views/queue-address";
import { TABS, type Tab } from "@/lib/domain/finding/words";
import { CHIPS, chipOff, chipOn, type Before } from "./queue-chips";
import { IN_THE_WHOLE } from "./kpi-strip";
import type { TabCount, TabCounts } from "./use-tabs";

/** The command that goes to a tab. */
export const TAB_KEYS = { needs_review: "tab.1", investigating: "tab.2", accepted_risk: "tab.3", closed: "tab.4", all: "tab.5" } as const satisfies Record<Tab, CommandId>;

type Go = (filter: QueueFilter) => void;

/** What is hidden elsewhere in the queue, each under its number; switched off, it gives back the list that it was chosen over. */
function Chips({ filter, counts, isWhole, onGo }: { filter: QueueFilter; counts: QueueCounts["chips"]; isWhole: boolean; onGo: Go }) {
  const [before, setBefore] = useState<Before>({});
  const shown = CHIPS.filter((chip) => counts[chip.flag] > 0 || filter.is.includes(chip.flag));
  return (
    <div className="ml-auto flex flex-wrap items-center gap-1.5 py-1 pr-1.5" role="group" aria-label="What would otherwise hide">
      {shown.map((chip) => {
        const isOn = filter.is.includes(chip.flag);
        const press = () => {
          if (isOn) return onGo(chipOff(chip, filter, before));
          setBefore({ ...before, [chip.flag]: filter });
          onGo(chipOn(chip, filter));
        };
        return (
          <button key={chip.flag} type="button" aria-pressed={isOn} title={chip.title} onClick={press} className={clsx("min-h-6 rounded-full border px-[9px] py-0.5 text-xs", isOn ? "border-accent bg-accent-soft text-ink" : "border-line bg-panel text-ink-2 hover:border-line-strong hover:text-ink")}>
            <b className="font-semibold text-ink">{counts[chip.flag].toLocaleString("en")}</b> {chip.label}
          </button>
        );
      })}
      {isWhole && shown.length > 0 ? <span className="text-xs text-ink-3">{IN_THE_WHOLE}</span> : null}
    </div>
  );
}

/** How many a tab holds; beside a filter how many of them are left. The place of the first number is kept until it is known. */
function Count({ count: { whole, shown }, isNarrowed }: { count: TabCount; isNarrowed: boolean }) {
  if (!isNarrowed) return <span className="font-normal text-ink-3">{whole.toLocaleString("en")}</span>;
  return <span className="font-normal text-ink-3">{shown === null ? <><span aria-hidden>…</span><span className="sr-only">not counted yet</span></> : <span className="text-ink-2">{shown.toLocaleString("en")}</span>} of {whole.toLocaleString("en")}</span>;
}

/** The five tabs with their exact counts, and beside them what the tabs would hide. */
export function QueueTabs({ filter, tabs, chips, isWhole, onGo, address }: { filter: QueueFilter; tabs: TabCounts; chips: QueueCounts["chips"]; /** the list shows less than the chips count */ isWhole: boolean; onGo: Go; address: string }) {
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
      <Chips filter={filter} counts={chips} isWhole={isWhole} onGo={onGo} />
      {filter.tab === "closed" ? <Link href={address.replace(/alerts$/, "help#closed")} className="pr-1.5 text-xs text-ink-3 hover:text-ink hover:underline">Two kinds of closed?</Link> : null}
    </div>
  );
}
