import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { Fault, type Input, type Verbs } from "@/lib/cli/command";
import { requestScan } from "@/lib/commands/scans/request";
import type { ScanRecord } from "@/lib/domain/records/scan";
import { COUNT_NAMES } from "@/lib/domain/scan/counts";
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
  scope: z.enum(["full", "partial"]).optional(),
  "taken-at": z.string().optional(),
  "dry-run": z.boolean().default(false),
  apply: z.boolean().default(false),
  "brake-off": z.boolean().default(false),
  note: z.string().optional(),
  mapping: z.string().optional(),
});

const A_DAY = 86_400_000;

/** The same road as over REST: stored, queued, run. Here by this process itself, unless a worker was quicker. */
async function importFile({ values, positionals, json, print, note }: Input): Promise<number> {
  const { environment, "taken-at": taken_at, "dry-run": dry_run, "brake-off": brakeOff, apply, mapping, ...options } = wanted.parse(values);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Fault("name one report: npm run docket -- import FILE --environment 1");
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw new Fault(`there is no file ${file}`);

  const actor = operatorActor(randomUUID());
  const report = { bytes: createReadStream(file), declaredBytes: found.size, maxBytes: env.DOCKET_MAX_UPLOAD_MB * 1024 * 1024 };
  const asked = scanRequest(environment, {
    ...options, taken_at, dry_run, apply: apply ? "now" : undefined, brake: brakeOff ? "off" : "on", mapping: await mappingText(mapping), filename: path.basename(file),
  });
  const received = await requestScan(actor, asked, report);
  if (!received.ok) throw new Fault([received.refusal.message, received.refusal.next].filter(Boolean).join(" "));
  note(`scan ${received.value.scan}: ${received.value.bytes} bytes received`);

  await runImport(received.value.scan);
  const scan = await settledScan(actor, { environment, id: received.value.scan }, A_DAY);
  if (!scan.ok) throw new Fault(scan.refusal.message);
  print(json ? JSON.stringify(scan.value) : told(scan.value));
  return scan.value.status === "completed" || scan.value.status === "previewed" ? 0 : 1;
}

/** A mapping is given as a file of JSON, as JSON, or as the name of a saved one. */
async function mappingText(given: string | undefined): Promise<string | undefined> {
  if (given === undefined || !given.endsWith(".json")) return given;
  return readFile(given, "utf8").catch(() => { throw new Fault(`there is no file ${given}`); });
}

function told(scan: ScanRecord): string {
  const head = `scan ${scan.id} ${scan.status}`;
  if (scan.error) return `${head}: ${scan.error.message}${scan.error.at === null ? "" : ` (${scan.error.at})`}\n  ${scan.error.next}`;
  const held = [...scan.held, ...scan.notes].map((why) => `\n  ${why}`).join("");
  const torn = scan.parts.filter(({ rejected }) => rejected > 0).map(({ detector, rejected }) => `\n  ${rejected} of ${detector} could not be read: it closes nothing`).join("");
  return `${head} (${scan.format}): ${COUNT_NAMES.map((name) => `${scan[name]} ${name.replaceAll("_", " ")}`).join(", ")}${torn}${held}`;
}

export const verbs: Verbs = {
  "": {
    summary: "import a scanner's report; exit code 0 when it is applied or shown, 1 when it is refused or the brake holds it",
    usage: "FILE --environment NUMBER [--asset NAME] [--detector NAME] [--scope full|partial] [--format NAME] [--mapping NAME|FILE.json] "
      + "[--taken-at TIME] [--dry-run | --apply] [--brake-off --note TEXT] [--json]",
    options: {
      environment: { type: "string" },
      asset: { type: "string" },
      detector: { type: "string" },
      scope: { type: "string" },
      format: { type: "string" },
      "taken-at": { type: "string" },
      "dry-run": { type: "boolean" },
      apply: { type: "boolean" },
      "brake-off": { type: "boolean" },
      note: { type: "string" },
      mapping: { type: "string" },
    },
    run: importFile,
  },
};
