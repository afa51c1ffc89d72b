import { type ColumnMapping, guessMapping, looksLikeFindings, mappedColumns, type MappedField, type MappingGuess } from "@/lib/domain/scan/mapping";
import { type Importer, type Observed, type Recognition, ReportFault, type Source, type Yield } from "./contract";
import { pathsIn, stepsOf, textAtPath } from "./generic/paths";
import { readRecord } from "./generic/record";
import { LIMITS, type Limits } from "./limits";
import { isFields } from "./reading/fields";
import { firstCharacter } from "./reading/first-character";
import { type Cut, cutElements, elementsOf } from "./reading/json-elements";
import { outline } from "./reading/json-outline";
import { line } from "./reading/plain-text";
import { Tally } from "./reading/tally";

const FORMAT = "generic-json";
const LABEL = "JSON of your own (values mapped)";
/** Where the list of findings stands when nobody says: at the root, or under one of these names. */
const LISTS = ["findings", "vulnerabilities", "results", "issues", "alerts", "items", "data", "records", "rows", "entries"] as const;
const LOOKED_AT = 50;
/** Shapes of records that are remembered: a file has a few of them. */
const SHAPES = 1_000;

const listsOf = (array: boolean, list: string | undefined): string[] => {
  if (list !== undefined) return [`${list}[]`];
  return array ? ["[]"] : LISTS.map((name) => `${name}?[]`);
};

/** Paths and first records of a JSON report from its head, for whoever maps them; null when no list of objects was found. */
export function jsonColumns(head: string, list?: string): { columns: readonly string[]; rows: readonly (readonly string[])[] } | null {
  const { root } = outline(head.replace(/^\ufeff/, ""));
  if (root === "other") return null;
  const records = firstRecords(head, listsOf(root === "array", list));
  const columns = [...new Set(records.flatMap(pathsIn))].slice(0, 500);
  if (columns.length === 0) return null;
  return { columns, rows: records.map((record) => columns.map((path) => textAtPath(record, stepsOf(path)) ?? "")) };
}

/** The records that lie whole in a head, which may end anywhere. */
function firstRecords(head: string, wanted: readonly string[]): unknown[] {
  const records: unknown[] = [];
  try {
    for (const { value } of elementsOf(wanted, LIMITS).push(Buffer.from(head))) {
      if (isFields(value)) records.push(value);
      if (records.length >= LOOKED_AT) break;
    }
  } catch {
    return records;
  }
  return records;
}

function recognises(head: string): Recognition {
  const found = jsonColumns(head);
  if (found === null) return { verdict: "no", why: "no JSON with a list of objects" };
  if (looksLikeFindings(guessMapping(found.columns, found.rows))) return { verdict: "maybe", why: "a list of objects whose values have well-known names" };
  return { verdict: "no", why: `none of the values is known to be a title with a severity (${found.columns.slice(0, 12).join(", ").slice(0, 400)}): say which is which` };
}

/** Reads a list of JSON objects whose values somebody mapped; without a mapping they are taken by their names. */
export function genericJsonWith(mapping: ColumnMapping | null): Importer {
  async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
    const tally = new Tally(limits);
    const reader = new RecordReader(mapping, limits);
    const array = (await firstCharacter(source)) === "[";
    const elements = elementsOf(listsOf(array, mapping?.list), limits);
    for await (const batch of cutElements(source, elements)) {
      for (const cut of batch) yield* tally.made(isFields(cut.value) ? reader.read(cut.value) : "it is no object", whereOf(cut));
    }
    if (![...elements.seen.keys()].some((path) => path !== "" || array)) throw new ReportFault(`The report holds no list of findings: it may stand at the root, or be called ${mapping?.list ?? LISTS.join(", ")}`);
    if (mapping === null && !reader.titled && reader.paths !== null) throw new ReportFault(`No value was found that could be the title: these values were found: ${line(reader.paths.slice(0, 60).join(", "), 1_900)}; say which is which`);
    yield tally.part("generic");
  }
  return { format: FORMAT, label: LABEL, media: ["json"], passes: 1, recognises, parse };
}

const whereOf = ({ path, at, line }: Cut): string => `${path.replace(/\[\]$/, "")}[${String(at.at(-1) ?? 0)}], line ${String(line)}`;

type Steps = ReadonlyMap<MappedField, readonly string[]>;

/** Reads records by the mapping, or each by the names of its own values. */
class RecordReader {
  titled = false;
  /** Values of the first record without a title, for the refusal. */
  paths: readonly string[] | null = null;
  private readonly shapes = new Map<string, Steps>();
  private readonly mapped: Steps | null;

  constructor(
    private readonly mapping: ColumnMapping | null,
    private readonly limits: Limits,
  ) {
    this.mapped = mapping === null ? null : stepsBy(mapping);
  }

  read(record: unknown): Observed | string | null {
    const steps = this.mapped ?? this.shapeOf(record);
    const value = (field: MappedField): string | null => {
      const path = steps.get(field);
      return path === undefined ? null : textAtPath(record, path);
    };
    return readRecord(value, { severities: this.mapping?.severities, state: steps.get("state")?.at(-1) }, this.limits);
  }

  private shapeOf(record: unknown): Steps {
    const paths = pathsIn(record);
    const key = paths.join("\n");
    const known = this.shapes.get(key);
    if (known) return known;
    const guess = guessMapping(paths, [paths.map((path) => textAtPath(record, stepsOf(path)) ?? "")]);
    if (guess.title === undefined) this.paths ??= paths;
    else this.titled = true;
    const steps = stepsBy(guess);
    if (this.shapes.size < SHAPES) this.shapes.set(key, steps);
    return steps;
  }
}

const stepsBy = (mapping: MappingGuess): Steps => new Map([...mappedColumns(mapping)].map(([field, path]) => [field, stepsOf(path)]));

/** JSON of somebody's own: a list of objects, each a finding. What identifies is as in the CSV of one's own. */
export const genericJson: Importer = genericJsonWith(null);
