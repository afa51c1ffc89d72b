import type { Importer, Recognition, Source, Yield } from "./contract";
import type { Limits } from "./limits";
import { type Check, type Detection, readDetection } from "./qualys/detection";
import { type CsvShape, recognisesCsv } from "./reading/csv-head";
import { csvResults, Newest, unguarded } from "./reading/csv-results";
import type { CsvRow } from "./reading/csv-rows";
import { instantOf } from "./reading/instants";
import { Tally } from "./reading/tally";

/** Of the cloud view (VMDR) and of scheduled reports; the names differ in a few columns. */
const isHeader = (columns: ReadonlySet<string>): boolean => columns.has("qid") && columns.has("title") && columns.has("severity") && HOSTS.some((name) => columns.has(name));
const NAMES = ["asset ipv4", "ip", "dns", "netbios"] as const;
const HOSTS = ["asset name", ...NAMES] as const;

/** Who made the report, for whom, and when, stands above the header in as many as a dozen rows. */
const SHAPE: CsvShape = { report: "Qualys CSV", isHeader, before: 12 };

const recognises = (head: string): Recognition => recognisesCsv(head, SHAPE, "`QID` beside `Title` and an asset");

/** CSV exports of Qualys VMDR and of its reports, with or without the rows that stand above the header. */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const tally = new Tally(limits);
  const newest = new Newest();
  yield* csvResults(source, SHAPE, tally, limits, (row) => {
    newest.see(instantOf(row.at("last detected")));
    return readDetection(detectionOf(row), checkOf(row), limits);
  });
  yield tally.part("qualys", { takenAt: newest.at });
}

const yes = (text: string | null): boolean => /^(?:yes|true|1)$/i.test(text ?? "");

const detectionOf = (row: CsvRow): Detection => ({
  host: unguarded(row.at(...HOSTS)),
  otherNames: NAMES.map((column) => unguarded(row.at(column))),
  qid: row.at("qid"),
  sort: row.at("type", "type detected"),
  port: row.at("port"),
  protocol: unguarded(row.at("protocol")),
  service: null,
  status: row.at("status", "vuln status"),
  result: unguarded(row.at("results", "result")),
  firstSeen: instantOf(row.at("first detected")),
  suppressed: yes(row.at("ignored")) || yes(row.at("disabled")),
});

const checkOf = (row: CsvRow): Check => ({
  title: row.at("title"),
  level: row.at("severity", "kb severity"),
  category: unguarded(row.at("category")),
  threat: unguarded(row.at("threat", "cve-description")),
  impact: unguarded(row.at("impact")),
  solution: unguarded(row.at("solution")),
  cvss3: row.at("cvssv3.1 base (nvd)", "cvssv3.1 base", "cvss3.1 base", "cvss3 base", "cvssv3 base"),
  cvss2: row.at("cvssv2 base (nvd)", "cvssv2 base", "cvss base", "cvss"),
  names: [row.at("cve", "cve id", "cve ids")],
  addresses: (row.at("vendor reference", "vendor reference url") ?? "").split(/[\s,]+/),
});

export const qualysCsv: Importer = { format: "qualys-csv", label: "Qualys CSV (VMDR)", media: ["csv"], passes: 1, provesItsEnd: false, recognises, parse };
