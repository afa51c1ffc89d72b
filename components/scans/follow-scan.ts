"use client";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { z } from "zod";
import { useLive } from "@/components/shell/live";
import { scanCounts } from "@/lib/domain/scan/counts";
import { SCAN_STATUSES, type ScanFault, type ScanStatus } from "@/lib/domain/views/scans";
import { RUNNING } from "./scan-words";

const count = z.number().int().nonnegative().catch(0);
const NONE_READ = { bytes: 0, share: null, results_read: 0, step: null };
const step = z.object({ at: count, of: count, words: z.string(), final: z.boolean() });

/** A scan as its door tells it, as far as a screen follows it. */
export const scanAnswer = z.object({
  id: z.coerce.number().int().positive(),
  status: z.enum(SCAN_STATUSES),
  ...scanCounts.shape,
  progress: z.object({ bytes: count, share: z.number().nullable().catch(null), results_read: count, step: step.nullable().catch(null) }).catch(NONE_READ),
  trouble: z.string().nullish(),
  error: z.object({ message: z.string(), next: z.string().nullish(), path: z.string().nullish(), tried: z.array(z.object({ format: z.string(), why: z.string() })).max(200).catch([]) }).nullish(),
});
export type ScanAnswer = z.output<typeof scanAnswer>;

/** Where a scan stands; `share` of its bytes is read, null while that is unknown; `step`: of working it out, once it is read; `trouble`: why it waits, if not for its turn. */
export type Standing = { status: ScanStatus; share: number | null; bytes: number; results: number; step: z.output<typeof step> | null; trouble: string | null };

export function standingOf({ status, progress, trouble = null }: ScanAnswer): Standing {
  return { status, trouble, share: progress.share, bytes: progress.bytes, results: progress.results_read, step: progress.step };
}

/** Line or path of a fault, in words. */
export function faultPlace(fault: { line?: number | null; path?: string | null }): string | null {
  if (fault.line) return `line ${fault.line}`;
  return fault.path ? `at ${fault.path}` : null;
}

export type Fault = Pick<ScanFault, "message" | "tried"> & { where: string | null };

export function faultOf({ error, status }: ScanAnswer): Fault {
  const message = error?.message ?? (status === "cancelled" ? "It was cancelled." : `The import ended as ${status}.`);
  return { message, tried: error?.tried ?? [], where: error ? faultPlace(error) : null };
}

/** Asks once where a scan stands; null where there is no answer. */
export async function askScan(environment: number, scan: number): Promise<ScanAnswer | null> {
  try {
    const answer = await fetch(`/api/e/${environment}/scans/${scan}`, { headers: { Accept: "application/json" }, cache: "no-store" });
    const read = z.object({ scan: scanAnswer }).safeParse(await answer.json());
    return answer.ok && read.success ? read.data.scan : null;
  } catch {
    return null;
  }
}

/** How far it has read is in no log, so that this is asked for; what becomes of it is told by the stream of changes, sooner. */
const POLL_MS = 1_000;

/** Reads the page again when one of its scans changed, whoever changed it; `scan`: that one alone. */
export function useScanNews(scan: number | null = null) {
  const router = useRouter();
  useLive("scans", (changed) => { if (changed === "many" || scan === null || changed.includes(scan)) router.refresh(); });
}

/** Follows a scan that is under way. When it settles, `onSettled` hears of it once; without it the page is read again. */
export function useStanding(environment: number, scan: number, status: ScanStatus, onSettled?: (answer: ScanAnswer) => void): Standing {
  const router = useRouter();
  const [standing, setStanding] = useState<Standing>({ status, share: null, bytes: 0, results: 0, step: null, trouble: null });
  const settled = useEffectEvent((answer: ScanAnswer) => (onSettled ? onSettled(answer) : router.refresh()));

  const moved = useEffectEvent(() => router.refresh()); // badges elsewhere on the page say where it stands
  const last = useRef(status);
  const wake = useRef<() => void>(() => undefined);
  useLive("scans", (changed) => { if (changed === "many" || changed.includes(scan)) wake.current(); });

  useEffect(() => {
    let isOver = false;
    let isTold = false; // while it was asked: what comes back may be older than what was told
    const pause = () => new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, isTold ? 0 : POLL_MS);
      wake.current = () => { clearTimeout(timer); resolve(); };
    });
    async function follow() {
      while (!isOver) {
        isTold = false;
        wake.current = () => { isTold = true; };
        const answer = await askScan(environment, scan);
        if (isOver) return;
        if (answer) setStanding(standingOf(answer));
        if (answer && !RUNNING.includes(answer.status)) return settled(answer);
        if (answer && answer.status !== last.current) moved();
        last.current = answer?.status ?? last.current;
        await pause();
      }
    }
    void follow();
    return () => { isOver = true; };
  }, [environment, scan]);

  return standing;
}
