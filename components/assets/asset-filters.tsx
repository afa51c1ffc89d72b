"use client";
import { ArrowDownUp, Download } from "lucide-react";
import { FacetMenu } from "@/components/alerts/facet-menu";
import type { Choice } from "@/components/alerts/facets";
import { Menu } from "@/components/ui/menu";
import { assetsAddress, narrowings, withList } from "@/lib/domain/asset/address";
import { ASSET_SORTS, type AssetFilter, type AssetSort } from "@/lib/domain/asset/input";
import { ASSET_KINDS, COVERAGE_LABELS, COVERAGES, EXPOSURE_LABELS, EXPOSURES, KIND_LABELS, LIFE_STAGES, SENSITIVITIES, SENSITIVITY_LABELS, STAGE_LABELS } from "@/lib/domain/asset/words";
import type { AssetsPage } from "@/lib/domain/views/assets";

const SORT_WORDS = { name: "By name", "-name": "By name, Z first", exposed: "Most exposed first", newest: "Newest first" } as const satisfies Record<AssetSort, string>;
const DAYS = [7, 30, 90] as const;

type Key = "kind" | "exposure" | "sensitivity" | "team" | "owner" | "stage" | "coverage" | "detector";
type Facet = { key: Key; label: string; choices: readonly Choice[] };

function facetsOf({ facets }: AssetsPage): Facet[] {
  const worded = <W extends string>(words: readonly W[], labels: Readonly<Record<W, string>>): Choice[] => words.map((value) => ({ value, label: labels[value] }));
  const counted = (none: string, found: AssetsPage["facets"]["team"]): Choice[] => [{ value: "none", label: none }, ...found.map(({ value, count }) => ({ value, label: value, count }))];
  return [
    { key: "kind", label: "Kind", choices: worded(ASSET_KINDS, KIND_LABELS) },
    { key: "exposure", label: "Exposure", choices: worded(EXPOSURES, EXPOSURE_LABELS) },
    { key: "sensitivity", label: "Data", choices: worded(SENSITIVITIES, SENSITIVITY_LABELS) },
    { key: "owner", label: "Owner", choices: counted("No owner", facets.owner) },
    { key: "team", label: "Team", choices: counted("No team", facets.team) },
    { key: "coverage", label: "Coverage", choices: worded(COVERAGES, COVERAGE_LABELS) },
    { key: "detector", label: "Detector", choices: facets.detector.map((value) => ({ value, label: value })) },
    { key: "stage", label: "Stage", choices: worded(LIFE_STAGES, STAGE_LABELS) },
  ];
}

const quiet = "inline-flex h-6 shrink-0 items-center gap-1.5 rounded-[5px] px-[7px] text-xs whitespace-nowrap text-ink-2 hover:bg-hover hover:text-ink";

/** What narrows the inventory, and its order; everything here lives in the address. */
export function AssetFilters({ page, filter, onGo }: { page: AssetsPage; filter: AssetFilter; onGo: (filter: AssetFilter) => void }) {
  const environment = page.environment.number;
  const isNarrowed = narrowings(filter) > 0;
  return (
    <div role="group" aria-label="Filters" className="@container flex min-h-[42px] shrink-0 items-center gap-1 border-b border-line px-[18px] py-1.5">
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1">
        {facetsOf(page).map((facet) => <FacetMenu key={facet.key} facet={facet} chosen={filter[facet.key]} onChange={(values) => onGo(withList(filter, facet.key, values))} />)}
        {filter.coverage.length > 0 ? (
          <Menu label="What counts as lately" items={DAYS.map((days) => ({ key: String(days), label: `Lately: ${days} days`, current: days === filter.days, onSelect: () => onGo({ ...filter, days }) }))}
            trigger={(wires) => <button {...wires} type="button" className={quiet}>Lately: {filter.days} days</button>} />
        ) : null}
        {isNarrowed ? <button type="button" onClick={() => onGo({ ...withoutAll(filter) })} className="h-6 shrink-0 rounded-[5px] px-[7px] text-xs text-ink-3 hover:text-ink">Clear all</button> : null}
      </div>
      <span role="status" className="shrink-0 pl-3 text-xs whitespace-nowrap text-ink-3">{page.total.toLocaleString("en")} {page.total === 1 ? "asset" : "assets"}</span>
      <Menu label="Export" align="end" items={(["csv", "jsonl"] as const).map((format) => ({ key: format, label: format === "csv" ? "CSV, for spreadsheets" : "JSON Lines", hint: isNarrowed ? "what the filter leaves" : "the whole inventory", onSelect: () => window.location.assign(exportAddress(environment, filter, format)) }))}
        trigger={(wires) => <button {...wires} type="button" className={quiet}><Download size={11} aria-hidden /><span className="@max-4xl:sr-only">Export</span></button>} />
      <Menu label="Sort" align="end" items={ASSET_SORTS.map((sort) => ({ key: sort, label: SORT_WORDS[sort], current: sort === filter.sort, onSelect: () => onGo({ ...filter, sort }) }))}
        trigger={(wires) => <button {...wires} type="button" className={quiet}><ArrowDownUp size={11} aria-hidden /><span className="@max-4xl:sr-only">{SORT_WORDS[filter.sort]}</span></button>} />
    </div>
  );
}

/** The same order with nothing narrowed. */
export function withoutAll(filter: AssetFilter): AssetFilter {
  return { ...filter, q: "", kind: [], exposure: [], sensitivity: [], team: [], owner: [], stage: [], coverage: [], detector: [] };
}

function exportAddress(environment: number, filter: AssetFilter, format: "csv" | "jsonl"): string {
  const query = new URLSearchParams(assetsAddress(filter));
  query.set("format", format);
  return `/api/e/${environment}/assets/export?${query.toString()}`;
}
