import { foldPath } from "../fingerprints";
import type { Limits } from "../limits";
import { fieldsAt, indexAt, listAt, numberAt, stringAt, valueAt } from "../reading/fields";
import { filePlace, lineNumber } from "../reading/file-place";
import { line } from "../reading/plain-text";
import { coveredMessage, masked, valuesIn } from "../reading/secrets";
import { textOf } from "./rules";

/** Tables of a run that locations point into (SARIF 2.1.0, 3.14.14 to 3.14.17). */
export type PlaceTables = {
  artifacts: ReadonlyMap<number, string>;
  logical: ReadonlyMap<number, string>;
  bases: ReadonlyMap<string, string>;
  /** The result is about a secret: every text that is quoted from a file is covered as it is read. */
  covered?: boolean;
};

/** One location: `path` relative where it can be, `name` of the function or type, the flagged text. */
export type Place = { path: string; startLine: number | null; name: string; text: string | null; context: string | null; note: string | null };

export function placeOf(location: unknown, tables: PlaceTables, limits: Limits): Place {
  const physical = fieldsAt(location, "physicalLocation");
  const region = fieldsAt(physical, "region");
  const quoted = (value: unknown): string | null => covered(textOf(value), tables);
  const snippet = valueAt(region, "snippet");
  const note = textOf(valueAt(location, "message"));
  return {
    path: line(artifactPath(physical, tables), limits.locationChars),
    startLine: lineNumber(numberAt(region, "startLine")),
    name: line(logicalName(location, tables), limits.locationChars),
    text: quoted(snippet),
    context: quoted(valueAt(fieldsAt(physical, "contextRegion"), "snippet")),
    note: note !== null && tables.covered === true ? coveredMessage(note, valuesIn(textOf(snippet) ?? "")) : note,
  };
}

export const covered = (text: string | null, { covered: covers = false }: PlaceTables): string | null => (text !== null && covers ? masked(text) : text);

/** `src/a.ts:12`, or the logical name where there is no file. */
export function placeText(place: Place): string {
  if (place.path === "") return place.name;
  return filePlace(place.path, place.startLine);
}

function artifactPath(physical: unknown, tables: PlaceTables): string {
  const artifact = valueAt(physical, "artifactLocation") ?? valueAt(physical, "fileLocation");
  return pathOf(artifact, tables);
}

/** The path of an artifactLocation (3.4): absolute ones lose their base where the run names it. */
export function pathOf(artifact: unknown, tables: PlaceTables): string {
  const uri = stringAt(artifact, "uri") ?? tables.artifacts.get(indexAt(artifact, "index") ?? -1) ?? "";
  if (uri === "") return "";
  const base = tables.bases.get(stringAt(artifact, "uriBaseId") ?? "") ?? "";
  const whole = base === "" || isAbsolute(base) ? uri : `${base.replace(/\/?$/, "/")}${uri}`;
  for (const root of tables.bases.values()) {
    if (isAbsolute(root) && root.length > 8 && whole.startsWith(root)) return foldPath(decoded(whole.slice(root.length).replace(/^\/+/, "")));
  }
  return foldPath(decoded(whole.replace(/^file:(?:\/\/(?=\/))?/i, "")));
}

const isAbsolute = (uri: string): boolean => /^(?:[a-z][a-z0-9+.-]+:|\/)/i.test(uri);

function decoded(uri: string): string {
  if (!uri.includes("%") || /^https?:/i.test(uri)) return uri;
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

function logicalName(location: unknown, tables: PlaceTables): string | null {
  const [logical] = listAt(location, "logicalLocations", 1);
  const own = stringAt(logical, "fullyQualifiedName") ?? stringAt(location, "fullyQualifiedLogicalName");
  return own ?? tables.logical.get(indexAt(logical, "index") ?? -1) ?? stringAt(logical, "name");
}
