"use client";
import clsx from "clsx";
import { ArrowDownUp, ListFilter } from "lucide-react";
import type { ReactNode } from "react";
import { late } from "@/components/ui/late";
import { Menu } from "@/components/ui/menu";
import { Popover } from "@/components/ui/popover";
import type { FindingActions } from "@/lib/domain/views/actions";
import type { AlertsPage, QueueFilter, Sort } from "@/lib/domain/views/alerts";
import type { DeskView } from "@/lib/domain/views/desk";
import { countWords } from "./count-words";
import { FacetMenu } from "./facet-menu";
import { FilterField } from "./filter-field";
import { cleared, facetsOf, narrowedBy, withFacet, type FacetView } from "./facets";
import type { FacetMenus } from "./use-facets";
import { buttonClass, SORT } from "./view-bar";

const AllFacets = late(() => import("./all-facets").then((file) => file.AllFacets));

const SORT_WORDS = {
  severity: "Most severe first",
  "-severity": "Least severe first",
  due: "Due first",
  "-added": "Newest first",
  added: "Oldest first",
  "-seen": "Last seen first",
  "-decided": "Newest decision first",
  asset: "By asset",
  title: "By title",
  number: "By number",
  "-due": "Due last",
  seen: "Last seen last",
  decided: "Oldest decision first",
  "-asset": "By asset, backwards",
  "-title": "By title, backwards",
  "-number": "Newest number first",
  status: "New, open, closed",
  "-status": "New, open, closed",
} as const satisfies Record<Sort, string>;

const OFFERED = ["severity", "-severity", "due", "-added", "added", "-seen", "-decided", "status", "asset", "title"] as const;

type BarProps = { page: AlertsPage; menus: FacetMenus; filter: QueueFilter; total: number | null; isGivenUp: boolean; mistyped: DeskView["mistyped"]; before: ReactNode; tools: ReactNode; load: FindingActions["loadCompletions"]; onGo: (filter: QueueFilter) => void };

/** The facets as a menu each where they fit in one line, also beside what a changed view offers, else all in one: the line never breaks, so that no row moves when the drawer opens. */
function Facets({ page, menus, filter, onGo }: Pick<BarProps, "page" | "menus" | "filter" | "onGo">) {
  const facets = facetsOf(page.people, menus.facets);
  const { near, isMissed } = menus;
  const put = (facet: FacetView, values: readonly string[]) => onGo(withFacet(filter, facet, values));
  const set = facets.filter(({ key }) => filter[key].length > 0).length;
  return (
    <div className="contents" onPointerOver={near} onFocus={near}>
      <div className="hidden shrink-0 gap-1 @min-[64rem]:group-not-has-[[data-changed]]/line:flex @min-[90rem]:flex">{facets.map((facet) => <FacetMenu key={facet.key} brief facet={facet} isMissed={isMissed} onShown={near} chosen={filter[facet.key]} onChange={(values) => put(facet, values)} />)}</div>
      <div className="shrink-0 @min-[64rem]:group-not-has-[[data-changed]]/line:hidden @min-[90rem]:hidden">
        <Popover label="Filters to choose from" width={260} trigger={(wires) => <button {...wires} type="button" className={clsx(buttonClass, set > 0 && "bg-accent-soft text-ink")}><ListFilter size={11} aria-hidden />Filters{set > 0 ? <span className="text-accent">{set}</span> : null}</button>}>
          {() => <AllFacets facets={facets} isMissed={isMissed} onShown={near} chosen={(key) => filter[key]} onChange={put} />}
        </Popover>
      </div>
    </div>
  );
}

/** What narrows the queue, and its order; everything here lives in the address. */
export function FilterBar({ page, menus, filter, total, isGivenUp, mistyped, before, tools, load, onGo }: BarProps) {
  const narrowed = narrowedBy(filter) > 0;
  return (
    <div role="group" aria-label="Filters" className="@container flex min-h-[42px] shrink-0 items-start @max-xl:flex-wrap @max-xl:justify-end gap-1 border-b border-line px-[18px] py-1.5">
      <div className="group/line flex min-w-0 flex-1 items-center gap-1 has-[[role=alert]]:flex-wrap @max-xl:basis-full @max-xl:flex-wrap">
        {before}
        <FilterField environment={page.environment.number} filter={filter} mistyped={mistyped} load={load} onGo={onGo} />
        <Facets page={page} menus={menus} filter={filter} onGo={onGo} />
        {narrowed ? <button type="button" onClick={() => onGo(cleared(filter))} className="h-6 shrink-0 rounded-[5px] px-[7px] text-xs text-ink-3 hover:text-ink">Clear all</button> : null}
      </div>
      <span role="status" className="shrink-0 pt-1.5 pl-3 text-xs whitespace-nowrap text-ink-3">{countWords(narrowed, total, isGivenUp)}</span>
      {tools}
      <Menu
        label="Sort"
        align="end"
        items={OFFERED.map((sort) => ({ key: sort, label: SORT_WORDS[sort], current: sort === filter.sort, onSelect: () => onGo({ ...filter, sort }) }))}
        trigger={(wires) => <button {...wires} id={SORT} type="button" title="Order" className="mt-0.5 inline-flex h-6 shrink-0 items-center gap-1.5 rounded-[5px] px-[7px] text-xs whitespace-nowrap text-ink-2 hover:bg-hover hover:text-ink"><ArrowDownUp size={11} aria-hidden /><span className="@max-7xl:sr-only">{SORT_WORDS[filter.sort]}</span></button>}
      />
    </div>
  );
}
