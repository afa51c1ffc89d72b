import { fileRemovedAt, OpenUpload, readUpload } from "@/lib/db/uploads";
import { abandonedScans, scanStanding } from "@/lib/db/sql/scan-claim";

/** The stored file of a scan as it was sent, from byte `from` up to, but without, byte `to`; all of it unless told. Each call reads it anew. */
export function storedReport(upload: number, from?: number, to?: number): AsyncIterable<Uint8Array> {
  return readUpload(upload, from, to);
}

/** The same for who reads it in parts: `bytes` long, each part of it by `read(from, to)`, until `close`. */
export function openReport({ upload, uploadBytes }: { upload: number; uploadBytes: number }): OpenUpload {
  return new OpenUpload(upload, uploadBytes);
}

/** Since when the stored file of a scan is gone; null: it is there. */
export const removedAt = fileRemovedAt;

/** Where a scan stands: its status, and how much of its file has been read. Null: there is none. */
export const standingOf = scanStanding;

/** Scans whose runner fell silent: they wait for another one. */
export const abandoned = abandonedScans;
