import type { Observed, Source, Yield } from "../contract";
import type { Limits } from "../limits";
import type { CsvShape } from "./csv-head";
import { type CsvRow, readCsv } from "./csv-rows";
import type { Tally } from "./tally";

/** A CSV of which each row is one result: reads them in order; a text is why a row cannot be used, null is no finding. */
export async function* csvResults(source: Source, shape: CsvShape, tally: Tally, limits: Limits, read: (row: CsvRow) => Observed | string | null): AsyncGenerator<Yield> {
  for await (const rows of readCsv(source, limits, shape)) {
    for (const row of rows) yield* tally.made(row.why ?? read(row), row.where);
  }
}

/** Cells of spreadsheets are guarded by an apostrophe before what would be a formula, and `'-` says that there is nothing. */
export function unguarded(text: string | null): string | null {
  const bare = text !== null && /^'[=+\-@\t\r\n]/.test(text) ? text.slice(1).trim() : text;
  return bare === "-" || bare === "" ? null : bare;
}

/** The newest of the instants seen, for reports whose rows say when they were taken. */
export class Newest {
  at: Date | null = null;

  see(instant: Date | null): void {
    if (instant !== null && (this.at === null || instant > this.at)) this.at = instant;
  }
}
