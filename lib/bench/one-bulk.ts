import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { z } from "zod";
import { prepareBulk } from "@/lib/commands/bulks/prepare";
import { startBulk } from "@/lib/commands/bulks/steer";
import { prisma } from "@/lib/db/client";
import type { Actor } from "@/lib/gate/actor";
import { abandonedBulks } from "@/lib/queries/bulk";
import { runBulk } from "@/lib/worker/jobs/run-bulk";
import { answering } from "@/lib/bench/answering";
import { askedOfBulk, type BulkDone } from "@/lib/bench/spec";

/** Somebody who may change many at once: the system itself decides nothing. */
async function manager(environment: number): Promise<Actor> {
  const made = { email: "manager@bench.test", name: "Manager" };
  const { id: personId } = await prisma.person.upsert({ where: { email: made.email }, update: {}, create: made });
  await prisma.membership.upsert({ where: { environmentId_personId: { environmentId: environment, personId } }, update: {}, create: { environmentId: environment, personId, role: "manager" } });
  return { type: "user", id: made.email, name: made.name, personId, roles: new Map([[environment, "manager"]]), requestId: randomUUID() };
}

/** A process that freezes the working queue, begins a bulk action on it and runs it to its end, as a worker does; or goes on with those that were left. */
async function freeze(environment: number): Promise<{ id: number; total: number; milliseconds: number }> {
  const actor = await manager(environment);
  const began = performance.now();
  const asked = { environment, filter: { tab: "needs_review" }, action: { response: "investigating" } };
  const shown = await prepareBulk(actor, asked);
  if (!shown.ok) throw new Error(shown.refusal.message);
  const { id, total } = shown.value;
  const started = await startBulk(actor, { environment, bulk: id, confirm: total });
  if (!started.ok) throw new Error(started.refusal.message);
  return { id, total, milliseconds: performance.now() - began };
}

/** When the first chunk could be seen, from the moment that the runner had it. */
async function firstProgress(id: number, began: number): Promise<number> {
  for (;;) {
    const { done } = await prisma.bulk.findUniqueOrThrow({ where: { id }, select: { done: true } });
    if (done > 0) return performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function main(): Promise<BulkDone> {
  const { environment, resume } = askedOfBulk.parse(JSON.parse(fs.readFileSync(0, "utf8")));
  if (resume) {
    for (const id of await abandonedBulks()) await runBulk(id);
    return { total: 0, changed: 0, froze: 0, first: 0, ran: 0 };
  }
  const { id, total, milliseconds } = await freeze(environment);
  const began = performance.now();
  const [first] = await Promise.all([firstProgress(id, began), runBulk(id)]);
  const ran = performance.now() - began;
  const { changed } = await prisma.bulk.findUniqueOrThrow({ where: { id }, select: { changed: true } });
  return { total, changed: z.number().parse(changed), froze: milliseconds, first, ran };
}

answering(main);
