import { EventEmitter } from "node:events";
import { Logger, makeWorkerUtils, run, type Runner, type TaskList, type WorkerEvents, type WorkerUtils } from "graphile-worker";
import { needed } from "@/lib/env";
import { noted } from "@/lib/worker/job-runs";
import { beat, holdLock, sweep } from "@/lib/worker/presence";
import { pause, relay } from "@/lib/worker/relay";
import { SCHEDULE, TASKS } from "@/lib/worker/tasks";

const SWEEP = 5_000;
/** What is still running this long after the signal is put back and started again elsewhere. */
const GRACE = 3_000;
/** So long after its end began a pool has ended, or never will: it waits for a job that hangs on a connection that is gone. */
const LATEST_END = 20_000;

const tell = (line: string) => console.error(`worker: ${line}`);

/** The queue reports each job; only trouble is worth a line. */
const logger = new Logger(() => (level, message) => {
  if (level === "error" || level === "warning") tell(message);
});

async function sweeping(utils: WorkerUtils, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await sweep(utils).catch((error: unknown) => tell(`sweep: ${error instanceof Error ? error.message : String(error)}`));
    await pause(SWEEP, stop);
  }
}

const { "run-import": runsImports, ...OTHERS } = TASKS;

/**
 * Imports take minutes, and have a pool of their own: however many wait, an acceptance expires and a letter leaves in its time. Each pool takes
 * what it knows alone; the clock is the other one's.
 */
const POOLS: readonly { tasks: TaskList; concurrency: number; crontab: string }[] = [
  { tasks: { "run-import": runsImports }, concurrency: 2, crontab: "" },
  { tasks: OTHERS, concurrency: 4, crontab: SCHEDULE },
];

type Pool = { runner: Runner; id: string };

function giveUp(why: string): never {
  tell(`${why}; whoever watches over this process starts another.`);
  process.exit(1);
}

/**
 * A pool asks once what its tasks are numbered, and keeps the promise of the answer: where the database went away in that moment it keeps the
 * failure, and takes no job ever again, without a word. What fails anew is another error each time; the same one twice is that promise.
 */
function endsWhereStuck(events: WorkerEvents): void {
  const met = new WeakSet<object>();
  events.on("worker:getJob:error", ({ error }) => {
    if (typeof error !== "object" || error === null) return;
    if (met.has(error)) giveUp(`the queue takes no jobs any more (${error instanceof Error ? error.message : "it does not say why"})`);
    met.add(error);
  });
}

/** A pool's name is known when it is made; it is the name that its jobs are locked by. */
async function startRunner(connectionString: string, { tasks, concurrency, crontab }: (typeof POOLS)[number]): Promise<Pool> {
  const events: WorkerEvents = new EventEmitter();
  endsWhereStuck(events);
  let id = "";
  events.on("pool:create", ({ workerPool }) => {
    id = workerPool.id;
  });
  events.on("pool:gracefulShutdown", () => {
    setTimeout(() => giveUp("the queue does not end by itself"), LATEST_END).unref();
  });
  const runner = await run({
    connectionString,
    concurrency,
    maxPoolSize: concurrency + 4,
    noHandleSignals: true,
    pollInterval: 1_000,
    taskList: noted(tasks),
    crontab,
    events,
    logger,
    // with their defaults a job that finishes during shutdown stays locked
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0, gracefulShutdownAbortTimeout: GRACE } },
  });
  return { runner, id };
}

async function main(): Promise<void> {
  const connectionString = needed("DATABASE_URL");
  const utils = await makeWorkerUtils({ connectionString, logger });
  await utils.migrate();
  const pools: Pool[] = [];
  for (const pool of POOLS) pools.push(await startRunner(connectionString, pool));
  const ids = pools.map(({ id }) => id);

  const stop = new AbortController();
  const tasks = [beat(ids, stop.signal), ...ids.map((id) => holdLock(utils, id, stop.signal)), relay(stop.signal, tell), sweeping(utils, stop.signal)];
  const end = () => {
    if (stop.signal.aborted) return;
    stop.abort();
    for (const { runner } of pools) runner.stop().catch((error: unknown) => tell(String(error)));
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);

  await Promise.race(pools.map(({ runner }) => runner.promise)); // whichever ends, the process does
  end();
  await Promise.all(pools.map(({ runner }) => runner.promise));
  await Promise.all(tasks);
  await utils.release();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(1);
  },
);
