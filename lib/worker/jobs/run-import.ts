import { applyScan } from "@/lib/commands/scans/apply";
import { failScan } from "@/lib/commands/scans/fail";
import { Replaced } from "@/lib/commands/scans/stage";
import { beginApplying, giveBackScan, keepScan, startScan, type ClaimedScan, type Progress } from "@/lib/commands/scans/start";
import { troubleOf } from "@/lib/domain/scan/trouble";
import { storable } from "@/lib/domain/storable";
import { uploaderOf } from "@/lib/gate/uploader";
import { ReportFault } from "@/lib/plugins/importers/contract";
import { openReport, removedAt } from "@/lib/queries/scan-report";
import { importerOf, isReportOf, readReport, Unrecognised, type ReadReport } from "@/lib/worker/read-report";
import { pause } from "@/lib/worker/relay";
import { reportIn } from "@/lib/worker/unpack";

/** Whoever cancels a scan stops its runner with the next one. */
const HEARTBEAT = 2_000;
/** A file under which this many runners vanished is refused: it would bring them down for ever. */
const DEATHS = 5;
/** A database that does not answer is asked so often to take a scan back, and then left to find it by its lease. */
const LETTING_GO = [1_000, 2_000, 5_000, 10_000, 20_000, 20_000] as const;

/**
 * Runs one scan from its stored file: reads, stages, applies. Called by the worker and by the command line alike.
 * Gives false when there was nothing to do: it is done, cancelled, or in other hands; or when it was told to stop. A refused report is no failure of
 * the job; trouble of our own is, and the scan waits meanwhile with words about it.
 * `stop` puts it back between two chunks of the file, or two steps of working it out. At least once: whoever dies in it leaves a lease that runs out, and the next runner starts from the file again.
 */
export async function runImport(scan: number, stop?: AbortSignal): Promise<boolean> {
  const claimed = await startScan(scan);
  if (!claimed) return false;
  if (claimed.tries >= DEATHS) {
    await refuseReport(claimed, new ReportFault(`The worker died ${DEATHS} times while it ran this import, for a reason of our own; the server's log has it.`));
    return true;
  }

  const progress: Progress = { bytes: 0, passes: 1, results: 0 };
  const lost = new AbortController();
  let isBeating = false; // one at a time: what is being written holds the scan until it is done, and each beat waits with a connection of its own
  const heart = setInterval(() => {
    if (isBeating) return;
    isBeating = true;
    void beat(claimed, progress, lost).finally(() => { isBeating = false; });
  }, HEARTBEAT);
  try {
    await run(claimed, progress, stop ? AbortSignal.any([stop, lost.signal]) : lost.signal);
    return true;
  } catch (error) {
    if (error instanceof ReportFault) return await refuseReport(claimed, error);
    const isAsked = stop?.aborted === true; // the sweeper of whoever is up then queues it anew: no try of the job is used up
    if (!isAsked && (error instanceof Replaced || !(await keepScan(claimed, progress).catch(() => true)))) return false;
    await letGo(claimed, isAsked ? null : troubleOf(error), stop);
    if (!isAsked) throw error;
    if (error !== stop.reason && !(error instanceof Replaced)) console.error(error); // no job fails of it, and it may come again
    return false;
  } finally {
    clearInterval(heart);
  }
}

/** A runner that lives and cannot say so (the database is being restarted) has not vanished: it says so as soon as it can. */
async function letGo(claimed: ClaimedScan, trouble: string | null, stop?: AbortSignal): Promise<void> {
  for (const wait of [...LETTING_GO, 0]) {
    const isDone = await giveBackScan(claimed, trouble, true).then(() => true, () => false);
    if (isDone || wait === 0 || stop?.aborted === true) return;
    await pause(wait, stop ?? new AbortController().signal);
  }
}

/** A scan that is no longer this runner's (cancelled, or taken over) is dropped where it stands. A database that does not answer is none of that. */
async function beat(claimed: ClaimedScan, progress: Progress, lost: AbortController): Promise<void> {
  const isOurs = await keepScan(claimed, progress).catch(() => true);
  if (!isOurs) lost.abort(new Replaced());
}

async function run(claimed: ClaimedScan, progress: Progress, stop: AbortSignal): Promise<void> {
  const gone = await removedAt(claimed.upload);
  if (gone !== null) throw new ReportFault(`The file itself was removed on ${gone.toISOString().slice(0, 10)}: send the report again.`);
  const report = await read(claimed, progress, stop);
  if (!(await beginApplying(claimed))) throw new Replaced();
  await apply(claimed, report, stop);
}

async function read(claimed: ClaimedScan, progress: Progress, stop: AbortSignal): Promise<ReadReport> {
  const { format, mapping } = claimed;
  const stored = openReport(claimed);
  try {
    const file = { bytes: stored.bytes, open: (from: number, to: number) => counted(stored.read(from, to), progress, stop) };
    const source = await reportIn(file, (head) => isReportOf(format, head, mapping));
    const importer = await importerOf(format, source, mapping);
    progress.bytes = 0;
    progress.passes = importer.passes;
    return await readReport(claimed, importer, source, progress, stop);
  } finally {
    await stored.close();
  }
}

async function* counted(pieces: AsyncIterable<Uint8Array>, progress: Progress, stop: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    stop.throwIfAborted();
    progress.bytes += piece.length;
    yield piece;
  }
}

/** Told to stop, it hands the scan back, which ends it at its next step, unless it writes by then. */
async function apply(claimed: ClaimedScan, report: ReadReport, stop: AbortSignal): Promise<void> {
  const { environment, scan, attempt } = claimed;
  const handBack = () => void giveBackScan(claimed, null).catch(() => undefined);
  stop.addEventListener("abort", handBack);
  stop.throwIfAborted();
  const applied = await applyScan(uploaderOf(claimed), { environment, scan, attempt, ...report }).finally(() => stop.removeEventListener("abort", handBack));
  if (applied.ok) return;
  if (applied.refusal.code === "conflict") throw new Replaced();
  throw new Error(applied.refusal.message);
}

/** The attempt stays as failed, with the fault and its place; nothing of the report is stored. */
async function refuseReport(claimed: ClaimedScan, fault: ReportFault): Promise<true> {
  const { environment, scan, attempt } = claimed;
  const at = [fault.path, fault.line === undefined ? undefined : `line ${fault.line}`].filter(Boolean).join(", ");
  const tried = fault instanceof Unrecognised ? fault.tried.map(({ label, why }) => ({ format: label, why: storable(why, 500) })) : [];
  const refused = { environment, scan, attempt, message: storable(fault.message, 2_000), at: at === "" ? null : storable(at, 500), tried };
  const failed = await failScan(uploaderOf(claimed), refused);
  if (!failed.ok && failed.refusal.code !== "conflict") throw new Error(failed.refusal.message);
  return true;
}
