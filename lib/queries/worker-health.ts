import { z } from "zod";
import type { Db } from "@/lib/db/client";
import * as facts from "@/lib/db/sql/worker-health";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { circuitOf } from "@/lib/domain/ticket/delivery";
import type { FailedJobView, HealthPage, JobView, TrackerState } from "@/lib/domain/views/worker";
import { healthWarnings, jobLabel } from "@/lib/domain/worker/health";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { environmentOf, meOf } from "@/lib/queries/who";

const LONGEST = 600;
const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

/**
 * How the work in the background is: workers, jobs, what waits and what failed in this environment, `{environment, laws?}`. `laws` looks whether the
 * records contradict each other, too, which takes seconds.
 */
export function workerHealth(actor: Actor, raw: unknown): Promise<Result<HealthPage>> {
  return read(actor, {
    act: "worker.read",
    input: z.object({ environment: z.number().int().positive(), laws: z.boolean().default(false) }),
    load: async (db, { environment, laws }, { now }) => {
      const place = await environmentOf(db, environment);
      if (!place) return refuse("missing", "There is no such environment.");
      const found = { ...(await queueFacts(db, environment)), ...(await workFacts(db, environment, now)), invariants: laws ? await facts.invariantsNow(db) : null };
      const { dead, ...page } = found;
      return ok({ ...page, environment: place, me: meOf(actor, environment), now: now.toISOString(), warnings: warningsOf(page, dead) });
    },
  }, raw);
}

type Found = Omit<HealthPage, "environment" | "me" | "now" | "warnings">;

/** Ages are those of the wall clock, as jobs are: the clock of deadlines may stand elsewhere in a test. */
function warningsOf(page: Found, dead: number): HealthPage["warnings"] {
  const age = ({ waiting, oldest }: { waiting: number; oldest: string | null }) => ({ waiting, age: oldest === null ? null : Date.now() - Date.parse(oldest) });
  return healthWarnings({
    workersUp: page.workers.filter(({ isUp }) => isUp).length, outbox: age(page.outbox), creations: age(page.creations), mails: { ...age(page.mails), failed: page.mails.failed },
    importsFailed: page.imports.failed, jobsDead: dead, trackers: page.trackers.map(({ name, state }) => ({ name, isUnreachable: state === "paused" })),
    broken: (page.invariants ?? []).filter(({ broken }) => broken !== null && broken > 0).map(({ name }) => name),
  });
}

async function queueFacts(db: Db, environment: number): Promise<Pick<Found, "workers" | "jobs" | "failed" | "outbox"> & { dead: number }> {
  const hasQueue = await facts.hasQueue(db);
  const [workers, runs, outbox, queued, failed, dead] = await Promise.all([
    facts.workersSeen(db), facts.jobRuns(db), facts.outboxWaits(db), hasQueue ? facts.queueByName(db) : [], hasQueue ? facts.failedJobs(db, environment) : [], hasQueue ? facts.deadJobs(db, environment) : 0,
  ]);
  const names = [...new Set([...runs, ...queued].map(({ name }) => name))].sort((one, other) => jobLabel(one).localeCompare(jobLabel(other)));
  return {
    workers: workers.map((each) => ({ ...each, startedAt: each.startedAt.toISOString(), seenAt: each.seenAt.toISOString() })),
    jobs: names.map((name): JobView => {
      const [ran, waits] = [runs.find((each) => each.name === name), queued.find((each) => each.name === name)];
      return {
        name, label: jobLabel(name), runs: ran?.runs ?? 0, lastSuccess: instant(ran?.lastSuccess ?? null), lastFailure: instant(ran?.lastFailure ?? null), error: ran?.lastError?.slice(0, LONGEST) ?? null,
        waiting: waits?.waiting ?? 0, running: waits?.running ?? 0, oldest: instant(waits?.oldest ?? null),
      };
    }),
    failed: failed.map(({ name, nextAt, error, ...job }): FailedJobView => ({ ...job, label: jobLabel(name), nextAt: nextAt.toISOString(), error: error.slice(0, LONGEST) })),
    outbox: { waiting: outbox.waiting, oldest: instant(outbox.oldest) }, dead,
  };
}

async function workFacts(db: Db, environment: number, now: Date): Promise<Pick<Found, "imports" | "bulks" | "mails" | "creations" | "trackers">> {
  const [imports, bulks, mails, creations, trackers] = await Promise.all([
    facts.importsNow(db, environment), facts.bulksNow(db, environment), facts.mailsNow(db, environment), facts.creationsNow(db, environment), facts.trackersNow(db, environment),
  ]);
  const dated = <T extends { oldest: Date | null }>(found: T) => ({ ...found, oldest: instant(found.oldest) });
  return { imports: dated(imports), bulks: dated(bulks), mails: dated(mails), creations: dated(creations), trackers: trackers.map((each) => stateOf(each, now)) };
}

type Tracker = Awaited<ReturnType<typeof facts.trackersNow>>[number];

function stateOf(tracker: Tracker, now: Date): TrackerState {
  const { id, name, lastOkAt, lastError, lastErrorAt, openUntil, resumeAt } = tracker;
  const circuit = circuitOf(tracker, now);
  const isPatient = resumeAt !== null && resumeAt > now;
  const state = !tracker.enabled ? "off" : circuit !== "closed" ? "paused" : isPatient ? "patient" : "on";
  const isNewer = lastErrorAt !== null && (lastOkAt === null || lastErrorAt > lastOkAt);
  return { id, name, state, until: state === "paused" ? instant(openUntil) : state === "patient" ? instant(resumeAt) : null, lastOkAt: instant(lastOkAt), error: isNewer ? (lastError?.slice(0, LONGEST) ?? null) : null };
}
