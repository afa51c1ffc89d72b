import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { answering } from "@/lib/bench/answering";
import { grownNessus, nessusTemplates, type GrownReport } from "@/lib/bench/grow";
import { grownSarif, sarifTemplates } from "@/lib/bench/grow-sarif";
import { spec, type Answer, type Spec } from "@/lib/bench/spec";
import { requestScan } from "@/lib/commands/scans/request";
import { startScan } from "@/lib/commands/scans/start";
import { operatorActor } from "@/lib/gate/actor";
import { LIMITS } from "@/lib/plugins/importers/limits";
import { abandoned, storedReport } from "@/lib/queries/scan-report";
import { runImport } from "@/lib/worker/jobs/run-import";
import { importerOf, readReport } from "@/lib/worker/read-report";

/** One report in a process of its own, so that its time and its memory are its own: sends it, then measures what the mode asks for. */
const SAMPLES = path.resolve(import.meta.dirname, "../plugins/importers/samples");

function grown(asked: Spec): GrownReport {
  if (asked.format === "sarif") return grownSarif(sarifTemplates(fs.readFileSync(path.join(SAMPLES, "two-runs.sarif.json"), "utf8")), asked);
  const file = asked.sample ?? path.join(SAMPLES, "three-hosts.nessus");
  return grownNessus(nessusTemplates(fs.readFileSync(file, "utf8"), asked.sample === null), asked);
}

async function send(asked: Spec, report: GrownReport): Promise<{ scan: number; bytes: number }> {
  const sent = await requestScan(operatorActor(randomUUID()), { environment: asked.environment, name: `grown.${asked.format ?? "nessus"}`, options: {} },
    { bytes: report.open(), declaredBytes: null, maxBytes: 2 ** 40 });
  if (!sent.ok) throw new Error(sent.refusal.message);
  return sent.value;
}

async function parseAlone(report: GrownReport): Promise<void> {
  const source = { open: () => report.open() };
  const importer = await importerOf("auto", source);
  for await (const _ of importer.parse(source, LIMITS));
}

async function stageAlone(scan: number): Promise<void> {
  const claimed = await startScan(scan);
  if (!claimed) throw new Error("The scan was not there to take.");
  const source = { open: () => storedReport(claimed.upload) };
  await readReport(claimed, await importerOf(claimed.format, source), source);
}

async function resumeAll(): Promise<void> {
  for (const scan of await abandoned()) await runImport(scan);
}

const WORK: Record<Spec["mode"], (report: GrownReport, scan: number) => Promise<unknown>> = {
  parse: parseAlone,
  stage: (_, scan) => stageAlone(scan),
  import: (_, scan) => runImport(scan),
  resume: () => resumeAll(),
};

async function main(): Promise<Answer> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const asked = spec.parse(JSON.parse(fs.readFileSync(0, "utf8")));
  const report = grown(asked);
  const { scan, bytes } = asked.mode === "import" || asked.mode === "stage" ? await send(asked, report) : { scan: 0, bytes: 0 };
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
  const began = performance.now();
  await WORK[asked.mode](report, scan);
  const milliseconds = performance.now() - began;
  clearInterval(watch);
  return { scan, results: report.results, bytes, milliseconds, grown: Math.max(peak, process.memoryUsage.rss()) - before };
}

answering(main);
