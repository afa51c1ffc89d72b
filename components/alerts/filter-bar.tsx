"use client";
import { ArrowDownUp, X } from "lucide-react";
import { Menu } from "@/components/ui/menu";
import type { AlertsPage, QueueFilter, ScanChange, Sort } from "@/lib/domain/views/alerts";
import { readQueue, wholeTab } from "@/lib/domain/views/queue-address";
import { findings } from "./outcome-toast";
import { FacetMenu } from "./facet-menu";
import { facetsOf, narrowedBy, withFacet } from "./facets";
import { RESPONSE_LABELS } from "@/lib/domain/finding/words";

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

const CHANGE_WORDS = { new: "new in", persisting: "persisting in", refound: "re-found by", regressed: "regressed in", unseen: "no longer seen by", suppressed: "suppressed in" } as const satisfies Record<ScanChange, string>;

const SPANS = ["added", "seen", "due", "decided"] as const;
const SPAN_WORDS = { added: "Added", seen: "Last seen", due: "Due", decided: "Decided" } as const;

function Token({ text, onRemove }: { text: string; onRemove: () => void }) {
  return (
    <span className="inline-flex h-6 shrink-0 items-center gap-1 rounded-[5px] bg-accent-soft pl-[7px] text-xs whitespace-nowrap text-ink">
      {text}
      <button type="button" aria-label={`Remove ${text}`} onClick={onRemove} className="grid size-6 place-items-center rounded-[5px] text-ink-2 hover:text-ink"><X size={11} aria-hidden /></button>
    </span>
  );
}

function Tokens({ filter, onGo }: { filter: QueueFilter; onGo: (filter: QueueFilter) => void }) {
  return (
    <>
      {filter.q ? <Token text={`“${filter.q}”`} onRemove={() => onGo({ ...filter, q: "" })} /> : null}
      {filter.asset.length > 0 ? <Token text={`Asset: ${filter.asset.join(", ")}`} onRemove={() => onGo({ ...filter, asset: [] })} /> : null}
      {filter.response.length > 0 ? <Token text={`Response: ${filter.response.map((each) => RESPONSE_LABELS[each]).join(", ")}`} onRemove={() => onGo({ ...filter, response: [] })} /> : null}
      {filter.rule.length > 0 ? <Token text={`Rule: ${filter.rule.join(", ")}`} onRemove={() => onGo({ ...filter, rule: [] })} /> : null}
      {filter.category.length > 0 ? <Token text={`Type: ${filter.category.join(", ")}`} onRemove={() => onGo({ ...filter, category: [] })} /> : null}
      {filter.cve.length > 0 ? <Token text={filter.cve.join(", ")} onRemove={() => onGo({ ...filter, cve: [] })} /> : null}
      {filter.cwe.length > 0 ? <Token text={filter.cwe.map((each) => `CWE-${each}`).join(", ")} onRemove={() => onGo({ ...filter, cwe: [] })} /> : null}
      {filter.port.length > 0 ? <Token text={`Port: ${filter.port.join(", ")}`} onRemove={() => onGo({ ...filter, port: [] })} /> : null}
      {SPANS.map((key) => filter[key] ? <Token key={key} text={`${SPAN_WORDS[key]}: ${filter[key]}`} onRemove={() => onGo({ ...filter, [key]: null })} /> : null)}
      {filter.scan ? <Token text={`${filter.change ? CHANGE_WORDS[filter.change] : "seen by"} scan ${filter.scan}`} onRemove={() => onGo({ ...filter, scan: null, change: null })} /> : null}
    </>
  );
}

/** What narrows the queue, and its order; everything here lives in the address. */
export function FilterBar({ page, filter, total, onGo }: { page: AlertsPage; filter: QueueFilter; total: number | null; onGo: (filter: QueueFilter) => void }) {
  const narrowed = narrowedBy(filter) > 0;
  return (
    <div role="group" aria-label="Filters" className="@container flex min-h-[42px] shrink-0 items-center gap-1 border-b border-line px-[18px] py-1.5">
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1">
        <Tokens filter={filter} onGo={onGo} />
        {facetsOf(page).map((facet) => (
          <FacetMenu key={facet.key} facet={facet} chosen={filter[facet.key]} onChange={(values) => onGo(readQueue(withFacet(filter, facet, values)))} />
        ))}
        {narrowed ? <button type="button" onClick={() => onGo(wholeTab(filter.tab))} className="h-6 shrink-0 rounded-[5px] px-[7px] text-xs text-ink-3 hover:text-ink">Clear all</button> : null}
      </div>
      <span role="status" className="shrink-0 pl-3 text-xs whitespace-nowrap text-ink-3">{total === null || !narrowed ? "" : findings(total)}</span>
      <Menu
        label="Sort"
        align="end"
        items={OFFERED.map((sort) => ({ key: sort, label: SORT_WORDS[sort], current: sort === filter.sort, onSelect: () => onGo({ ...filter, sort }) }))}
        trigger={(wires) => <button {...wires} type="button" className="inline-flex h-6 shrink-0 items-center gap-1.5 rounded-[5px] px-[7px] text-xs whitespace-nowrap text-ink-2 hover:bg-hover hover:text-ink"><ArrowDownUp size={11} aria-hidden /><span className="@max-4xl:sr-only">{SORT_WORDS[filter.sort]}</span></button>}
      />
    </div>
  );
}
