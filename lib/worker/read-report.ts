import type { ClaimedScan, Progress } from "@/lib/commands/scans/start";
import { stageReport, type StagedRow } from "@/lib/commands/scans/stage";
import { scoreBook } from "@/lib/domain/finding/cvss";
import { takenAt, UNNAMED_ASSET, type RunOfDetector } from "@/lib/domain/scan/report";
import type { ColumnMapping } from "@/lib/domain/scan/mapping";
import { storable } from "@/lib/domain/storable";
import { KEPT_REJECTIONS, MOST_STATED, MOST_STATEMENTS, pairsOf, type VexStatement } from "@/lib/domain/scan/staged";
import { type AssetKind, ReportFault, type Importer, type ReportPart, type Source, type Statement, type Yield } from "@/lib/plugins/importers/contract";
import { columnsIn, isMappedFormat, mappedImporter } from "@/lib/plugins/importers/generic/mapped";
import { LIMITS } from "@/lib/plugins/importers/limits";
import { HEAD_BYTES, headText, importerNamed, recognise, type Tried } from "@/lib/plugins/importers/recognise";
import { readWhole } from "@/lib/plugins/importers/reading/whole";
import { UNPACK_LIMITS } from "@/lib/worker/unpack";

/** Characters of a place in a report that are kept. */
const MOST_PLACE = 200;

/** What CVSS vectors score; the same everywhere and for ever, so that a process may remember it. */
const score = scoreBook();

/** A report, read to its end: its results are staged, this is the rest. */
export type ReadReport = {
  format: string;
  runs: readonly RunOfDetector[];
  staged: number;
  rejected: number;
  rejections: readonly { where: string; why: string }[];
  statements: readonly VexStatement[];
  takenAt: Date;
  provesItsEnd: boolean;
  namesDetector: boolean;
};

/** No format claims the report, or more than one does: what each of them says to it. */
export class Unrecognised extends ReportFault {
  readonly tried: readonly Tried[];

  constructor(message: string, tried: readonly Tried[]) {
    super(message);
    this.name = "Unrecognised";
    this.tried = tried;
  }
}

/** Finds the format, by content or by the name that the sender gave; a mapping makes it a table of their own. @throws ReportFault when it is none that we read */
export async function importerOf(format: string, source: Source, mapping: ColumnMapping | null = null): Promise<Importer> {
  const head = headText(await headOf(source));
  if (mapping !== null) return mapped(format, mapping, head);
  const found = recognise(head);
  if (format === "auto") {
    if (found.kind !== "found") throw new Unrecognised(found.message, found.tried);
    return found.importer;
  }
  const named = importerNamed(format);
  if (!named) throw new ReportFault(`There is no format ${format}.`);
  return named;
}

/** May a report of what the sender asked for begin like this? It picks the one report out of several files. */
export function isReportOf(format: string, head: string, mapping: ColumnMapping | null): boolean {
  if (mapping !== null) return columnsIn(head, mapping) !== null;
  if (format === "auto") return recognise(head).kind !== "unknown";
  return importerNamed(format)?.recognises(head).verdict !== "no";
}

function mapped(format: string, mapping: ColumnMapping, head: string): Importer {
  const named = format === "auto" ? columnsIn(head, mapping)?.format : format;
  if (named === undefined) throw new ReportFault("A mapping reads a CSV with a header or a JSON list of objects: this is neither.");
  if (!isMappedFormat(named)) throw new ReportFault(`The format ${named} has its own columns: a mapping is for generic-csv and generic-json.`);
  return mappedImporter(named, mapping);
}

async function headOf(source: Source): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of source.open()) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes >= HEAD_BYTES) break;
  }
  return Buffer.concat(pieces);
}

/** What is gathered while the results go by. */
type Gathered = { about: AssetKind | null; runs: RunOfDetector[]; times: Date[]; rejected: number; rejections: { where: string; why: string }[]; statements: VexStatement[]; stated: number; isOpen: boolean; isProven: boolean };

/**
 * Parses a report and stages its results as they come. Nothing counts before the parser saw the end. `progress` counts along;
 * `stop` ends it between two results.
 * @throws ReportFault when the file is refused; Replaced when the scan is in other hands by now
 */
export async function readReport(scan: ClaimedScan, importer: Importer, source: Source, progress?: Progress, stop?: AbortSignal): Promise<ReadReport> {
  const found: Gathered = { about: importer.about ?? null, runs: [], times: [], rejected: 0, rejections: [], statements: [], stated: 0, isOpen: false, isProven: true };

  async function* results(yields: AsyncIterable<Yield>): AsyncGenerator<StagedRow> {
    let [sinceLast, rejectedBefore] = [0, 0];
    for await (const one of yields) {
      stop?.throwIfAborted();
      if (one.kind === "result") {
        sinceLast++;
        if (progress) progress.results++;
        yield staged(one, found.runs.length, scan, found.about);
      } else if (one.kind === "part") {
        sinceLast = closePart(found, one.part, { results: sinceLast, rejected: found.rejected - rejectedBefore }, scan);
        rejectedBefore = found.rejected;
        found.isProven &&= one.part.provesItsEnd ?? importer.provesItsEnd !== false;
      } else gather(found, one);
      found.isOpen = one.kind !== "part";
    }
  }

  const rows = await stageReport(scan, results(readWhole(importer, source, { ...LIMITS, bytes: UNPACK_LIMITS.bytes })));
  const { runs, times, rejected, rejections, statements } = found;
  if (found.isOpen || times.length === 0) throw new ReportFault("The report ends without saying which detector made it.");
  if (runs.length + statements.length === 0) throw new ReportFault("The document states nothing about any vulnerability.");
  const latest = new Date(Math.max(...times.map((at) => at.getTime())));
  const namesDetector = scan.detectorName !== null || !isMappedFormat(importer.format);
  return { format: importer.format, runs, staged: rows, rejected, rejections, statements, takenAt: latest, provesItsEnd: found.isProven, namesDetector };
}

/** A part that only states things is no look: nothing was looked at. Should it have results all the same, they cover nothing. Gives 0. */
function closePart({ runs, times, about }: Gathered, part: ReportPart, { results, rejected }: { results: number; rejected: number }, scan: ClaimedScan): 0 {
  const run = { ...runOf(part, scan, about), rejected };
  times.push(run.takenAt);
  const isLook = part.statementsOnly !== true;
  if (isLook || results > 0) runs.push(isLook ? run : { ...run, failed: true });
  return 0;
}

function gather(found: Gathered, one: Extract<Yield, { kind: "statement" | "rejected" }>): void {
  if (one.kind === "statement") {
    if (found.statements.length >= MOST_STATEMENTS) throw new ReportFault(`The document makes more than ${MOST_STATEMENTS} statements.`);
    found.stated += pairsOf(one.statement);
    if (found.stated > MOST_STATED) throw new ReportFault(`The document names more than ${MOST_STATED.toLocaleString("en")} pairs of a vulnerability and a product.`);
    found.statements.push(stated(one.statement));
    return;
  }
  found.rejected++;
  if (found.rejections.length < KEPT_REJECTIONS) found.rejections.push({ where: storable(one.where, 500), why: storable(one.why, 500) });
}

function stated({ vulnerabilities, products, about, status, justification, note, author, saidAt }: Statement): VexStatement {
  const short = (texts: readonly string[]) => texts.map((one) => one.slice(0, 2_000));
  return {
    vulnerabilities: short(vulnerabilities).slice(0, 1_000), products: short(products).slice(0, 10_000), about: about.map(({ parts, ...one }) => ({ ...one, parts: [...parts] })), status, justification: justification?.slice(0, 20_000) ?? null,
    note: note?.slice(0, 100_000) ?? null, author: author?.slice(0, 2_000) ?? null, saidAt,
  };
}

/** What the sender named was looked at where the report names nothing by itself, or where all of it is meant; the report may know what kind of thing that is. */
function runOf(part: ReportPart, scan: ClaimedScan, about: AssetKind | null): Omit<RunOfDetector, "rejected"> {
  const isNamed = scan.assetOverride || part.scannedAssets.length === 0;
  const named = scan.assetName === null || about === null || !isNamed ? [] : [{ name: scan.assetName, kind: about }];
  return {
    detector: scan.detectorName ?? part.detector,
    takenAt: takenAt(part.takenAt, scan.requestedAt, scan.takenSaid),
    failed: part.failed,
    assets: [...(scan.assetOverride ? [] : part.scannedAssets), ...named],
    rules: part.rules,
    ports: part.ports?.map((port) => (scan.assetOverride && port.asset !== null ? { ...port, asset: scan.assetName } : port)) ?? null,
    unread: part.unread ?? [],
  };
}

function staged({ result, where = "" }: Extract<Yield, { kind: "result" }>, part: number, scan: ClaimedScan, about: AssetKind | null): StagedRow {
  const own = scan.assetOverride ? null : result.asset;
  return {
    part,
    asset: own ?? scan.assetName ?? UNNAMED_ASSET,
    assetKind: result.assetKind ?? about,
    rule: result.rule,
    fingerprint: result.fingerprint,
    fingerprintVersion: result.fingerprintVersion,
    title: result.title,
    location: result.location,
    category: result.category,
    component: result.component,
    port: result.port,
    technical: result.severity,
    cvss: result.cvss && { ...result.cvss, score: result.cvss.score ?? score(result.cvss.vector) },
    cwe: result.cwe,
    cve: result.cve,
    legacyCode: result.legacyCode,
    suppressed: result.suppressed,
    description: result.description,
    observation: result.observation,
    remediation: result.remediation,
    links: result.references,
    ghsa: result.ghsa,
    package: result.package,
    context: result.context,
    cvssComputed: score(result.cvss?.vector ?? null),
    severityWord: result.severityWord,
    firstSeen: result.firstSeen,
    place: where === "" ? null : storable(where, MOST_PLACE),
  };
}
