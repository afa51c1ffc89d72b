"use client";
import { FacetPanel } from "./facet-menu";
import type { FacetKey, FacetView } from "./facets";

type Props = { isMissed: boolean; onShown: () => void; facets: readonly FacetView[]; chosen: (key: FacetKey) => readonly string[]; onChange: (facet: FacetView, values: readonly string[]) => void };

/** All facets in one panel, one open at a time: for a bar that has no room for a menu each. */
export function AllFacets({ facets, isMissed, chosen, onChange, onShown }: Props) {
  return facets.map((facet) => (
    <details key={facet.key} name="facet">
      <summary className="flex min-h-6 cursor-pointer items-center rounded-md px-2 py-1.5 font-medium hover:bg-hover">{facet.label}{chosen(facet.key).length > 0 ? <span className="ml-1.5 text-xs text-accent">{chosen(facet.key).length}</span> : null}</summary>
      <div className="pb-1.5 pl-2"><FacetPanel facet={facet} isMissed={isMissed} onShown={onShown} chosen={chosen(facet.key)} onChange={(values) => onChange(facet, values)} /></div>
    </details>
  ));
}
