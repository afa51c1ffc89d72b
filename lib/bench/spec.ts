import { z } from "zod";

/** What one process of the bench is asked to do with a report; it comes as JSON on its standard input. */
export const spec = z.object({
  environment: z.number(),
  /** What the grown report is written in. */
  format: z.enum(["nessus", "sarif"]).default("nessus"),
  /** A Nessus report to grow from; null: our own sample. */
  sample: z.string().nullable(),
  hosts: z.array(z.number()).max(2_000_000),
  takenAt: z.coerce.date(),
  round: z.number(),
  change: z.number(),
  /** parse: read and forget; stage: leave the rows beside the tables; import: all of it; resume: the newest scan that is there. */
  mode: z.enum(["parse", "stage", "import", "resume"]),
});
export type Spec = z.input<typeof spec> & { takenAt: Date };

/** What it answers, as its last line. `grown` is in bytes. */
export const answer = z.object({ scan: z.number(), results: z.number(), bytes: z.number(), milliseconds: z.number(), grown: z.number() });
export type Answer = z.output<typeof answer>;

/** What a reader is asked to do: ask for so many seconds; null: until the import or bulk action that begins meanwhile has ended. */
export const askedOfReader = z.object({ environment: z.number(), seconds: z.number().nullable() });

/** What it waited for, in milliseconds. */
export const read = z.object({ asked: z.number(), median: z.number(), p95: z.number() });
export type Read = z.output<typeof read>;

/** A bulk action to begin, on what a filter finds; a worker of its own carries it out. */
export const askedOfBulk = z.object({ environment: z.number(), filter: z.record(z.string(), z.string()) });

/** What it did, and how long it took: milliseconds. `froze` holds the preview; `first` and `ran` begin with the call that starts it, so that the wait for a worker is in them. */
export const bulkDone = z.object({ total: z.number(), changed: z.number(), froze: z.number(), first: z.number(), ran: z.number() });
export type BulkDone = z.output<typeof bulkDone>;

/** What the reader of a queue is asked: `full` with counts, searches and pages so many rows deep. */
export const askedOfQueue = z.object({ full: z.boolean(), depth: z.number() });

/** One thing done by the application and by SQL written by hand, in milliseconds; `other`: in how many rows, or counts, they differ. */
const turn = z.object({ name: z.string(), application: z.number(), reference: z.number(), other: z.number() });
export type Turn = z.output<typeof turn>;
const turns = z.array(turn).max(1_000);

/** `up` are the pages before a deep row, `jumps` those around it; `skipped` names the orders that hold too few rows to be so deep, `empty` the filters that find nothing at all. */
export const queueTimes = z.object({
  counts: turns, filtered: turns, pages: turns, deep: turns, up: turns, jumps: turns, words: turns, wordCounts: turns, skipped: z.array(z.string()).max(1_000), empty: z.array(z.string()).max(1_000),
});
export type QueueTimes = z.output<typeof queueTimes>;

/** A call that starts a bulk action; without a token the sender makes one and gives it back. */
export const askedOfSender = z.object({ environment: z.number(), token: z.string().nullable(), key: z.string(), body: z.unknown() });

/** How long eight people decide, and on how many findings. */
export const askedOfDesk = z.object({ seconds: z.number(), findings: z.number() });

/** What they did: decisions, refusals, and by how much log and versions grew. */
export const desk = z.object({ done: z.number(), refused: z.number(), milliseconds: z.number(), events: z.number(), versions: z.number() });
export type Desk = z.output<typeof desk>;

/** A visit by browser: where, as whom, and with how many rows loaded. */
export const askedOfVisit = z.object({
  browser: z.string(), address: z.string(), email: z.string(), password: z.string(), rows: z.number(),
  seen: z.object({ slowest: z.number(), longest: z.number(), pressed: z.number(), painted: z.number() }),
});

/**
 * What was seen: frames a second of the queue and of a bare list, the longest tasks and the slowest keys in milliseconds (`decided`: of those that decide or open, while every answer is held back),
 * requests while the cursor moved, and keys after which nothing was painted before an answer came.
 */
export const visit = z.object({
  rows: z.number(), frames: z.number(), bareFrames: z.number(), longest: z.number(), keyLongest: z.number(), slowestKey: z.number(), askedBetween: z.number(),
  decided: z.number(), decidedLongest: z.number(), pressed: z.number(), unpainted: z.number(),
});
export type Visit = z.output<typeof visit>;

/** Asked over HTTP: where the application listens, where the bare one does, and for how many seconds a turn. */
export const askedOfPage = z.object({ address: z.string(), bare: z.string(), secret: z.string(), seconds: z.number() });

/** Answers a second of each, turn by turn; \`other\`: rows that the two do not share. */
const raced = z.object({ application: z.array(z.number()).max(100), bare: z.array(z.number()).max(100), other: z.number(), bytes: z.tuple([z.number(), z.number()]) });
export type Raced = z.output<typeof raced>;
export const pageRace = z.object({ json: raced, html: raced });
export type PageRace = z.output<typeof pageRace>;

const hooked = z.object({ connector: z.number(), hookId: z.string(), secret: z.string() });
/** A connector whose webhooks are delivered. */
export type Hooked = z.output<typeof hooked>;
export { hooked };

/** Webhooks: prepare the tickets that they are of, read them, or deliver them, in order or as they come. */
export const askedOfHooks = z.discriminatedUnion("role", [
  z.object({ role: z.literal("prepare"), tickets: z.number() }),
  z.object({ role: z.literal("read"), connector: z.number() }),
  hooked.extend({ role: z.literal("send"), plain: z.boolean(), tickets: z.number(), count: z.number(), seed: z.number() }),
]);

/** How many deliveries were taken and how many refused, in milliseconds. */
export const hooksDone = z.object({ taken: z.number(), refused: z.number(), milliseconds: z.number() });
export type HooksDone = z.output<typeof hooksDone>;
