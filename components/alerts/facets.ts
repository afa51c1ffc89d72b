import { GOVERNANCE_LABELS, GOVERNANCE_STATUSES, SCANNER_STATUSES, SEVERITIES, SEVERITY_LABELS, type ScannerStatus } from "@/lib/domain/finding/words";
import { isTerm } from "@/lib/domain/filter/expression";
import { filterOf, itemsOf } from "@/lib/domain/filter/flat";
import { inModule, moduleOf } from "@/lib/domain/module/view";
import { wholeTab } from "@/lib/domain/views/queue-address";
import type { AlertsPage, IsFlag, QueueFacets, QueueFilter } from "@/lib/domain/views/alerts";

export type FacetKey = "severity" | "scanner" | "governance" | "detector" | "assignee" | "tag" | "is";

export type Choice = { value: string; label: string; count?: number };
/** `choices` null: its values are on their way. */
export type FacetView = { key: FacetKey; label: string; choices: readonly Choice[] | null };

const SCANNER_WORDS = { new: "New, detected", open: "Open, detected", closed: "Not detected" } as const satisfies Record<ScannerStatus, string>;

const IS_WORDS = {
  kev: "Known exploited",
  new: "New in the latest scan",
  regressed: "Regressed",
  overdue: "Overdue",
  unassigned: "Unassigned, in the working queue",
  verified: "Verified",
  administrative: "Closed without evidence",
  ticketed: "On an open ticket",
  re_review: "Flagged for re-review",
  live: "Live in Closed",
  waiting: "Waiting on a vendor",
  expiring: "Acceptance expires soon",
  requested: "Acceptance requested",
  bookmarked: "Bookmarked by me",
  shared: "Shared with me",
} as const satisfies Record<IsFlag, string>;

const OFFERED_FLAGS = ["kev", "new", "regressed", "overdue", "unassigned", "verified", "administrative", "ticketed", "re_review", "live", "waiting", "expiring", "requested", "bookmarked", "shared"] as const;

function assigneeChoices(people: AlertsPage["people"], facets: QueueFacets | null): Choice[] {
  const counts = new Map(facets?.assignee.map((facet) => [facet.value, facet.count]));
  const each = people.map((person) => ({ value: person.email, label: person.name, count: counts.get(person.email) }));
  return [{ value: "me", label: "Me" }, { value: "none", label: "Nobody" }, ...each];
}

/** What the filter bar offers, in its order; without `facets` as far as it is known before anybody asked. */
export function facetsOf(people: AlertsPage["people"], facets: QueueFacets | null): FacetView[] {
  const severity = new Map(facets?.severity.map((facet) => [facet.value, facet.count]));
  const plain = (found: QueueFacets["tag"] | undefined) => found?.map((facet) => ({ value: facet.value, label: facet.label ?? facet.value, count: facet.count })) ?? null;
  return [
    { key: "severity", label: "Severity", choices: SEVERITIES.map((value) => ({ value, label: SEVERITY_LABELS[value], count: severity.get(value) })) },
    { key: "scanner", label: "Scanner", choices: SCANNER_STATUSES.map((value) => ({ value, label: SCANNER_WORDS[value] })) },
    { key: "governance", label: "Governance", choices: GOVERNANCE_STATUSES.map((value) => ({ value, label: GOVERNANCE_LABELS[value] })) },
    { key: "detector", label: "Detector", choices: plain(facets?.detector) },
    { key: "assignee", label: "Assignee", choices: assigneeChoices(people, facets) },
    { key: "tag", label: "Tag", choices: plain(facets?.tag) },
    { key: "is", label: "Is", choices: OFFERED_FLAGS.map((value) => ({ value, label: IS_WORDS[value] })) },
  ];
}

/** A filter with some values of one facet set in place of those it had. */
export function withFacet(filter: QueueFilter, { key }: FacetView, values: readonly string[]): QueueFilter {
  const own = new Set(filter.rest);
  const others = itemsOf(filter).filter((item) => own.has(item) || !isTerm(item) || item.field !== key);
  return { ...filterOf([{ field: key, values }, ...others], filter.tab), sort: filter.sort };
}

/** The same tab of the same module, with nothing else asked. */
export function cleared(filter: QueueFilter): QueueFilter {
  return inModule(wholeTab(filter.tab), moduleOf(filter));
}

/** How many things narrow this queue beyond its tab and its module. */
export function narrowedBy(filter: QueueFilter): number {
  const { tab: _tab, sort: _sort, change: _change, ...rest } = inModule(filter, "alerts");
  return Object.values(rest).filter((value) => (Array.isArray(value) ? value.length > 0 : Boolean(value))).length;
}
