import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { Fault, type Input, type Verbs } from "@/lib/cli/command";
import { requestScan } from "@/lib/commands/scans/request";
import type { ScanRecord } from "@/lib/domain/records/scan";
import { scanRequest } from "@/lib/domain/scan/input";
import { env } from "@/lib/env";
import { operatorActor } from "@/lib/gate/actor";
import { settledScan } from "@/lib/queries/scan-settled";
import { runImport } from "@/lib/worker/jobs/run-import";

const wanted = z.object({
  environment: z.coerce.number({ error: "must be a number" }).int().positive(),
  format: z.string().default("auto"),
  asset: z.string().optional(),
  detector: z.string().optional(),
  scope: z.enum(["full", "partial"]).default("full"),
  "dry-run": z.boolean().default(false),
});

const A_DAY = 86_400_000;

/** The same road as over REST: stored, queued, run. Here by this process itself, unless a worker was quicker. */
async function importFile({ values, positionals, json, print, note }: Input): Promise<number> {
  const { environment, "dry-run": dry_run, ...options } = wanted.parse(values);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Fault("name one report: npm run docket -- import FILE --environment 1");
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw new Fault(`there is no file ${file}`);

  const actor = operatorActor(randomUUID());
  const report = { bytes: createReadStream(file), declaredBytes: found.size, maxBytes: env.DOCKET_MAX_UPLOAD_MB * 1024 * 1024 };
  const asked = await requestScan(actor, scanRequest(environment, { ...options, dry_run, filename: path.basename(file) }), report);
  if (!asked.ok) throw new Fault([asked.refusal.message, asked.refusal.next].filter(Boolean).join(" "));
  note(`scan ${asked.value.scan}: ${asked.value.bytes} bytes received`);

  await runImport(asked.value.scan);
  const scan = await settledScan(actor, { environment, id: asked.value.scan }, A_DAY);
  if (!scan.ok) throw new Fault(scan.refusal.message);
  print(json ? JSON.stringify(scan.value) : told(scan.value));
  return scan.value.status === "completed" || scan.value.status === "previewed" ? 0 : 1;
}

const COUNTS = ["observed", "new", "persisting", "refound", "regressed", "unseen", "suppressed", "duplicates_in_report", "rejected"] as const;

function told(scan: ScanRecord): string {
  const head = `scan ${scan.id} ${scan.status}`;
  if (scan.error) return `${head}: ${scan.error.message}${scan.error.at === null ? "" : ` (${scan.error.at})`}`;
  return `${head} (${scan.format}): ${COUNTS.map((name) => `${scan[name]} ${name.replaceAll("_", " ")}`).join(", ")}`;
}

export const verbs: Verbs = {
  "": {
    summary: "import a scanner's report; exit code 1 when it is refused",
    usage: "FILE --environment NUMBER [--asset NAME] [--detector NAME] [--scope full|partial] [--format NAME] [--dry-run] [--json]",
    options: {
      environment: { type: "string" },
      asset: { type: "string" },
      detector: { type: "string" },
      scope: { type: "string" },
      format: { type: "string" },
      "dry-run": { type: "boolean" },
    },
    run: importFile,
  },
};
