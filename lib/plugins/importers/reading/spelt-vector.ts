import { stringAt } from "./fields";

/** A CVSS vector whose metrics are spelt out (`attackVector: NETWORK`): each value by its first letter. `names`: the metric → the report's name. Null unless all are there. */
export function spelt(given: unknown, names: Readonly<Record<string, string>>): string | null {
  const values = Object.entries(names).map(([metric, name]) => `${metric}:${(stringAt(given, name) ?? "").trim().slice(0, 1).toUpperCase()}`);
  return values.every((value) => /:[A-Z]$/.test(value)) ? values.join("/") : null;
}
