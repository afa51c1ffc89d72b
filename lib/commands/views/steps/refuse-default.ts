import type { StoredView } from "@/lib/db/sql/saved-views";
import { refuse, type Refused } from "@/lib/domain/refusal";

const MOST_NAMES = 5;

/** Tells whose default a view is before it is taken from them; null: nobody's. */
export function defaultRefusal({ name, is_default: isEverybodys }: StoredView, people: readonly string[], what: string): Refused | null {
  if (people.length === 0 && !isEverybodys) return null;
  const others = people.length > MOST_NAMES ? ` and ${people.length - MOST_NAMES} more` : "";
  const whose = [...(people.length > 0 ? [`the default of ${people.slice(0, MOST_NAMES).join(", ")}${others}`] : []), ...(isEverybodys ? ["what everybody here begins with"] : [])];
  return refuse("conflict", `The view ${name} is ${whose.join(", and ")}.`, { next: `Ask again with anyway to ${what}: they are told at their next visit.`, errors: [{ path: "anyway", message: "must be said" }] });
}
