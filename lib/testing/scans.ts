import { createHash, randomUUID } from "node:crypto";
import type { z } from "zod";
import { applyScan } from "@/lib/commands/scans/apply";
import { requestScan } from "@/lib/commands/scans/request";
import { stageReport, type StagedRow } from "@/lib/commands/scans/stage";
import { beginApplying, startScan, type ClaimedScan } from "@/lib/commands/scans/start";
import type { Severity } from "@/lib/domain/finding/words";
import type { Result } from "@/lib/domain/refusal";
import type { ReportAsset, RunOfDetector } from "@/lib/domain/scan/report";
import type { ScanOutcome, vexStatement } from "@/lib/domain/scan/staged";
import { operatorActor, type Actor } from "@/lib/gate/actor";
import { uploaderOf } from "@/lib/gate/uploader";

/** A report for tests, as an importer would have read it: what was seen, by whom, when. */
export type TestReport = {
  environment: number;
  takenAt: Date;
  /** Names of what was seen: the same name is the same weakness. */
  sees: readonly (string | Partial<StagedRow> & { is: string })[];
  asset?: string;
  detector?: string;
  failed?: boolean;
  assets?: readonly (string | ReportAsset)[];
  options?: Record<string, unknown>;
  actor?: Actor;
  rejected?: number;
  /** The checks that the report says ran. */
  rules?: readonly string[];
  /** The ports that the report says were looked at. */
  ports?: RunOfDetector["ports"];
  /** Files that the report says could not be read. */
  unread?: readonly string[];
  /** What the document states; with `sees` empty and no detector it is a document of statements alone. */
  statements?: readonly z.input<typeof vexStatement>[];
  provesItsEnd?: boolean;
};

export function fingerprintOf(name: string): string {
  return createHash("sha256").update(name).digest("hex");
}

function rowOf(given: TestReport["sees"][number], asset: string): StagedRow {
  const { is, ...wish } = typeof given === "string" ? { is: given } : given;
  const technical: Severity = "high";
  return {
    part: 0, asset, assetKind: null, rule: { key: `rule-${is}`, name: `Rule ${is}`, help: null }, fingerprint: fingerprintOf(is), fingerprintVersion: 1,
    title: `Weakness ${is}`, location: `/srv/${is}`, category: null, component: null, port: null, technical, cvss: null, cwe: [79], cve: ["CVE-2024-0001"],
    legacyCode: null, suppressed: false, description: `About ${is}`, observation: "GET / HTTP/1.1\t\\N", remediation: null, links: [],
    ghsa: [], package: null, context: null, cvssComputed: null, severityWord: null, firstSeen: null, place: null, ...wish,
  };
}

/** Requests a scan and takes it, as a runner would. */
export async function claimedScan(report: TestReport): Promise<ClaimedScan> {
  const { environment, asset = "web-1", options = {} } = report;
  async function* file() {
    yield new TextEncoder().encode("a report that is never parsed");
  }
  const asked = await requestScan(report.actor ?? operatorActor(randomUUID()), { environment, options: { asset, ...options } }, { bytes: file(), declaredBytes: null, maxBytes: 1e6 });
  if (!asked.ok) throw new Error(asked.refusal.message);
  const claimed = await startScan(asked.value.scan);
  if (!claimed) throw new Error("The scan was not there to take.");
  return claimed;
}

export async function stageTest(claimed: ClaimedScan, report: TestReport): Promise<number> {
  async function* results() {
    for (const one of report.sees) yield rowOf(one, report.asset ?? "web-1");
  }
  return stageReport(claimed, results());
}

export async function applyTest(claimed: ClaimedScan, report: TestReport, staged: number): Promise<Result<ScanOutcome>> {
  const run: RunOfDetector = {
    detector: report.detector ?? "probe", takenAt: report.takenAt, failed: report.failed ?? false,
    assets: (report.assets ?? []).map((asset) => (typeof asset === "string" ? { name: asset, kind: "host" } : asset)), rules: report.rules ?? null, ports: report.ports ?? null, unread: report.unread ?? [], rejected: report.rejected ?? 0,
  };
  const { environment, scan, attempt } = claimed;
  await beginApplying(claimed);
  const { rejected = 0, statements = [], provesItsEnd = true } = report;
  const runs = statements.length > 0 && report.sees.length === 0 && report.detector === undefined ? [] : [run];
  return applyScan(uploaderOf(claimed), { environment, scan, attempt, format: "test", runs, takenAt: report.takenAt, staged, rejected, rejections: [], statements, provesItsEnd });
}

/** One whole import without a file: staged, applied; its counts and its number. */
export async function imported(report: TestReport): Promise<ScanOutcome & { scan: number }> {
  const claimed = await claimedScan(report);
  const applied = await applyTest(claimed, report, await stageTest(claimed, report));
  if (!applied.ok) throw new Error(applied.refusal.message);
  return { ...applied.value, scan: claimed.scan };
}
