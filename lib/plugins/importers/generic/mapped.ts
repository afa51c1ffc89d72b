import { type ColumnMapping, guessMapping, type MappingGuess } from "@/lib/domain/scan/mapping";
import type { Importer } from "../contract";
import { csvColumns, genericCsvWith } from "../generic-csv";
import { genericJsonWith, jsonColumns } from "../generic-json";

const READERS = { "generic-csv": genericCsvWith, "generic-json": genericJsonWith } as const;

export type MappedFormat = keyof typeof READERS;

export const isMappedFormat = (format: string): format is MappedFormat => Object.hasOwn(READERS, format);

/** The importer of a format of one's own, reading by a mapping that somebody made and that was parsed with `columnMapping`. */
export const mappedImporter = (format: MappedFormat, mapping: ColumnMapping): Importer => READERS[format](mapping);

/** What a report's head shows to whoever maps it: its columns or paths, some rows below them, and what was guessed. */
export type Columns = { format: MappedFormat; columns: readonly string[]; rows: readonly (readonly string[])[]; guess: MappingGuess };

/** `head` as `headText` gives it; null when it is neither a CSV with a header nor JSON with a list of objects. */
export function columnsIn(head: string, hints: Pick<Partial<ColumnMapping>, "delimiter" | "list"> = {}): Columns | null {
  const json = /^\ufeff?\s*[{[]/.test(head);
  const found = json ? jsonColumns(head, hints.list) : csvColumns(head, hints.delimiter);
  if (found === null) return null;
  return { format: json ? "generic-json" : "generic-csv", ...found, guess: guessMapping(found.columns, found.rows) };
}
