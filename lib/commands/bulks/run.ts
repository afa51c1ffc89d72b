import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { prisma } from "@/lib/db/client";
import { policyOf } from "@/lib/db/policy";
import { bookChunk, claimBulk, holdBulk, nextItems, othersWait, requeueBulk, setStatus, type Came, type Deviation, type FrozenItem, type StoredBulk } from "@/lib/db/sql/bulk-run";
import { writeMoves } from "@/lib/db/sql/finding-write";
import { bulkAction } from "@/lib/domain/bulk/input";
import { BULK_CATEGORY_RULES, categoryOf, type BulkStatus } from "@/lib/domain/bulk/words";
import { writtenOf, type Batch } from "@/lib/domain/finding/batch";
import { number } from "@/lib/domain/finding/input";
import { entriesOf } from "@/lib/domain/finding/move";
import { ok, type Result } from "@/lib/domain/refusal";
import { systemActor, type Actor } from "@/lib/gate/actor";
import { actorNow } from "@/lib/gate/actor-now";
import { actOnDesk, bulkActs } from "@/lib/gate/bulk-acts";
import { standsStill, type Ahead } from "@/lib/gate/bulk-ahead";
import { actOf } from "@/lib/gate/bulk-desk";
import { commit, type Change, type Context, type TrailEntry } from "@/lib/gate/commit";
import { openDesk } from "@/lib/gate/findings";
import { followUps, proofsTakenBack } from "@/lib/gate/follow-ups";
import { NOTHING_FOLLOWS, type Following } from "@/lib/gate/remediation";
import { revertAll } from "@/lib/gate/reverts";

export type { StoredBulk } from "@/lib/db/sql/bulk-run";
export { lookAhead, type Ahead } from "@/lib/gate/bulk-ahead";

const input = z.object({ environment: number, bulk: number, attempt: z.number().int(), size: z.number().int().min(1).max(10_000) });
type Asked = z.output<typeof input>;

/** Where a bulk action stands after a chunk: `left` means that it is no longer this runner's (paused, cancelled, or taken over). */
export type Stand = "more" | "ended" | "left";

/** Takes a bulk action to run it, by one conditional update. Null: it is done, stopped, or another runner is at it. */
export async function takeBulk(id: number): Promise<StoredBulk | null> {
  return claimBulk(id);
}

/**
 * The next chunk of the frozen set, whole or not at all: changes, an entry for each finding and hop, and the progress, in one transaction.
 * Whoever began it is asked for their permission as it is now. Refused where the action itself cannot go on. `ahead` is the chunk as it was
 * decided before; where anything that it rests on has moved meanwhile, it is decided anew.
 */
export async function runChunk(claimed: StoredBulk, size: number, ahead: Ahead | null = null): Promise<Result<Stand>> {
  const { id, environment, attempt } = claimed;
  const actor = await actorNow(claimed.actor, claimed.requestId);
  const verb = { act: actOf(claimed), input, work: (tx: Tx, asked: Asked, context: Context) => work(tx, asked, ahead, context), timeout: 120_000 };
  return commit(actor, verb, { environment, bulk: id, attempt, size });
}

async function work(tx: Tx, asked: Asked, ahead: Ahead | null, context: Context): Promise<Result<Change<Stand>>> {
  const bulk = await holdBulk(tx, asked.environment, asked.bulk);
  if (!bulk || bulk.status !== "running" || bulk.attempt !== asked.attempt) return ok({ unchanged: "left" });
  const chunk = ahead && (await standsStill(tx, bulk, ahead, context.actor)) ? ok(ahead) : await decided(tx, bulk, asked.size, context);
  if (!chunk.ok) return chunk;

  const { items, batch, size } = chunk.value;
  const came = cameOf(items, batch, bulk);
  const isLast = items.length < size;
  const following = await followingOf(tx, bulk, batch, context);
  const trail = [...entriesOfChunk(batch, bulk), ...following.trail, ...(isLast ? [completed(bulk, came)] : [])];
  const stand: Stand = isLast ? "ended" : "more";
  const write = async (writing: Tx) => {
    await writeMoves(writing, bulk.environment, writtenOf(batch), { ...context.actor, actionId: bulk.actionId, revokes: bulk.revokes });
    await following.write(writing);
    await bookChunk(writing, bulk, came);
    if (isLast) await endBulk(writing, bulk, "completed");
    return stand;
  };
  const [first, ...rest] = trail;
  return ok(first ? { trail: [first, ...rest], write, jobs: following.jobs } : { books: write });
}

/** It ended: from now on the whole of it can be taken back, for as long as the policy says. */
async function endBulk(tx: Tx, { environment, id }: Pick<StoredBulk, "environment" | "id">, status: BulkStatus, error?: string): Promise<void> {
  const { decisions } = await policyOf(tx, environment);
  await setStatus(tx, id, status, { error, undoHours: decisions.undoHours });
}

/** What the chunk means for tickets, under the marks of its action. */
async function followingOf(tx: Tx, { environment, id, actionId, revokes }: StoredBulk, batch: Batch, { now }: Context): Promise<Following> {
  if (batch.moves.length + batch.requested.length === 0) return NOTHING_FOLLOWS;
  const where = { environment, policy: await policyOf(tx, environment) };
  const following = await (revokes === null ? followUps(tx, where, batch, now) : proofsTakenBack(tx, where, revokes, batch, now));
  return { ...following, trail: following.trail.map((entry) => ({ ...entry, bulk: id, actionId })) };
}

async function decided(tx: Tx, bulk: StoredBulk, size: number, context: Context): Promise<Result<Pick<Ahead, "items" | "batch" | "size">>> {
  const items = await nextItems(tx, bulk, size);
  const batch = items.length === 0 ? ok<Batch>({ moves: [], skipped: [], requested: [] }) : await batchOf(tx, bulk, items, context);
  return batch.ok ? ok({ items, batch: batch.value, size }) : batch;
}

async function batchOf(tx: Tx, bulk: StoredBulk, items: readonly FrozenItem[], context: Context): Promise<Result<Batch>> {
  if (bulk.revokes !== null) {
    const desk = await openDesk(tx, bulk.environment, items);
    return ok(await revertAll(tx, desk, bulk.revokes, null, context, context.now)); // whether it may still be taken back was judged when it began
  }
  const wanted = bulkAction.parse(bulk.action);
  const desk = await openDesk(tx, bulk.environment, items, wanted.duplicateOf);
  const acts = await bulkActs(tx, bulk.environment, wanted, context.actor);
  return acts.ok ? ok(await actOnDesk(tx, desk, acts.value, context)) : acts;
}

/** The entries of the bulk action are one action, whatever chunk they were written in. */
function entriesOfChunk(batch: Batch, { id, actionId, revokes }: StoredBulk): TrailEntry[] {
  const marks = { bulk: id, actionId, revokes };
  return writtenOf(batch).flatMap((move) => entriesOf(move, marks));
}

function completed({ id, actionId, total, revokes, ...before }: StoredBulk, came: Came): TrailEntry {
  const changed = before.changed + came.changed;
  const requested = before.requested + came.requested;
  return { action: "bulk.completed", record: { type: "bulk", number: id }, after: { total, changed, requested, skipped: total - changed - requested }, bulk: id, actionId, revokes };
}

function cameOf(items: readonly FrozenItem[], batch: Batch, bulk: StoredBulk): Came {
  const ids = new Map(items.map(({ number, id }) => [number, id]));
  const requested = batch.requested.map(({ finding }): Deviation => ({ id: finding.id, outcome: "requested", code: "approval", why: BULK_CATEGORY_RULES.approval.todo }));
  const skipped = batch.skipped.flatMap(({ number, refusal }): Deviation[] => {
    const id = ids.get(number);
    const faults = (refusal.errors ?? []).map(({ message }) => message).join(" ");
    return id === undefined ? [] : [{ id, outcome: "skipped", code: bulk.revokes !== null && refusal.code === "conflict" ? "moved" : categoryOf(refusal), why: faults || refusal.message }];
  });
  return { items: items.length, changed: batch.moves.length, requested: batch.requested.length, reached: items.at(-1)?.id ?? bulk.reached, deviations: [...requested, ...skipped] };
}

/** Lets another one have a turn, or the next runner after trouble that was not its own. */
export async function passOn(claimed: StoredBulk): Promise<void> {
  const { environment } = claimed;
  await commit(systemActor(claimed.requestId), {
    act: "finding.bulk", input: z.object({ environment: number }),
    work: async () => Promise.resolve(ok({ books: (tx: Tx) => requeueBulk(tx, claimed), jobs: [{ name: "run-bulk", payload: { bulk: claimed.id } }] })),
  }, { environment });
}

/** Does another one wait for its turn? */
export const isWaitedFor = othersWait;

/** Puts it back after trouble; the queue tries again. */
export async function giveBackBulk(claimed: StoredBulk): Promise<void> {
  await requeueBulk(prisma, claimed);
}

/** Ends a bulk action that cannot go on, with the reason. What is done stays. */
export async function failBulk(claimed: StoredBulk, why: string): Promise<void> {
  const { environment, id } = claimed;
  const system: Actor = systemActor(claimed.requestId);
  await commit(system, { act: "finding.bulk", input: z.object({ environment: number }), work: async (tx) => endWork(tx, environment, id, claimed.attempt, why) }, { environment });
}

async function endWork(tx: Tx, environment: number, id: number, attempt: number, why: string): Promise<Result<Change<boolean>>> {
  const bulk = await holdBulk(tx, environment, id);
  if (!bulk || bulk.status !== "running" || bulk.attempt !== attempt) return ok({ unchanged: false });
  const { actionId, total, done, changed } = bulk;
  return ok({
    trail: [{ action: "bulk.failed", record: { type: "bulk", number: id }, after: { total, done, changed }, reason: why, bulk: id, actionId, bySystem: true }],
    write: async (writing) => {
      await endBulk(writing, bulk, "failed", why);
      return true;
    },
  });
}
