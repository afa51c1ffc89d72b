import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { policyOf } from "@/lib/db/policy";
import { row } from "@/lib/db/rows";
import { storeUpload } from "@/lib/db/uploads";
import { can } from "@/lib/domain/access/can";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import { scanOptions, type ScanRequest } from "@/lib/domain/scan/input";
import { takenFault } from "@/lib/domain/scan/report";
import { columnMapping, type ColumnMapping } from "@/lib/domain/scan/mapping";
import { roleIn, type Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { parse, permit } from "@/lib/gate/permit";

const asked = z.object({ environment: z.number().int().positive(), name: z.string().max(300).default("report"), options: scanOptions });
const input = asked.extend({ upload: z.object({ id: z.number(), bytes: z.number(), sha256: z.string() }) });

export type Report = {
  bytes: AsyncIterable<Uint8Array>;
  /** Content-Length; null where the sender did not say. */
  declaredBytes: number | null;
  maxBytes: number;
};

/**
 * Receives a report and queues its import. Takes `{environment, name, options}` and the file as a stream; gives the number of the scan.
 * Permission and options are checked before the first byte is stored. Refuses an empty file, one cut short and one too large, and a time that cannot be.
 */
export async function requestScan(actor: Actor, raw: unknown, report: Report): Promise<Result<{ scan: number; sha256: string; bytes: number }>> {
  const permitted = permit(actor, "scan.import", raw);
  if (!permitted.ok) return permitted;
  const read = parse(asked, raw);
  if (!read.ok) return read;
  const braked = mayBrake(actor, read.value.environment, read.value.options);
  if (!braked.ok) return braked;

  const stored = await storeUpload(read.value.environment, read.value.name, report.bytes, report);
  if (!stored.ok) return stored;
  return commit(actor, { act: "scan.import", input, work }, { ...read.value, upload: stored.value });
}

/** Whoever switches the brake off takes it on themselves: a manager, with a note. */
function mayBrake(actor: Actor, environment: number, { brake, note }: ScanRequest): Result<null> {
  if (brake === "on") return ok(null);
  if (!can(roleIn(actor, environment), "scan.release"))
    return refuse("forbidden", "Only a manager may switch the brake off.", { next: "Send the report without it: a manager releases what it holds." });
  return note === undefined ? refuseInput([{ path: "note", message: "Say in a note why the brake is switched off." }]) : ok(null);
}

type Asked = z.output<typeof input>;

async function work(tx: Tx, given: Asked, { actor, now }: Context): Promise<Result<Change<{ scan: number; sha256: string; bytes: number }>>> {
  const { environment, options, upload } = given;
  const wrong = options.taken_at ? takenFault(options.taken_at, now) : null;
  if (wrong !== null) return refuseInput([{ path: "taken_at", message: wrong }]);
  const mapping = await mappingOf(tx, environment, options.mapping);
  if (!mapping.ok) return mapping;
  const { imports } = await policyOf(tx, environment);
  const dryRun = options.dry_run || (options.apply === undefined && imports.mode === "preview");
  const next = await row(tx, z.object({ id: z.number() }), sql`SELECT nextval(pg_get_serial_sequence('scan', 'id'))::int AS id`);
  if (!next) throw new Error("The sequence of scans gave no number.");

  return ok({
    trail: [{ action: "scan.requested", record: { type: "scan", number: next.id }, scan: next.id, after: { file: given.name, sha256: upload.sha256, bytes: upload.bytes, ...options, dry_run: dryRun }, note: options.note ?? null }],
    write: async (writing) => {
      await createScan(writing, next.id, given, { actor, dryRun, mapping: mapping.value });
      return { scan: next.id, sha256: upload.sha256, bytes: upload.bytes };
    },
    jobs: [{ name: "run-import", payload: { scan: next.id } }],
  });
}

/** The mapping as it stands now: a saved one may change later, what was asked of this report does not. */
async function mappingOf(tx: Tx, environment: number, asked: ScanRequest["mapping"]): Promise<Result<ColumnMapping | null>> {
  if (typeof asked !== "string") return ok(asked ?? null);
  const saved = await tx.columnMapping.findUnique({ where: { environmentId_name: { environmentId: environment, name: asked } } });
  return saved ? ok(columnMapping.parse(saved.mapping)) : refuseInput([{ path: "mapping", message: `There is no saved mapping ${asked} here.` }]);
}

type Frozen = { actor: Actor; dryRun: boolean; mapping: ColumnMapping | null };

async function createScan(tx: Tx, id: number, { environment, options, upload }: Asked, { actor, dryRun, mapping }: Frozen): Promise<void> {
  await tx.scan.create({
    data: {
      id, environmentId: environment, uploadId: upload.id, format: options.format, extent: options.scope ?? "full", extentSaid: options.scope !== undefined,
      assetName: options.asset ?? null, assetOverride: options.asset_override, detectorName: options.detector ?? null,
      scopeRules: options.scope_rules, scopePaths: options.scope_paths, scopeFindings: options.scope_findings, takenSaid: options.taken_at ?? null, dryRun,
      brakeOff: options.brake === "off", brakeNote: options.note ?? null, ...(mapping === null ? {} : { mapping }),
      actorType: actor.type, actorId: actor.id, actorName: actor.name, personId: actor.personId, requestId: actor.requestId,
    },
  });
}

