import { quoted, splitValues } from "@/lib/domain/filter/search-text";
import { ASSET_SORTS, assetFilter, type AssetFilter } from "./input";
import { ASSET_KINDS, COVERAGE_DAYS, COVERAGES, EXPOSURES, LIFE_STAGES, SENSITIVITIES } from "./words";

type Asked = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The lists of a filter, and the words that each may hold; null: any text. */
const LISTS = {
  kind: ASSET_KINDS, exposure: EXPOSURES, sensitivity: SENSITIVITIES, team: null, owner: null, stage: LIFE_STAGES, coverage: COVERAGES, detector: null,
} as const satisfies Partial<Record<keyof AssetFilter, readonly string[] | null>>;

type ListKey = keyof typeof LISTS;
const LIST_KEYS = ["kind", "exposure", "sensitivity", "team", "owner", "stage", "coverage", "detector"] as const satisfies readonly ListKey[];

/** The parameters by name, for documents and doors. */
export const ASSET_PARAMETERS = ["q", ...LIST_KEYS, "days", "sort"] as const;

export type AddressFault = { path: string; message: string };

const valuesOf = (value: Asked[string]) => [value ?? []].flat().flatMap(splitValues);

/** A filter out of an address or a call, and what could not be read in it. */
export function readAssetFilter(asked: Asked): { filter: AssetFilter; faults: readonly AddressFault[] } {
  const faults: AddressFault[] = [];
  const lists = LIST_KEYS.map((key) => {
    const known: readonly string[] | null = LISTS[key];
    const given = [...new Set(valuesOf(asked[key]))].slice(0, 50);
    for (const value of given) if (known !== null && !known.includes(value)) faults.push({ path: key, message: `"${value.slice(0, 60)}" is none of ${known.join(", ")}.` });
    return [key, known === null ? given : given.filter((value) => known.includes(value))];
  });
  const [days] = valuesOf(asked.days);
  const isDays = days !== undefined && /^[1-9]\d{0,2}$/.test(days);
  if (days !== undefined && !isDays) faults.push({ path: "days", message: "A number of days from 1 to 999." });
  const [sort] = valuesOf(asked.sort);
  const known = ASSET_SORTS.find((each) => each === sort);
  if (sort !== undefined && known === undefined) faults.push({ path: "sort", message: `Assets are sorted by ${ASSET_SORTS.join(", ")}.` });
  const q = [asked.q ?? []].flat().join(" ").trim().slice(0, 300);
  return { filter: assetFilter.parse({ q, ...Object.fromEntries(lists), days: isDays ? Number(days) : COVERAGE_DAYS, sort: known ?? "name" }), faults };
}

/** The shortest address of a filter: "" for the whole inventory by name. */
export function assetsAddress(filter: AssetFilter, cursor: string | null = null): string {
  const query = new URLSearchParams();
  if (filter.q) query.set("q", filter.q);
  for (const key of LIST_KEYS) if (filter[key].length > 0) query.set(key, filter[key].map((value) => quoted(value)).join(","));
  if (filter.days !== COVERAGE_DAYS) query.set("days", String(filter.days));
  if (filter.sort !== "name") query.set("sort", filter.sort);
  if (cursor !== null) query.set("cursor", cursor);
  const text = query.toString().replaceAll("%2C", ",");
  return text === "" ? "" : `?${text}`;
}

/** A filter with other values of one list. */
export function withList(filter: AssetFilter, key: ListKey, values: readonly string[]): AssetFilter {
  return readAssetFilter({ ...Object.fromEntries(new URLSearchParams(assetsAddress(filter))), [key]: values.map(quoted) }).filter;
}

/** How many fields narrow the inventory. */
export function narrowings(filter: AssetFilter): number {
  return LIST_KEYS.filter((key) => filter[key].length > 0).length + (filter.q === "" ? 0 : 1);
}

/** The address of what is live on an asset: detected, and not closed by a decision. */
export function liveAddress(environment: number, asset: string, severity: string | null, detector: string | null = null): string {
  const query = new URLSearchParams({ tab: "all", ...(severity === null ? {} : { severity }), response: "needs_review,investigating,accepted_risk", scanner: "new,open" });
  query.set("asset", quoted(asset));
  if (detector !== null) query.set("detector", quoted(detector));
  return `/e/${environment}/alerts?${query.toString().replaceAll("%2C", ",")}`;
}
