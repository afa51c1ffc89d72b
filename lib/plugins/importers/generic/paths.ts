import { isFields, valueAt } from "../reading/fields";

const MOST_PATHS = 200;
const MOST_VALUES = 100;
const DEEPEST = 4;

/** Paths of the values in an object whose shape nobody knows: `title`, `asset.name`, `endpoints[].host`. */
export function pathsIn(record: unknown): readonly string[] {
  const paths = new Set<string>();
  walk(record, "", 0, paths);
  return [...paths];
}

function walk(value: unknown, path: string, depth: number, paths: Set<string>): void {
  if (paths.size >= MOST_PATHS || depth > DEEPEST || value === null || value === undefined) return;
  if (Array.isArray(value)) for (const one of value.slice(0, 3)) walk(one, `${path}[]`, depth + 1, paths);
  else if (!isFields(value)) paths.add(path);
  else for (const key of Object.keys(value).slice(0, MOST_PATHS)) if (!/[.[\]]/.test(key) && key !== "") walk(value[key], path === "" ? key : `${path}.${key}`, depth + 1, paths);
}

/** A path in its steps: keys, places in a list, `[]` for all of a list. */
export const stepsOf = (path: string): readonly string[] => path.replaceAll(/\[(\d{0,6})\]/g, ".[$1]").split(".").filter((step) => step !== "");

/** The text at a path; several are joined, a list that ends the path too. Null when there is none. */
export function textAtPath(record: unknown, steps: readonly string[]): string | null {
  let values: readonly unknown[] = [record];
  for (const step of steps) values = values.flatMap((value) => stepInto(value, step)).slice(0, MOST_VALUES);
  const texts = values.flatMap((value): readonly unknown[] => (Array.isArray(value) ? value.slice(0, MOST_VALUES) : [value])).flatMap(told);
  return texts.length === 0 ? null : texts.join(", ");
}

function stepInto(value: unknown, step: string): readonly unknown[] {
  const place = /^\[(\d*)\]$/.exec(step)?.[1];
  if (place === undefined) return [valueAt(value, step)];
  if (!Array.isArray(value)) return [];
  return place === "" ? value.slice(0, MOST_VALUES) : [value[Number(place)]];
}

function told(value: unknown): string[] {
  if (typeof value === "string") return value.trim() === "" ? [] : [value.trim()];
  return typeof value === "number" || typeof value === "boolean" ? [String(value)] : [];
}
