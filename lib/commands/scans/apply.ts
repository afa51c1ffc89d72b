import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { policyOf } from "@/lib/db/policy";
import { tallyDelta, workOutDelta } from "@/lib/db/sql/scan-delta";
import { proposeCarries } from "@/lib/db/sql/scan-carry";
import { duplicatesOf, legacyNewcomers, seenResolved, writeConsequences } from "@/lib/db/sql/scan-decisions";
import { movedFindings, writeMoved } from "@/lib/db/sql/scan-moved";
import { openScopes, type ScanOptions } from "@/lib/db/sql/scan-scopes";
import { becomeDocket, becomeScanner, lockChanging, sealChanges, writeDetection, writeLook } from "@/lib/db/sql/scan-write";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { scanCounts, type ScanCounts } from "@/lib/domain/scan/counts";
import { contradictedBy, entriesOf, foldsOf, movesOf } from "@/lib/domain/scan/consequences";
import { ASSET_KINDS, looksOf } from "@/lib/domain/scan/report";
import type { Actor } from "@/lib/gate/actor";
import { commit, Rollback, type Change, type Context } from "@/lib/gate/commit";

const text = z.string().max(2_000);
const run = z.object({
  detector: text,
  takenAt: z.date(),
  failed: z.boolean(),
  assets: z.array(z.object({ name: text, kind: z.enum(ASSET_KINDS) })).max(500_000),
  rules: z.array(text).max(100_000).nullable(),
});
const input = z.object({
  environment: z.number(),
  scan: z.number(),
  attempt: z.number(),
  format: text,
  runs: z.array(run).min(1).max(1_000),
  staged: z.number(),
  rejected: z.number(),
  rejections: z.array(z.object({ where: text, why: text })).max(200),
  preview: z.boolean().default(false),
});
type Staged = z.output<typeof input>;

const AN_HOUR = 3_600_000;

/**
 * Applies a staged report: one transaction, set-based, only rows that change are written. Takes what the runner read
 * (`{environment, scan, attempt, format, runs, staged, …}`), gives the counts. Refuses `conflict` when the scan has been taken over or cancelled.
 * Its statements run in this order: dictionaries and scopes (locked), the delta, the scanner's own writes under its own role, and as the
 * database demands of every decision, first the entries, then the change of what people own.
 * With `preview` everything is worked out, nothing is kept, and the counts come back.
 */
export async function applyScan(actor: Actor, raw: unknown): Promise<Result<ScanCounts>> {
  const applied = await commit(actor, { act: "scan.import", input, work, timeout: AN_HOUR }, raw);
  const previewed = applied.ok ? null : scanCounts.safeParse(applied.refusal.changes);
  return previewed?.success ? ok(previewed.data) : applied;
}

async function work(tx: Tx, given: Staged, { now, environment }: Context): Promise<Result<Change<ScanCounts>>> {
  const scan = await optionsOf(tx, given);
  if (!scan || environment === null) return refuse("conflict", "This scan is in other hands by now.");
  const policy = await policyOf(tx, environment);
  const looks = looksOf(given.runs);

  await becomeScanner(tx);
  await openScopes(tx, scan, looks, policy.sla);
  await workOutDelta(tx, scan);
  await lockChanging(tx);
  await becomeDocket(tx);
  const contradicted = contradictedBy(await seenResolved(tx), policy.decisions);
  const regressed = [...contradicted.reopened, ...contradicted.flagged];
  const counted = await countsOf(tx, scan, given, regressed.length);
  if (given.preview) throw new Rollback({ code: "conflict", message: "This was a preview.", changes: counted });

  await becomeScanner(tx);
  await writeMoved(tx, scan);
  await writeDetection(tx, scan, now);
  await writeLook(tx, scan, regressed.map(({ id }) => id));
  const seal = await sealChanges(tx, given.scan);
  await becomeDocket(tx);
  await proposeCarries(tx, scan);
  const duplicates = await duplicatesOf(tx, environment, contradicted.reopened.map(({ number }) => number));
  const folds = foldsOf(await legacyNewcomers(tx), now);

  return ok({
    trail: [completed(given, counted, seal), ...movesOf(await movedFindings(tx), given.scan), ...entriesOf(contradicted, duplicates, folds, given.scan)],
    write: async (writing) => {
      await writeConsequences(writing, scan, { contradicted, duplicates, folds }, policy.decisions.acceptedBands, now);
      await finish(writing, given, counted);
      return counted;
    },
  });
}

function completed({ scan, format, runs }: Staged, counted: ScanCounts, seal: string) {
  const after = { format, taken_at: takenAt(runs), ...counted, changes_sha256: seal };
  return { action: "scan.completed", record: { type: "scan", number: scan }, scan, after } as const;
}

function takenAt(runs: Staged["runs"]): Date {
  return new Date(Math.max(...runs.map((one) => one.takenAt.getTime())));
}

const stored = z.object({
  extent: z.enum(["full", "partial"]),
  assetName: z.string().nullable(),
  scopeRules: z.array(z.string()),
  scopePaths: z.array(z.string()),
  scopeFindings: z.array(z.number()),
});

async function optionsOf(tx: Tx, { environment, scan, attempt }: Staged): Promise<ScanOptions | null> {
  const found = await tx.scan.findFirst({ where: { id: scan, environmentId: environment, attempt, status: "applying" } });
  return found ? { environment, scan, ...stored.parse(found) } : null;
}

/** A server that crashed has emptied the staging table: then the run starts again instead of closing what it lost. */
async function countsOf(tx: Tx, scan: ScanOptions, given: Staged, regressed: number): Promise<ScanCounts> {
  const tally = await tallyDelta(tx, scan);
  if (tally.staged !== given.staged) throw new Error(`${tally.staged} of ${given.staged} staged rows are there: the import starts again.`);
  return {
    observed: tally.staged + given.rejected,
    new: tally.fresh,
    persisting: tally.winners - tally.suppressed - tally.fresh - tally.refound,
    refound: tally.refound,
    regressed,
    unseen: tally.unseen,
    preserved: 0,
    suppressed: tally.suppressed,
    duplicates_in_report: tally.staged - tally.winners,
    rejected: given.rejected,
    statements: 0,
  };
}

async function finish(tx: Tx, given: Staged, counted: ScanCounts): Promise<void> {
  const { new: created, duplicates_in_report: duplicates, ...others } = counted;
  const { count } = await tx.scan.updateMany({
    where: { id: given.scan, attempt: given.attempt, status: "applying" },
    data: { ...others, created, duplicates, rejections: given.rejections, format: given.format, takenAt: takenAt(given.runs), status: "completed", leaseUntil: null },
  });
  if (count !== 1) throw new Rollback({ code: "conflict", message: "This scan is in other hands by now." });
  await tx.$executeRaw(sql`UPDATE scan SET finished_at = docket_now() WHERE id = ${given.scan}`);
  await tx.$executeRaw(sql`DELETE FROM scan_stage WHERE scan_id = ${given.scan}`);
}
