import { readUpload } from "@/lib/db/uploads";
import { abandonedScans, scanStanding } from "@/lib/db/sql/scan-claim";

/** The stored file of a scan from its start, as it was sent; each call reads it anew. */
export function storedReport(upload: number): AsyncIterable<Uint8Array> {
  return readUpload(upload);
}

/** Where a scan stands: its status, and how much of its file has been read. Null: there is none. */
export const standingOf = scanStanding;

/** Scans whose runner fell silent: they wait for another one. */
export const abandoned = abandonedScans;
