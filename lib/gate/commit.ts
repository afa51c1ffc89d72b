import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import { append, type TrailEntry } from "@/lib/db/audit-log";
import { isLostConnection, prisma, WAITS, type Tx } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/clock";
import { doneBefore, keepDone } from "@/lib/db/first-time";
import { isDoneBefore } from "@/lib/db/sql/done-before";
import { announce, enqueue } from "@/lib/db/outbox";
import { isContention } from "@/lib/db/contention";
import type { Act } from "@/lib/domain/access/can";
import type { Job } from "@/lib/domain/jobs";
import { touchedBy, type LiveKinds } from "@/lib/domain/live";
import { tellingOf } from "@/lib/domain/notice/telling";
import { ok, type Refusal, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { parse, permit } from "@/lib/gate/permit";
import { keyedActionId } from "@/lib/gate/repeats";
import { shownOnce } from "@/lib/gate/shown-once";

export type { TrailEntry } from "@/lib/db/audit-log";

/** What a command may know of its call. `now` is the database's clock, `actionId` joins all entries of this one act. */
export type Context = { actor: Actor; now: Date; actionId: string; environment: number | null };

/**
 * What a command gives back: its trail, and the writes that follow it. Nothing changed: the answer alone.
 * `touched` is told to screens where the trail does not name it, as a set-based write's does not. `books`: only what a runner keeps of
 * its own progress is written, no record of people's. `pieces`: what follows and may be any number, decided, logged and written piece by piece.
 */
export type Change<Out> = Decided<Out> | { books: (tx: Tx) => Promise<Out>; jobs?: readonly Job[]; touched?: LiveKinds };
export type Decided<Out> =
  | { trail: readonly [TrailEntry, ...TrailEntry[]]; write: (tx: Tx) => Promise<Out>; jobs?: readonly Job[]; touched?: LiveKinds; pieces?: AsyncIterable<Piece> }
  | { unchanged: Out };
type Piece = { trail: readonly TrailEntry[]; write: (tx: Tx) => Promise<void>; jobs: readonly Job[] };

export type Verb<S extends z.ZodType, Out> = {
  act: Act;
  input: S;
  /** Loads, decides and refuses; writes nothing itself. */
  work: (tx: Tx, input: z.output<S>, context: Context) => Promise<Result<Change<Out>>>;
  /** Takes a `key` beside the input: asked again under it, nothing is done, and this is the answer. */
  repeated?: (tx: Tx, input: z.output<S>, actionId: string) => Promise<Result<Out>>;
  /** Milliseconds; a set-based import may take minutes. */
  timeout?: number;
};

/** Thrown inside `write` where only the database can tell: everything is rolled back and the refusal is the answer. */
export class Rollback extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

const ATTEMPTS = 4;

/**
 * The one road of every write: permit, parse, then one transaction of work, log, writes and jobs.
 * The log is written before the change, since the database accepts no change without its entry.
 * Refusals come back as values and leave nothing behind; a deadlock is tried again from the start, and so is a connection
 * lost before the end. What has a key is kept with its change: there even a connection lost in COMMIT is tried again.
 */
export async function commit<S extends z.ZodType, Out>(actor: Actor, verb: Verb<S, Out>, raw: unknown): Promise<Result<Out>> {
  const permitted = permit(actor, verb.act, raw);
  if (!permitted.ok) return permitted;
  const input = parse(verb.input, raw);
  if (!input.ok) return input;

  const keyed = verb.repeated ? keyedActionId(actor, permitted.value, raw) : ok(null);
  if (!keyed.ok) return keyed;

  const call = actor.once ? { token: actor.once.token, key: actor.once.key, step: actor.once.writes++, secret: actor.once.secret } : null;
  for (let attempt = 1; ; attempt++) {
    let isWhole = false; // from then on COMMIT may have gone through
    try {
      return await prisma.$transaction(async (tx) => {
        const before = call ? await doneBefore<Out>(tx, call) : null;
        if (before && call?.secret !== undefined) return shownOnce(call.secret);
        const answer = before ? ok(before.value) : await once(tx, actor, verb, input.value, permitted.value, keyed.value);
        if (call && !before && answer.ok) await keepDone(tx, call, answer.value);
        isWhole = true;
        return answer;
      }, { timeout: verb.timeout ?? 30_000, maxWait: 20_000 });
    } catch (error) {
      if (error instanceof Rollback) return { ok: false, refusal: error.refusal };
      const isLost = (!isWhole || call !== null) && isLostConnection(error);
      if (attempt >= ATTEMPTS || !(isLost || isContention(error))) throw error;
      if (isLost) await sleep(WAITS[attempt - 1]);
    }
  }
}

async function once<S extends z.ZodType, Out>(tx: Tx, actor: Actor, verb: Verb<S, Out>, input: z.output<S>, environment: number | null, keyed: string | null): Promise<Result<Out>> {
  if (keyed && verb.repeated && (await isDoneBefore(tx, keyed))) return verb.repeated(tx, input, keyed);
  const context: Context = { actor, now: await databaseNow(tx), actionId: keyed ?? randomUUID(), environment };
  const decided = await verb.work(tx, input, context);
  if (!decided.ok) return decided;
  if ("unchanged" in decided.value) return ok(decided.value.unchanged);

  if ("books" in decided.value) {
    const { books, jobs: after = [], touched: shown } = decided.value;
    const kept = await books(tx);
    await enqueue(tx, after);
    if (shown && environment !== null) await announce(tx, { environment, kinds: shown });
    return ok(kept);
  }

  const { trail, write, jobs, touched, pieces = [] } = decided.value;
  const changed = (kinds: LiveKinds | null) => (kinds && environment !== null ? { environment, kinds } : null);
  const by = { environment, actionId: context.actionId, requestId: actor.requestId, actor };
  await append(tx, by, trail, { changed: changed(touched ?? touchedBy(trail)), jobs: tellingOf(environment, context.actionId, trail) });
  const answer = await write(tx);
  await enqueue(tx, jobs ?? []);
  for await (const piece of pieces) {
    await append(tx, by, piece.trail, { changed: changed(touchedBy(piece.trail)), jobs: [] }); // whom the act tells of is in its first entries
    await piece.write(tx);
    await enqueue(tx, piece.jobs);
  }
  return ok(answer);
}
