import type { Importer, Observed, Recognition, Source, Yield } from "./contract";
import type { Limits } from "./limits";
import { type Item, readRow, sameItem } from "./nessus/csv-row";
import { type CsvShape, recognisesCsv } from "./reading/csv-head";
import { Newest } from "./reading/csv-results";
import { type CsvRow, readCsv } from "./reading/csv-rows";
import { instantOf } from "./reading/instants";
import { Tally } from "./reading/tally";

/** The headers of Nessus and its web scanner, of Tenable's cloud, and of Tenable Security Center. */
const HEADERS: readonly (readonly string[])[] = [
  ["plugin id", "risk", "host", "name"],
  ["definition.id", "definition.name", "severity"],
  ["plugin", "plugin name", "severity"],
];

const SHAPE: CsvShape = { report: "Nessus CSV", isHeader: (columns) => HEADERS.some((header) => header.every((name) => columns.has(name))) };

const recognises = (head: string): Recognition => recognisesCsv(head, SHAPE, "the columns of a Nessus export");

/**
 * CSV exports of Nessus, of its web application scanner, of Tenable's cloud and of Tenable Security Center. What is the
 * same weakness is told as in the XML: a scan may come once so and once so. Nessus repeats a row for each CVE of its
 * plugin; rows that differ in nothing else are one result.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const tally = new Tally(limits);
  const newest = new Newest();
  const kinds = new Set<string>();
  let item: Item | null = null;
  const finish = (done: Item | null): Yield[] => (done ? tally.made(readRow(done, limits), done.row.where) : []);
  for await (const rows of readCsv(source, limits, SHAPE)) {
    for (const row of rows) {
      if (row.why === null && item && sameItem(item, row)) {
        item.names.push(row.at("cve"));
        continue;
      }
      yield* noting(finish(item), kinds);
      item = row.why === null ? { row, names: [] } : null;
      if (row.why !== null) yield* tally.made(row.why, row.where);
      else newest.see(takenAt(row));
    }
  }
  yield* noting(finish(item), kinds);
  const webOnly = kinds.size === 1 && kinds.has("application");
  yield tally.part(webOnly ? "nessus-was" : "nessus", { takenAt: newest.at });
}

const takenAt = (row: CsvRow): Date | null => instantOf(row.at("last_seen", "last found", "last observed", "host end"));

/** The web scanner is a detector of its own: what it does not see says nothing about the ports of the same host. */
function noting(made: Yield[], kinds: Set<string>): Yield[] {
  const found: Observed[] = made.flatMap((one) => (one.kind === "result" ? [one.result] : []));
  for (const { assetKind } of found) kinds.add(assetKind ?? "host");
  return made;
}

export const nessusCsv: Importer = { format: "nessus-csv", label: "Nessus CSV (Nessus, Tenable)", media: ["csv"], passes: 1, provesItsEnd: false, recognises, parse };
