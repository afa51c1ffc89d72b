import type { Cut } from "../reading/json-elements";
import type { Facts } from "../reading/json-entries";

/** Whether a list of GraphQL is all that there is: GitHub gives a hundred alerts at most, and only a query that asks is told of more. */
type Extent = "whole" | "a page" | "unknown";

/** What the query may have asked of a list beside its alerts. */
const TOLD = ["pageInfo.hasNextPage", "pageInfo.hasPreviousPage", "totalCount"] as const;

export const factsOfPages = (place: string): string[] => TOLD.map((fact) => `${place}vulnerabilityAlerts.${fact}`);

/** How many alerts each list of a report holds, and whether another page goes with it. */
export class AlertPages {
  private readonly alerts = new Map<string, number>();

  constructor(private readonly facts: Facts) {}

  /** One more alert of its list. */
  count({ path, at }: Pick<Cut, "path" | "at">): void {
    const list = keyOf(path.replace(/\[\]$/, ""), at.slice(0, -1));
    this.alerts.set(list, (this.alerts.get(list) ?? 0) + 1);
  }

  /** Of all lists together: one page that another goes with makes them a page, one that does not say makes them unknown. */
  extent(lists: readonly string[]): Extent {
    const all = lists.flatMap((list) => this.facts.places(list).map((at) => this.extentOf(list, at)));
    if (all.includes("a page")) return "a page";
    return all.includes("unknown") ? "unknown" : "whole";
  }

  private extentOf(list: string, at: readonly number[]): Extent {
    const [next, previous, total] = TOLD.map((fact) => this.facts.at(list.replace(/\.(?:nodes|edges)$/, `.${fact}`), at));
    const held = this.alerts.get(keyOf(list, at)) ?? 0;
    if (next === true || previous === true || (typeof total === "number" && total > held)) return "a page";
    return total === held || held === 0 || (next === false && previous === false) ? "whole" : "unknown"; // that none follows is true of the last page too
  }
}

const keyOf = (list: string, at: readonly number[]): string => `${list} ${at.join(",")}`;
