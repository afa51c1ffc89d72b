import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { prepareBulk } from "@/lib/commands/bulks/prepare";
import { startBulk } from "@/lib/commands/bulks/steer";
import { prisma } from "@/lib/db/client";
import { workersSeen } from "@/lib/db/sql/worker-health";
import type { Actor } from "@/lib/gate/actor";
import { answering } from "@/lib/bench/answering";
import { askedOfBulk, type BulkDone } from "@/lib/bench/spec";

const LATEST_MS = 3_600_000;
const STARTING_MS = 60_000;

/** Somebody who may change many at once: the system itself decides nothing. */
async function manager(environment: number): Promise<Actor> {
  const made = { email: "manager@bench.test", name: "Manager" };
  const { id: personId } = await prisma.person.upsert({ where: { email: made.email }, update: {}, create: made });
  await prisma.membership.upsert({ where: { environmentId_personId: { environmentId: environment, personId } }, update: {}, create: { environmentId: environment, personId, role: "manager" } });
  return { type: "user", id: made.email, name: made.name, personId, roles: new Map([[environment, "manager"]]), requestId: randomUUID() };
}

/** A worker stands ready before anything is asked, as it does where people work. */
async function workerIsUp(): Promise<void> {
  for (const began = performance.now(); performance.now() - began < STARTING_MS; await sleep(100)) {
    if ((await workersSeen(prisma)).some(({ isUp }) => isUp)) return;
  }
  throw new Error("No worker came up.");
}

/** When the first chunk could be seen and when it was done, from the moment of the call that started it. */
async function watched(id: number, called: number): Promise<{ first: number; ran: number; changed: number }> {
  for (let first: number | null = null; performance.now() - called < LATEST_MS; await sleep(10)) {
    const { done, status, changed } = await prisma.bulk.findUniqueOrThrow({ where: { id }, select: { done: true, status: true, changed: true } });
    if (done > 0) first ??= performance.now() - called;
    if (status === "completed") return { first: first ?? Number.NaN, ran: performance.now() - called, changed: z.number().parse(changed) };
    if (status !== "queued" && status !== "running") throw new Error(`The bulk action is ${status}.`);
  }
  throw new Error("The bulk action did not end.");
}

/** A process that freezes what a filter finds, shows it, starts a bulk action on it and waits while a worker carries it out. */
async function main(): Promise<BulkDone> {
  const { environment, filter } = askedOfBulk.parse(JSON.parse(fs.readFileSync(0, "utf8")));
  await workerIsUp();
  const actor = await manager(environment);
  const began = performance.now();
  const shown = await prepareBulk(actor, { environment, filter, action: { response: "investigating" } });
  if (!shown.ok) throw new Error(shown.refusal.message);
  const { id, total } = shown.value;
  const called = performance.now();
  const [started, seen] = await Promise.all([startBulk(actor, { environment, bulk: id, confirm: total }), watchedOnceStarted(id, called)]);
  if (!started.ok) throw new Error(started.refusal.message);
  return { total, froze: called - began, ...seen };
}

/** It is looked at from the call on; until that has been taken it is a preview. */
async function watchedOnceStarted(id: number, called: number): Promise<Awaited<ReturnType<typeof watched>>> {
  for (; performance.now() - called < STARTING_MS; await sleep(10)) {
    const { status } = await prisma.bulk.findUniqueOrThrow({ where: { id }, select: { status: true } });
    if (status !== "previewed") return watched(id, called);
  }
  throw new Error("The bulk action was not started.");
}

answering(main);
