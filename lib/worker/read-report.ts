import type { ClaimedScan } from "@/lib/commands/scans/start";
import { stageReport, type StagedRow } from "@/lib/commands/scans/stage";
import { takenAt, UNNAMED_ASSET, type RunOfDetector } from "@/lib/domain/scan/report";
import { ReportFault, type Importer, type Observed, type ReportPart, type Source, type Yield } from "@/lib/plugins/importers/contract";
import { LIMITS } from "@/lib/plugins/importers/limits";
import { HEAD_BYTES, headText, importerNamed, recognise } from "@/lib/plugins/importers/recognise";

/** How many rejected rows are kept with their reason; all are counted. */
const KEPT_REJECTIONS = 200;

/** A report, read to its end: its results are staged, this is the rest. */
export type ReadReport = {
  format: string;
  runs: readonly RunOfDetector[];
  staged: number;
  rejected: number;
  rejections: readonly { where: string; why: string }[];
};

/** Finds the format, by content or by the name that the sender gave. @throws ReportFault when it is none that we read */
export async function importerOf(format: string, source: Source): Promise<Importer> {
  const found = recognise(headText(await headOf(source)));
  if (format === "auto") {
    if (found.kind !== "found") throw new ReportFault(found.message);
    return found.importer;
  }
  const named = importerNamed(format);
  if (!named) throw new ReportFault(`There is no format ${format}.`);
  return named;
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

/**
 * Parses a report and stages its results as they come. Nothing counts before the parser saw the end.
 * @throws ReportFault when the file is refused; Replaced when the scan is in other hands by now
 */
export async function readReport(scan: ClaimedScan, importer: Importer, source: Source): Promise<ReadReport> {
  const runs: RunOfDetector[] = [];
  const rejections: { where: string; why: string }[] = [];
  let rejected = 0;
  let open = false;

  async function* results(yields: AsyncIterable<Yield>): AsyncGenerator<StagedRow> {
    for await (const one of yields) {
      open = one.kind !== "part";
      if (one.kind === "result") yield staged(one.result, runs.length, scan);
      if (one.kind === "part") runs.push(runOf(one.part, scan));
      if (one.kind !== "rejected") continue;
      rejected++;
      if (rejections.length < KEPT_REJECTIONS) rejections.push({ where: one.where.slice(0, 500), why: one.why.slice(0, 500) });
    }
  }

  const rows = await stageReport(scan, results(importer.parse(source, LIMITS)));
  if (open || runs.length === 0) throw new ReportFault("The report ends without saying which detector made it.");
  return { format: importer.format, runs, staged: rows, rejected, rejections };
}

function runOf(part: ReportPart, scan: ClaimedScan): RunOfDetector {
  return {
    detector: scan.detectorName ?? part.detector,
    takenAt: takenAt(part.takenAt, scan.requestedAt),
    failed: part.failed,
    assets: scan.assetOverride ? [] : part.scannedAssets,
    rules: part.rules,
  };
}

function staged(result: Observed, part: number, scan: ClaimedScan): StagedRow {
  const own = scan.assetOverride ? null : result.asset;
  return {
    part,
    asset: own ?? scan.assetName ?? UNNAMED_ASSET,
    assetKind: result.assetKind,
    rule: result.rule,
    fingerprint: result.fingerprint,
    fingerprintVersion: result.fingerprintVersion,
    title: result.title,
    location: result.location,
    category: result.category,
    component: result.component,
    port: result.port,
    technical: result.severity,
    cvss: result.cvss,
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
    cvssComputed: null,
    severityWord: result.severityWord,
    firstSeen: result.firstSeen,
  };
}
