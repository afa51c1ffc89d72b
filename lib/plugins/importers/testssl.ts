import { ReportFault, type Importer, type Observed, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { readCsv } from "./reading/csv-rows";
import { isFields, stringAt, valueAt, type Fields } from "./reading/fields";
import { firstCharacter } from "./reading/first-character";
import { instantOfSeconds } from "./reading/instants";
import { cutElements, elementsOf } from "./reading/json-elements";
import { placeOf } from "./reading/json-entries";
import { outline } from "./reading/json-outline";
import { observed } from "./reading/observed";
import { NO_PORT, portIn } from "./reading/ports";
import { severityOfWord } from "./reading/severities";
import { Tally } from "./reading/tally";

const COLUMNS = ["id", "fqdn/ip", "port", "severity", "finding"] as const;
/** Lists of the structured JSON that hold what the flat one has in one. */
const SECTIONS = [
  "pretest", "singleCipher", "protocols", "grease", "ciphers", "serverPreferences", "pfs", "fs", "serverDefaults",
  "headerResponse", "vulnerabilities", "cipherTests", "browserSimulations", "rating",
];
/** Words for what is well, or says nothing about the server. */
const PASSED = new Set(["OK", "DEBUG"]);
const NO_FINDINGS = new Set(["scanTime"]);

type Row = { id: string | null; asset: string | null; otherNames: readonly string[]; port: string | null; severity: string | null; finding: string | null; cve: string | null; cwe: string | null };

function recognises(head: string): Recognition {
  const [first = ""] = head.replace(/^\ufeff/, "").split(/\r?\n/, 1);
  if (/^"?id"?[,;]"?fqdn\/ip"?[,;]"?port"?[,;]"?severity"?[,;]"?finding"?/.test(first)) return { verdict: "yes", why: "the header of testssl's CSV" };
  const { root, keys } = outline(head);
  if (root === "array" && ["id", "ip", "port", "severity", "finding"].every((key) => keys.has(key))) return { verdict: "yes", why: "`id`, `ip`, `port`, `severity` and `finding` in a list" };
  if (root === "object" && keys.has("Invocation") && (keys.has("scanResult") || keys.has("openssl"))) return { verdict: "yes", why: "`Invocation` beside `scanResult`" };
  return { verdict: "no", why: "neither the columns nor the keys of testssl" };
}

/** One line of a report. A text is why it cannot be used; null is a check that passed. */
function readRow(row: Row, limits: Limits): Observed | string | null {
  const { id, finding } = row;
  if (id === null || row.severity === null) return "a line needs an id and a severity";
  if (PASSED.has(row.severity) || NO_FINDINGS.has(id)) return null;
  const severity = row.severity === "WARN" || row.severity === "FATAL" ? "info" : severityOfWord(row.severity);
  if (severity === null) return "its severity is none of testssl's words";
  if (row.asset === null) return "it names no host";
  const port = portIn(row.port);
  if (port === false) return NO_PORT;
  return observed({
    asset: row.asset,
    assetKind: "host",
    rule: { key: id },
    title: finding === null ? id : `${id}: ${finding}`,
    location: port === null ? "" : `${String(port)}/tcp`,
    identity: ["testssl check", id, port],
    severity,
    severityWord: row.severity,
    cwe: [row.cwe],
    names: [row.cve],
    category: "TLS",
    observation: finding,
    port,
  }, limits);
}

/** What a line looked at, whatever it says of it: a port that can be none was not. */
function looked({ asset, otherNames, port }: Row, tally: Tally): void {
  const at = portIn(port);
  if (at !== false) tally.lookedAt(asset, at, otherNames);
}

/** `www.example.com/192.0.2.7`: the name that was scanned, else the address. */
const namesIn = (text: string | null): string[] => (text ?? "").split("/").map((one) => one.trim()).filter((one) => one !== "");
const hostOf = (text: string | null): string | null => namesIn(text)[0] ?? null;

/**
 * testssl.sh's CSV and its JSON, flat and structured (`--json-pretty`). Checks that passed (`OK`) are no findings, what
 * it only tells (`INFO`, `WARN`) is informational. A scan that broke off (`FATAL`) covers nothing.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const first = await firstCharacter(source);
  yield* first === "{" || first === "[" ? parseJson(source, limits, first === "{") : parseCsv(source, limits);
}

async function* parseCsv(source: Source, limits: Limits): AsyncGenerator<Yield> {
  const tally = new Tally(limits);
  let failed = false;
  for await (const rows of readCsv(source, limits, { report: "testssl CSV", isHeader: (columns) => COLUMNS.every((name) => columns.has(name)) })) {
    for (const row of rows) {
      const read: Row = { id: row.at("id"), asset: hostOf(row.at("fqdn/ip")), otherNames: namesIn(row.at("fqdn/ip")), port: row.at("port"), severity: row.at("severity"), finding: row.at("finding"), cve: row.at("cve"), cwe: row.at("cwe") };
      failed ||= row.why === null && read.severity === "FATAL";
      if (row.why === null) looked(read, tally);
      yield* tally.made(row.why ?? readRow(read, limits), row.where);
    }
  }
  yield tally.part("testssl", { failed, ...tally.portsLooked });
}

async function* parseJson(source: Source, limits: Limits, structured: boolean): AsyncGenerator<Yield> {
  const tally = new Tally(limits);
  const rows = structured ? SECTIONS.map((section) => `scanResult[].${section}?[]`) : ["[]"];
  const elements = elementsOf([...rows, "startTime", "scanResult[].targetHost", "scanResult[].ip", "scanResult[].port"].slice(0, structured ? undefined : 1), limits);
  const aim = new Aim();
  let takenAt: Date | null = null;
  let failed = false;
  let known = structured;
  for await (const batch of cutElements(source, elements)) {
    for (const cut of batch) {
      if (structured) aim.at(cut.at[0]);
      if (cut.path === "startTime") takenAt = instantOfSeconds(Number(cut.value) || null);
      if (!cut.path.endsWith("[]")) {
        aim.told(cut.path, cut.value);
        continue;
      }
      const read = isFields(cut.value) ? rowOf(cut.value, aim) : null;
      failed ||= read?.severity === "FATAL";
      known ||= read !== null && read.id !== null && read.severity !== null;
      if (read) looked(read, tally);
      yield* tally.made(read ? readRow(read, limits) : "a line must be an object", placeOf(cut));
    }
  }
  if (!known || (structured && !elements.seen.has("scanResult") && takenAt === null)) throw new ReportFault("This is no testssl report: it holds no results");
  yield tally.part("testssl", { failed, takenAt, provesItsEnd: true, ...tally.portsLooked });
}

/** The server that the lists below it are about. */
class Aim {
  asset: string | null = null;
  port: string | null = null;
  names: string[] = [];
  private server = 0;

  /** A new server of the report begins with nothing known of it. */
  at(server: number | undefined): void {
    if (server === undefined || server === this.server) return;
    this.server = server;
    this.asset = this.port = null;
    this.names = [];
  }

  /** The name wins over the address, whichever comes first. */
  told(path: string, value: unknown): void {
    const text = typeof value === "string" && value !== "" ? value : null;
    if (/\.(?:targetHost|ip)$/.test(path)) this.names.push(...namesIn(text));
    if (path.endsWith(".targetHost")) this.asset = hostOf(text) ?? this.asset;
    else if (path.endsWith(".ip")) this.asset ??= hostOf(text);
    else if (path.endsWith(".port")) this.port = text;
  }
}

/** A number stands in some versions where others write a text. */
function portText(raw: Fields): string | null {
  const port = valueAt(raw, "port");
  return typeof port === "number" ? String(port) : stringAt(raw, "port");
}

function rowOf(raw: Fields, aim: Aim): Row {
  const text = (key: string): string | null => stringAt(raw, key);
  return { id: text("id"), asset: hostOf(text("ip")) ?? aim.asset, otherNames: [...namesIn(text("ip")), ...aim.names], port: portText(raw) ?? aim.port, severity: text("severity"), finding: text("finding"), cve: text("cve"), cwe: text("cwe") };
}

export const testssl: Importer = { format: "testssl", label: "testssl CSV, JSON", media: ["csv", "json"], passes: 1, provesItsEnd: false, recognises, parse };
