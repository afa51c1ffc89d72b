import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { inOneGo } from "@/lib/db/one-go";
import { policyOf } from "@/lib/db/policy";
import { reachStep } from "@/lib/db/sql/scan-claim";
import { workOutDelta } from "@/lib/db/sql/scan-delta";
import { proposeCarries } from "@/lib/db/sql/scan-carry";
import { gatherKev } from "@/lib/db/sql/scan-kev";
import { noConsequences } from "@/lib/db/sql/scan-consequences";
import { recordStatements, type StatementTally } from "@/lib/db/sql/scan-statements";
import { beginTrial, undoTrial, writePreview, type Worked } from "@/lib/db/sql/scan-preview";
import { openScopes, type ScanOptions } from "@/lib/db/sql/scan-scopes";
import { becomeDocket, becomeScanner, writeLook } from "@/lib/db/sql/scan-write";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { looksOf } from "@/lib/domain/scan/report";
import { stagedReport, stopsAt, takenAtOf, type ScanOutcome, type ScanTerms, type StagedReport } from "@/lib/domain/scan/staged";
import type { ScanStep } from "@/lib/domain/scan/words";
import type { Actor } from "@/lib/gate/actor";
import { commit, Rollback, type Change, type Context } from "@/lib/gate/commit";
import { contradictedHere, whatFollows } from "./steps/follow";
import { workOut } from "./steps/work-out";

const AN_HOUR = 3_600_000;
const IN_OTHER_HANDS = { code: "conflict", message: "This scan is in other hands by now." } as const;

/**
 * Applies a staged report: one transaction, set-based, only rows that change are written. Takes what the runner read
 * (`{environment, scan, attempt, format, runs, staged, …}`), gives the counts and where the scan stands then. Refuses `conflict` when it
 * has been taken over or cancelled.
 * Its statements run in this order: dictionaries and scopes (locked), the delta, what it will do (told, see the domain's preview), the
 * scanner's own writes under its own role, and as the database demands of every decision, first the entries, then the change of what
 * people own. Where it stops before it acts, all but the preview is taken back. Between its steps it asks whether it was cancelled meanwhile;
 * once it writes it can be no more.
 */
export async function applyScan(actor: Actor, raw: unknown): Promise<Result<ScanOutcome>> {
  return commit(actor, { act: "scan.import", input: stagedReport, work, timeout: AN_HOUR }, raw);
}

async function work(tx: Tx, given: StagedReport, { now, environment }: Context): Promise<Result<Change<ScanOutcome>>> {
  const asked = await askedOf(tx, given);
  if (!asked || environment === null) return refuse(IN_OTHER_HANDS.code, IN_OTHER_HANDS.message);
  const { scan, terms } = asked;
  const policy = await policyOf(tx, environment);

  await inOneGo(tx, [beginTrial, becomeScanner]);
  await openScopes(tx, scan, looksOf(given.runs), policy.sla);
  await goOn(given, "comparing");
  await workOutDelta(tx, scan);
  await inOneGo(tx, [noConsequences, becomeDocket]);
  const contradicted = await contradictedHere(tx, policy);
  await goOn(given, "telling");
  const worked = await workOut(tx, scan, given, contradicted.regressed, policy.imports);
  const stop = stopsAt(terms, worked);
  if (stop !== null) return stopped(tx, asked, given, worked, stop);
  await goOn(given, "writing");

  const kevTurns = await gatherKev(tx, scan);
  const seal = await writeLook(tx, scan, now, { ...contradicted, fresh: worked.counts.new });
  if (worked.carries > 0) await proposeCarries(tx, scan);
  const stated = await recordStatements(tx, scan, given.statements);
  const pieces = await whatFollows(tx, { scan, now, policy, contradicted, kevTurns });

  return ok({
    trail: [completed(given, worked, seal), ...suggestionsOf(given, stated)],
    write: async (writing) => {
      await writePreview(writing, scan, worked, "completed");
      await finish(writing, asked, given, worked, "completed");
      return { ...worked.counts, status: "completed", digest: worked.digest };
    },
    pieces,
  });
}

/** Between two steps: was it cancelled or taken over, then all that was done is taken back. */
async function goOn(given: StagedReport, step: ScanStep): Promise<void> {
  if (!(await reachStep(given, step))) throw new Rollback(IN_OTHER_HANDS);
}

/** Shown or held: everything is taken back but what it would do, which is kept in the same transaction. */
async function stopped(tx: Tx, asked: Asked, given: StagedReport, worked: Worked, status: "previewed" | "held"): Promise<Result<Change<ScanOutcome>>> {
  await undoTrial(tx);
  const { counts, digest, brakes, moved } = worked;
  const reasons = brakes.slice(0, 10).map(({ why }) => why).join(" ");
  const after = { ...counts, digest, ...(brakes.length === 0 ? {} : { brakes }), ...(moved === null ? {} : { moved }) };
  const entry = { record: { type: "scan", number: given.scan }, scan: given.scan, after, bySystem: true } as const;
  return ok({
    trail: [status === "held" ? { ...entry, action: "scan.held", reason: reasons } : { ...entry, action: "scan.previewed" }],
    write: async (writing) => {
      await writePreview(writing, asked.scan, worked, status);
      await finish(writing, asked, given, worked, status);
      return { ...counts, status, digest };
    },
  });
}

function completed(given: StagedReport, { counts, digest }: Worked, seal: string) {
  const { scan, format } = given;
  const after = { format, taken_at: takenAtOf(given), ...counts, digest, changes_sha256: seal };
  return { action: "scan.completed", record: { type: "scan", number: scan }, scan, after } as const;
}

/** What a document states, and how much of it is a suggestion now: one entry, since nothing is decided by it. */
function suggestionsOf({ scan, statements }: StagedReport, stated: StatementTally | null) {
  if (stated === null) return [];
  return [{ action: "suggestion.made", record: { type: "scan", number: scan }, scan, after: { statements: statements.length, ...stated }, bySystem: true } as const];
}

const stored = z.object({
  extent: z.enum(["full", "partial"]),
  extentSaid: z.boolean(),
  assetName: z.string().nullable(),
  scopeRules: z.array(z.string()).max(10_000),
  scopePaths: z.array(z.string()).max(10_000),
  scopeFindings: z.array(z.number()).max(10_000),
  dryRun: z.boolean(),
  expects: z.string().nullable(),
  brakeOff: z.boolean(),
});

type Asked = { scan: ScanOptions; terms: ScanTerms; countedPartial: boolean };

/** What the scan was asked to be. A format that cannot prove its end counts as partial, unless somebody said that it is full; a table of no named detector always does. */
async function askedOf(tx: Tx, { environment, scan, attempt, provesItsEnd, namesDetector }: StagedReport): Promise<Asked | null> {
  const found = await tx.scan.findFirst({ where: { id: scan, environmentId: environment, attempt, status: "applying" } });
  if (!found) return null;
  const { dryRun, expects, brakeOff, extentSaid, ...options } = stored.parse(found);
  const isUnproven = options.extent === "full" && !extentSaid && !provesItsEnd;
  const countedPartial = isUnproven || (options.extent === "full" && !namesDetector);
  const extent = countedPartial ? "partial" : options.extent;
  return { scan: { environment, scan, ...options, extent, unproven: isUnproven && namesDetector }, terms: { dryRun, expects, brakeOff }, countedPartial };
}

/** The scan as it stands now. What moved since somebody applied it is judged anew: neither what they saw nor a lifted brake counts on. */
async function finish(tx: Tx, { countedPartial }: Asked, given: StagedReport, { counts, moved }: Worked, status: ScanOutcome["status"]): Promise<void> {
  const { new: created, duplicates_in_report: duplicates, ...others } = counts;
  const anew = status === "completed" || moved === null ? {} : { expects: null, brakeOff: false };
  const { count } = await tx.scan.updateMany({
    where: { id: given.scan, attempt: given.attempt, status: "applying" },
    data: {
      ...others, ...anew, created, duplicates, countedPartial, status, rejections: given.rejections, format: given.format, takenAt: takenAtOf(given),
      resultsRead: counts.observed, leaseUntil: null, step: null, tries: 0,
    },
  });
  if (count !== 1) throw new Rollback(IN_OTHER_HANDS);
  await tx.$executeRaw(sql`UPDATE scan SET finished_at = docket_now() WHERE id = ${given.scan}`);
  await tx.$executeRaw(sql`DELETE FROM scan_stage WHERE scan_id = ${given.scan}`);
}
