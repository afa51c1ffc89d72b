import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { SEND_AGAIN } from "@/lib/domain/scan/fault";
import { formatLabel } from "@/lib/domain/scan/formats";
import type { ScanDetail, ScanFault, ScanRow } from "@/lib/domain/views/scans";

/** What a scan is shown with. */
export const BESIDE_SCAN = { upload: true, parts: { include: { detector: true }, omit: { rules: true, unread: true }, orderBy: { position: "asc" }, take: 1_000 } } as const;

/** One scan of the environment, or null. */
export function storedScan(db: Db, environment: number, id: number) {
  return db.scan.findUnique({ where: { environmentId_id: { environmentId: environment, id } }, include: BESIDE_SCAN });
}

export type StoredScan = NonNullable<Awaited<ReturnType<typeof storedScan>>>;

const iso = (at: Date | null) => at?.toISOString() ?? null;

const tried = z.array(z.object({ format: z.string(), why: z.string() })).max(200).catch([]);

/** What each format said to a report that none of them, or more than one, claims. */
export function triedOf({ status, rejections }: Pick<StoredScan, "status" | "rejections">): { format: string; why: string }[] {
  return status === "failed" ? tried.parse(rejections) : [];
}

/** Where the fault is: a line of the file, or a path in it. */
function faultOf(scan: StoredScan): ScanFault | null {
  const { error, errorAt, errorNext } = scan;
  if (error === null) return null;
  const line = /^line (\d+)/i.exec(errorAt ?? "")?.[1];
  return { message: error, next: errorNext ?? SEND_AGAIN, line: line === undefined ? null : Number(line), path: line === undefined ? errorAt : null, tried: triedOf(scan) };
}

/** What a part of the scan counted as: full unless it was declared partial, its format cannot prove its end and nobody vouched for it, or rows of it could not be read. */
export function extentOf({ extent, countedPartial }: Pick<StoredScan, "extent" | "countedPartial">, { rejected }: { rejected: number }): "full" | "partial" {
  return countedPartial || rejected > 0 ? "partial" : extent;
}

/** A scan as a row of the list. */
export function scanView(scan: StoredScan): ScanRow {
  const { observed, created, persisting, refound, regressed, unseen, preserved, suppressed, duplicates, rejected, statements } = scan;
  return {
    number: scan.id,
    status: scan.status,
    fileName: scan.upload.name === "" ? null : scan.upload.name,
    format: scan.format === "auto" ? null : scan.format,
    formatLabel: scan.format === "auto" ? null : formatLabel(scan.format),
    takenAt: iso(scan.takenAt),
    startedAt: iso(scan.startedAt) ?? scan.requestedAt.toISOString(),
    finishedAt: iso(scan.finishedAt),
    by: scan.actorName,
    parts: scan.parts.map((part) => ({ detector: part.detector.name, assetCount: part.assetCount, scope: extentOf(scan, part), failed: part.failed, rejected: part.rejected })),
    counts: { observed, new: created, persisting, refound, regressed, unseen, preserved, suppressed, duplicates_in_report: duplicates, rejected, statements },
    sha256: scan.upload.sha256,
    bytes: Number(scan.upload.bytes),
    error: faultOf(scan),
  };
}

const rejections = z.array(z.object({ where: z.string(), why: z.string() })).max(1_000).catch([]);

/** A scan with the results that could not be read. */
export function scanDetail(scan: StoredScan): ScanDetail {
  const { assetName, assetOverride, detectorName, scopeRules, scopePaths, scopeFindings } = scan;
  const asked = { asset: assetName, assetOverride, detector: detectorName, rules: scopeRules.slice(0, 50), paths: scopePaths.slice(0, 50), findings: scopeFindings.slice(0, 50) };
  return { ...scanView(scan), removedAt: iso(scan.upload.removedAt), rejected: rejections.parse(scan.rejections), asked };
}
