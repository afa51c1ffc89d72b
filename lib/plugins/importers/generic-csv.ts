import { type ColumnMapping, guessMapping, looksLikeFindings, mappedColumns, type MappedField, type MappingGuess } from "@/lib/domain/scan/mapping";
import type { Importer, Recognition, Source, Yield } from "./contract";
import { readRecord } from "./generic/record";
import type { Limits } from "./limits";
import { csvHead, type CsvShape, delimiterOf, firstRows, saysDelimiter } from "./reading/csv-head";
import { csvResults } from "./reading/csv-results";
import { line } from "./reading/plain-text";
import { headOf } from "./reading/source-head";
import { Tally } from "./reading/tally";

const FORMAT = "generic-csv";
const LABEL = "CSV of your own (columns mapped)";
/** Rows below the header that tell whether a status column holds old codes. */
const LOOKED_AT = 50;
/** Lines of another kind that may stand above a header whose columns somebody named. */
const BEFORE = 20;

const refusal = (columns: string): string => `No column was found that could be the title: these columns were found: ${columns}; say which is which`;

/** Columns and first rows of a CSV from its head, for whoever maps them; null when it is none. */
export function csvColumns(head: string, delimiter = delimiterOf(head)): { columns: readonly string[]; rows: readonly (readonly string[])[] } | null {
  const rows = firstRows(head, LOOKED_AT, delimiter);
  const start = rows[0] !== undefined && saysDelimiter(rows[0]) ? 1 : 0;
  const columns = rows[start];
  return columns === undefined || columns.length < 2 ? null : { columns, rows: rows.slice(start + 1) };
}

function recognises(head: string): Recognition {
  const found = csvColumns(head);
  if (found === null) return { verdict: "no", why: "no CSV with a header" };
  if (looksLikeFindings(guessMapping(found.columns, found.rows))) return { verdict: "maybe", why: "columns with well-known names" };
  const names = found.columns.slice(0, 12).map((name) => line(name, 30)).join(", ");
  return { verdict: "no", why: `none of the columns is known to be a title with a severity (${names}): say which is which` };
}

/** Reads a CSV whose columns somebody mapped; without a mapping they are taken by their names. */
export function genericCsvWith(mapping: ColumnMapping | null): Importer {
  async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
    const tally = new Tally(limits);
    const { shape, columns } = await planOf(source, mapping);
    const names = new Map([...mappedColumns(columns)].map(([field, name]) => [field, name.trim().toLowerCase()]));
    yield* csvResults(source, shape, tally, limits, (row) => {
      const value = (field: MappedField): string | null => {
        const name = names.get(field);
        return name === undefined ? null : row.at(name);
      };
      return readRecord(value, { severities: mapping?.severities, state: columns.state }, limits);
    });
    yield tally.part("generic");
  }
  return { format: FORMAT, label: LABEL, media: ["csv"], passes: 1, provesItsEnd: false, recognises, parse };
}

type Plan = { shape: CsvShape; columns: MappingGuess };

async function planOf(source: Source, mapping: ColumnMapping | null): Promise<Plan> {
  if (mapping !== null) {
    const title = mapping.title.trim().toLowerCase();
    return { shape: { report: "mapped CSV", before: BEFORE, delimiter: mapping.delimiter, isHeader: (names) => names.has(title), refusal }, columns: mapping };
  }
  const head = await headOf(source);
  const isHeader = (names: ReadonlySet<string>): boolean => guessMapping([...names]).title !== undefined;
  const shape: CsvShape = { report: "CSV", before: 0, isHeader, refusal };
  const found = csvHead(head, shape) === null ? null : csvColumns(head);
  return { shape, columns: found === null ? {} : guessMapping(found.columns, found.rows) };
}

/**
 * A CSV of somebody's own: each row is a finding, its columns are known by their names (`guessMapping`). What it names
 * as its identity identifies, else rule or title, place, package and port. It gives way to every format that is sure.
 */
export const genericCsv: Importer = genericCsvWith(null);
