import type { Importer, Recognition, Source, Yield } from "./contract";
import type { Limits } from "./limits";
import { readVasResult, type VasResult } from "./openvas/result";
import { type CsvShape, recognisesCsv } from "./reading/csv-head";
import { csvResults, Newest } from "./reading/csv-results";
import type { CsvRow } from "./reading/csv-rows";
import { addressesIn } from "./reading/html-text";
import { instantOf } from "./reading/instants";
import { Tally } from "./reading/tally";

const SHAPE: CsvShape = { report: "OpenVAS CSV", isHeader: (columns) => ["ip", "nvt name", "nvt oid", "severity"].every((name) => columns.has(name)) };

const recognises = (head: string): Recognition => recognisesCsv(head, SHAPE, "`NVT OID` beside `NVT Name`");

/** The report "CSV Results" of OpenVAS and Greenbone. What is the same weakness is told as in the XML. */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const tally = new Tally(limits);
  const newest = new Newest();
  yield* csvResults(source, SHAPE, tally, limits, (row) => {
    newest.see(instantOf(row.at("timestamp")));
    return readVasResult(resultOf(row), limits);
  });
  yield tally.part("openvas", { takenAt: newest.at });
}

/** The texts of the check → the columns that hold them. */
const ABOUT = [["summary", "summary"], ["insight", "vulnerability insight"], ["impact", "impact"], ["affected", "affected software/os"]] as const;

const resultOf = (row: CsvRow): VasResult => ({
  host: row.at("ip") ?? row.at("hostname"),
  otherNames: [row.at("hostname")],
  oid: row.at("nvt oid"),
  name: row.at("nvt name"),
  port: row.at("port") === null ? "" : `${row.at("port") ?? ""}/${row.at("port protocol") ?? "tcp"}`,
  threat: row.at("severity"),
  severity: row.at("cvss"),
  vector: null,
  family: null,
  names: [row.at("cves")],
  references: addressesIn(row.at("other references")),
  about: new Map(ABOUT.map(([name, column]) => [name, row.at(column) ?? ""])),
  solution: row.at("solution"),
  output: row.at("specific result"),
  detection: row.at("vulnerability detection method"),
});

export const openvasCsv: Importer = { format: "openvas-csv", label: "OpenVAS CSV (Greenbone)", media: ["csv"], passes: 1, provesItsEnd: false, recognises, parse };
