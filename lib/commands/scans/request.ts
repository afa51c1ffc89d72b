import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { row } from "@/lib/db/rows";
import { storeUpload } from "@/lib/db/uploads";
import { ok, type Result } from "@/lib/domain/refusal";
import { scanOptions } from "@/lib/domain/scan/input";
import type { Actor } from "@/lib/gate/actor";
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
 * Permission and options are checked before the first byte is stored. Refuses an empty file, one cut short and one too large.
 */
export async function requestScan(actor: Actor, raw: unknown, report: Report): Promise<Result<{ scan: number; sha256: string; bytes: number }>> {
  const permitted = permit(actor, "scan.import", raw);
  if (!permitted.ok) return permitted;
  const read = parse(asked, raw);
  if (!read.ok) return read;

  const stored = await storeUpload(read.value.environment, read.value.name, report.bytes, report);
  if (!stored.ok) return stored;
  return commit(actor, { act: "scan.import", input, work }, { ...read.value, upload: stored.value });
}

type Asked = z.output<typeof input>;

async function work(tx: Tx, given: Asked, { actor }: Context): Promise<Result<Change<{ scan: number; sha256: string; bytes: number }>>> {
  const { options, upload } = given;
  const next = await row(tx, z.object({ id: z.number() }), sql`SELECT nextval(pg_get_serial_sequence('scan', 'id'))::int AS id`);
  if (!next) throw new Error("The sequence of scans gave no number.");

  return ok({
    trail: [{ action: "scan.requested", record: { type: "scan", number: next.id }, scan: next.id, after: { file: given.name, sha256: upload.sha256, bytes: upload.bytes, ...options } }],
    write: async (writing) => {
      await createScan(writing, next.id, given, actor);
      return { scan: next.id, sha256: upload.sha256, bytes: upload.bytes };
    },
    jobs: [{ name: "run-import", payload: { scan: next.id } }],
  });
}

async function createScan(tx: Tx, id: number, { environment, options, upload }: Asked, actor: Actor): Promise<void> {
  await tx.scan.create({
    data: {
      id, environmentId: environment, uploadId: upload.id, format: options.format, extent: options.scope,
      assetName: options.asset ?? null, assetOverride: options.asset_override, detectorName: options.detector ?? null,
      scopeRules: options.scope_rules, scopePaths: options.scope_paths, scopeFindings: options.scope_findings, dryRun: options.dry_run,
      actorType: actor.type, actorId: actor.id, actorName: actor.name, personId: actor.personId, requestId: actor.requestId,
    },
  });
}

