"use client";
import clsx from "clsx";
import { ArrowDownUp } from "lucide-react";
import { FacetMenu } from "@/components/alerts/facet-menu";
import type { Choice } from "@/components/alerts/facets";
import { Menu } from "@/components/ui/menu";
import { SEVERITIES, SEVERITY_LABELS } from "@/lib/domain/finding/words";
import { ticketAddress, wholeTicketTab } from "@/lib/domain/ticket/filter";
import { DESTINATION_LABELS, DESTINATIONS, PRIORITIES, PRIORITY_LABELS, REMEDIATION_LABELS, REMEDIATIONS, TICKET_TAB_LABELS, TICKET_TABS } from "@/lib/domain/ticket/words";
import { TICKET_SORTS, type TicketFilter, type TicketsPage, type TicketSort } from "@/lib/domain/views/tickets";

type Go = (filter: TicketFilter) => void;

/** The tabs with their exact counts; the filter goes along. */
export function TicketTabs({ page, filter, onGo }: { page: TicketsPage; filter: TicketFilter; onGo: Go }) {
  return (
    <nav aria-label="Tabs" className="flex shrink-0 overflow-x-auto overflow-y-hidden border-b border-line px-3 [scrollbar-width:none]">
      {TICKET_TABS.map((tab) => {
        const isHere = filter.tab === tab;
        const target: TicketFilter = { ...filter, tab, cursor: null };
        return (
          <a
            key={tab} href={`/e/${page.environment.number}/tickets${ticketAddress(target)}`} aria-current={isHere ? "page" : undefined}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              onGo(target);
            }}
            className={clsx("flex shrink-0 items-center gap-[7px] border-b-2 px-2.5 pt-[9px] pb-2.5 whitespace-nowrap", isHere ? "border-accent font-medium text-ink" : "border-transparent text-ink-2 hover:text-ink")}
          >
            {TICKET_TAB_LABELS[tab]} <span className="font-normal text-ink-3">{page.counts[tab].toLocaleString("en")}</span>
          </a>
        );
      })}
    </nav>
  );
}

const SORT_WORDS = { severity: "Most severe first", updated: "Newest change first", created: "Newest first" } as const satisfies Record<TicketSort, string>;

type Key = "severity" | "priority" | "remediation" | "destination";

const worded = <W extends string>(words: readonly W[], labels: Readonly<Record<W, string>>): Choice[] => words.map((value) => ({ value, label: labels[value] }));

const FACETS: readonly { key: Key; label: string; choices: readonly Choice[] }[] = [
  { key: "severity", label: "Severity", choices: worded(SEVERITIES, SEVERITY_LABELS) },
  { key: "priority", label: "Priority", choices: worded(PRIORITIES, PRIORITY_LABELS) },
  { key: "remediation", label: "Remediation", choices: worded(REMEDIATIONS, REMEDIATION_LABELS) },
  { key: "destination", label: "Destination", choices: worded(DESTINATIONS, DESTINATION_LABELS) },
];

const WORDS = { severity: SEVERITIES, priority: PRIORITIES, remediation: REMEDIATIONS, destination: DESTINATIONS } as const;

function withList(filter: TicketFilter, key: Key, values: readonly string[]): TicketFilter {
  return { ...filter, [key]: WORDS[key].filter((each) => values.includes(each)) };
}

/** How many things narrow the list beside its tab. */
export function narrowings({ search, severity, priority, remediation, destination, assignee, finding }: TicketFilter): number {
  return [severity, priority, remediation, destination].filter(({ length }) => length > 0).length + [search, assignee, finding].filter(Boolean).length;
}

/** The same tab and order with nothing narrowed. */
export function withoutAll({ tab, sort }: TicketFilter): TicketFilter {
  return { ...wholeTicketTab(tab), sort };
}

/** One of a few: who has it. Names beyond these stand in the search. */
function AssigneeMenu({ page, filter, onGo }: { page: TicketsPage; filter: TicketFilter; onGo: Go }) {
  const choices: Choice[] = [{ value: "me", label: "Me" }, { value: "none", label: "Nobody" }, ...page.people.filter(({ id }) => id !== page.me.id).map(({ email, name }) => ({ value: email, label: name }))];
  return <FacetMenu facet={{ key: "assignee", label: "Assignee", choices }} chosen={filter.assignee === null ? [] : [filter.assignee]} onChange={(values) => onGo({ ...filter, assignee: values.at(-1) ?? null })} />;
}

const quiet = "inline-flex h-6 shrink-0 items-center gap-1.5 rounded-[5px] px-[7px] text-xs whitespace-nowrap text-ink-2 hover:bg-hover hover:text-ink";

/** What narrows the list, and its order; everything here lives in the address. */
export function TicketFilters({ page, filter, onGo }: { page: TicketsPage; filter: TicketFilter; onGo: Go }) {
  return (
    <div role="group" aria-label="Filters" className="@container flex min-h-[42px] shrink-0 items-center gap-1 border-b border-line px-[18px] py-1.5">
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1">
        {FACETS.map((facet) => <FacetMenu key={facet.key} facet={facet} chosen={filter[facet.key]} onChange={(values) => onGo(withList(filter, facet.key, values))} />)}
        <AssigneeMenu page={page} filter={filter} onGo={onGo} />
        {filter.finding === null ? null : <button type="button" onClick={() => onGo({ ...filter, finding: null })} className="inline-flex h-6 items-center gap-1 rounded-[5px] bg-accent-soft px-[7px] text-xs text-ink">F-{filter.finding} <span aria-hidden>×</span><span className="sr-only">: show those of all findings</span></button>}
        {narrowings(filter) > 0 ? <button type="button" onClick={() => onGo(withoutAll(filter))} className="h-6 shrink-0 rounded-[5px] px-[7px] text-xs text-ink-3 hover:text-ink">Clear all</button> : null}
      </div>
      <span role="status" className="shrink-0 pl-3 text-xs whitespace-nowrap text-ink-3">{page.total.toLocaleString("en")} {page.total === 1 ? "ticket" : "tickets"}</span>
      <Menu label="Sort" align="end" items={TICKET_SORTS.map((sort) => ({ key: sort, label: SORT_WORDS[sort], current: sort === filter.sort, onSelect: () => onGo({ ...filter, sort }) }))}
        trigger={(wires) => <button {...wires} type="button" className={quiet}><ArrowDownUp size={11} aria-hidden /><span className="@max-2xl:sr-only">{SORT_WORDS[filter.sort]}</span></button>} />
    </div>
  );
}
