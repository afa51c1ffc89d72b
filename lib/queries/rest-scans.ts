import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { pageLimit } from "@/lib/domain/filter/input";
import type { ScanListRecord, ScanRecord } from "@/lib/domain/records/scan";
import { brake } from "@/lib/domain/scan/brake";
import { SEND_AGAIN } from "@/lib/domain/scan/fault";
import { notesOf } from "@/lib/domain/scan/notes";
import { previewFacts } from "@/lib/domain/scan/preview";
import { readShare, stepOf } from "@/lib/domain/scan/words";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { extentOf, triedOf } from "@/lib/queries/scan-view";

const number = z.number().int().positive().max(2_147_483_647);
const beside = {
  upload: true, parts: { include: { detector: true }, omit: { rules: true, unread: true }, orderBy: { position: "asc" } },
  previews: { select: { digest: true, brakes: true, facts: true }, orderBy: { attempt: "desc" }, take: 1 },
} as const;
const brakes = z.array(brake).max(100).catch([]);
const facts = previewFacts.catch(previewFacts.parse({}));

type StoredScan = NonNullable<Awaited<ReturnType<typeof storedScan>>>;

async function storedScan(db: Db, environment: number, id: number) {
  return db.scan.findUnique({ where: { environmentId_id: { environmentId: environment, id } }, include: beside });
}

const iso = (at: Date | null) => at?.toISOString() ?? null;

function recordOf(scan: StoredScan): ScanRecord {
  const { id, status, format, observed, persisting, refound, regressed, unseen, preserved, suppressed, duplicates, rejected, statements, error, errorAt } = scan;
  return {
    ...{ id, status, format, observed, persisting, refound, regressed, unseen, preserved, suppressed, rejected, statements },
    new: scan.created,
    duplicates_in_report: duplicates,
    file: scan.upload.name === "" ? null : scan.upload.name,
    taken_at: iso(scan.takenAt),
    parts: scan.parts.map((part) => ({ detector: part.detector.name, asset_count: part.assetCount, scope: extentOf(scan, part), failed: part.failed, rejected: part.rejected })),
    sha256: scan.upload.sha256,
    file_removed_at: iso(scan.upload.removedAt),
    requested_at: scan.requestedAt.toISOString(),
    started_at: iso(scan.startedAt),
    finished_at: iso(scan.finishedAt),
    error: error === null ? null : { message: error, at: errorAt, next: scan.errorNext ?? SEND_AGAIN, tried: triedOf(scan) },
    trouble: status === "queued" ? scan.trouble : null,
    dry_run: scan.dryRun,
    digest: scan.previews[0]?.digest ?? null,
    held: status === "held" ? brakes.parse(scan.previews[0]?.brakes).map(({ why }) => why) : [],
    notes: notesOf(facts.parse(scan.previews[0]?.facts ?? {}), status === "completed"),
    progress: progressOf(scan),
    url: `/e/${scan.environmentId}/scans/${id}`,
  };
}

function progressOf({ status, bytesRead, upload, passes, resultsRead, step, dryRun }: StoredScan): ScanRecord["progress"] {
  const [read, bytes] = [Number(bytesRead), Number(upload.bytes)];
  const share = status === "parsing" ? readShare({ read, bytes, passes }) : null;
  return { bytes_read: read, bytes, results_read: resultsRead, passes, share, step: status === "applying" && step !== null ? stepOf(step, dryRun) : null };
}

/** One scan with its counts: `{environment, id}`. */
export function getScan(actor: Actor, raw: unknown): Promise<Result<ScanRecord>> {
  return read(actor, {
    act: "scan.read",
    input: z.object({ environment: number, id: number }),
    load: async (db, { environment, id }) => {
      const scan = await storedScan(db, environment, id);
      return scan ? ok(recordOf(scan)) : refuse("missing", `There is no scan ${id} here.`);
    },
  }, raw);
}

const CURSOR = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z)_(\d{1,9})$/;

/** Scans, newest first: `{environment, limit, cursor}`. */
export function listScans(actor: Actor, raw: unknown): Promise<Result<ScanListRecord>> {
  return read(actor, {
    act: "scan.read",
    input: z.object({ environment: number, limit: pageLimit, cursor: z.string().max(200).optional() }),
    load: async (db, { environment, limit, cursor }) => {
      const [, at, id] = CURSOR.exec(cursor ?? "") ?? [];
      if (cursor !== undefined && (at === undefined || Number.isNaN(Date.parse(at)))) return refuseInput([{ path: "cursor", message: "This cursor is not one of this list. Begin without it." }]);
      const before = at === undefined ? {} : { OR: [{ requestedAt: { lt: new Date(at) } }, { requestedAt: new Date(at), id: { lt: Number(id) } }] };
      const found = await db.scan.findMany({
        where: { environmentId: environment, ...before }, orderBy: [{ requestedAt: "desc" }, { id: "desc" }], take: limit + 1, include: beside,
      });
      const shown = found.slice(0, limit);
      const last = found.length > limit ? shown.at(-1) : undefined;
      return ok({ items: shown.map(recordOf), next_cursor: last ? `${last.requestedAt.toISOString()}_${last.id}` : null });
    },
  }, raw);
}
