import type { Severity } from "@/lib/domain/finding/words";
import { columnMapping, MAPPED_FIELDS, mappedColumns, type ColumnMapping, type MappedField, type MappingGuess } from "@/lib/domain/scan/mapping";
import type { ReportLook } from "@/lib/domain/views/scans";

export type Table = NonNullable<ReportLook["table"]>;

/** How a table is about to be read: a column for each field, and what the words of its severity column mean. */
export type MappingDraft = { columns: MappingGuess; severities: Readonly<Record<string, Severity>>; rest: Pick<ColumnMapping, "delimiter" | "list"> };

/** Fields that most tables have; the others are asked for further down. */
export const FIRST_FIELDS: readonly MappedField[] = ["title", "severity", "asset", "location", "rule", "description"];

/** Where several of one's own words begin: P1 and sev-1 are the worst of five. Bare numbers go either way, so they are asked for. */
const RANKED = /^(?:p|prio|priority|s|sev|severity)[\s_-]*([1-5])$/i;
const RANKS: readonly Severity[] = ["critical", "high", "medium", "low", "info"];

/** Which column stands where in the rows. */
function cellsOf({ columns, rows }: Table, column: string | undefined): string[] {
  const at = column === undefined ? -1 : columns.indexOf(column);
  return at < 0 ? [] : rows.map((cells) => (cells[at] ?? "").trim()).filter((cell) => cell !== "");
}

/** The different words of the severity column in the rows that are known; at most 12. */
export function severityWords(table: Table, column: string | undefined): string[] {
  return [...new Set(cellsOf(table, column).map((word) => word.slice(0, 100)))].slice(0, 12);
}

/** What the first row holds in a column, for the eye. */
export function sampleOf(table: Table, column: string | undefined): string {
  return cellsOf(table, column)[0]?.slice(0, 60) ?? "";
}

function guessedSeverities(table: Table, column: string | undefined): Record<string, Severity> {
  const guessed = severityWords(table, column).map((word) => [word, RANKS[Number(RANKED.exec(word)?.[1]) - 1]] as const);
  return Object.fromEntries(guessed.flatMap(([word, severity]) => (severity === undefined ? [] : [[word, severity]])));
}

/** The draft of a table as its columns are guessed. */
export function guessedDraft(table: Table): MappingDraft {
  return { columns: table.guess, severities: guessedSeverities(table, table.guess.severity), rest: {} };
}

/** A saved reading as a draft, with the columns that this table has. */
export function draftOf(mapping: ColumnMapping, table: Table): MappingDraft {
  const has = new Set(table.columns);
  const columns: MappingGuess = {};
  for (const [field, name] of mappedColumns(mapping)) if (has.has(name)) columns[field] = name;
  return { columns, severities: mapping.severities ?? {}, rest: { delimiter: mapping.delimiter, list: mapping.list } };
}

/** Says that a field stands in a column, or in none; another severity column has other words. */
export function withColumn(draft: MappingDraft, table: Table, field: MappedField, column: string): MappingDraft {
  const columns: MappingGuess = { ...draft.columns, [field]: column === "" ? undefined : column };
  return field === "severity" ? { ...draft, columns, severities: guessedSeverities(table, columns.severity) } : { ...draft, columns };
}

/** The mapping, or why it is none yet. */
export function mappingOf({ columns, severities, rest }: MappingDraft): { mapping: ColumnMapping | null; fault: string | null } {
  const named = MAPPED_FIELDS.flatMap(({ field }) => (columns[field] === undefined ? [] : [[field, columns[field]]]));
  const read = columnMapping.safeParse({ ...Object.fromEntries(named), ...rest, ...(Object.keys(severities).length > 0 ? { severities } : {}) });
  return read.success ? { mapping: read.data, fault: null } : { mapping: null, fault: columns.title === undefined ? "Say which column is the title." : (read.error.issues[0]?.message ?? "This cannot be read.") };
}
