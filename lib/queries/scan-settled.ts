import { setTimeout as sleep } from "node:timers/promises";
import { SEND_AGAIN } from "@/lib/domain/scan/fault";
import { SETTLED } from "@/lib/domain/scan/words";
import { refuse, type Result } from "@/lib/domain/refusal";
import type { ScanRecord } from "@/lib/domain/records/scan";
import type { Actor } from "@/lib/gate/actor";
import { getScan } from "@/lib/queries/rest-scans";

/** First looks come quickly, later ones every half second. */
const pauseAfter = (look: number) => Math.min(500, 40 * 1.5 ** look);

/** A scan once nothing more happens to it, or as it stands after so many milliseconds: `{environment, id}`. */
export async function settledScan(actor: Actor, asked: { environment: number; id: number }, patience: number): Promise<Result<ScanRecord>> {
  const until = Date.now() + patience;
  for (let look = 0; ; look++) {
    const scan = await getScan(actor, asked);
    if (!scan.ok || SETTLED.includes(scan.value.status) || Date.now() >= until) return scan;
    await sleep(pauseAfter(look));
  }
}

/** The same; a report that was refused is a refusal, with the place of its fault. */
export async function importedScan(actor: Actor, asked: { environment: number; id: number }, patience: number): Promise<Result<ScanRecord>> {
  const scan = await settledScan(actor, asked, patience);
  if (!scan.ok || scan.value.status !== "failed") return scan;
  const { message, at, next } = scan.value.error ?? { message: "The report was refused.", at: null, next: SEND_AGAIN };
  const place = at === null ? "" : ` (${at})`;
  return refuse("invalid", `${message}${place}`, { next: `${next} No finding of it was stored; the attempt stays as scan ${asked.id}, with its file.`, errors: [{ path: at ?? "report", message }] });
}
