import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { answering } from "@/lib/bench/answering";
import { askedOfReader, type Read } from "@/lib/bench/spec";
import { prisma, sql } from "@/lib/db/client";
import { row } from "@/lib/db/rows";
import { readQueue } from "@/lib/domain/views/read-queue";
import { operatorActor } from "@/lib/gate/actor";
import { loadRows, queueCounts } from "@/lib/queries/queue";

/** A process that asks what the alerts page asks, again and again, as somebody who reads does: first rows of a tab, and the counts of all. */
const FILTERS: readonly Record<string, string>[] = [{}, { tab: "investigating" }, { tab: "closed" }, { q: "kernel" }, { severity: "critical,high" }];
const PAUSE = 20;
/** How long it waits for something to begin, and how often it must have asked before that has ended. */
const BEGINS_MS = 60_000;
const FEWEST = 20;

async function once(environment: number, filter: unknown): Promise<number> {
  const began = performance.now();
  const actor = operatorActor(randomUUID());
  const [rows, counts] = await Promise.all([loadRows(actor, { environment, filter, cursor: null }), queueCounts(actor, { environment })]);
  if (!rows.ok || !counts.ok) throw new Error("The queue did not answer.");
  return performance.now() - began;
}

async function isBusy(): Promise<boolean> {
  const found = await row(prisma, z.object({ on: z.boolean() }), sql`SELECT EXISTS (SELECT FROM scan WHERE status IN ('queued', 'parsing', 'applying')) OR EXISTS (SELECT FROM bulk WHERE status IN ('queued', 'running')) AS on`);
  return found?.on === true;
}

async function main(): Promise<Read> {
  const { environment, seconds } = askedOfReader.parse(JSON.parse(fs.readFileSync(0, "utf8")));
  const filters = FILTERS.map(readQueue);
  for (let turn = 0; turn < 20; turn++) await once(environment, filters[turn % filters.length]);
  const warm = performance.now();
  while (seconds === null && !(await isBusy())) {
    if (performance.now() - warm > BEGINS_MS) throw new Error("Nothing began in a minute, or it had ended before the reader was warm.");
    await sleep(PAUSE);
  }
  const end = performance.now() + (seconds ?? 3_600) * 1_000;
  const times: number[] = [];
  while (performance.now() < end) {
    times.push(await once(environment, filters[times.length % filters.length]));
    if (seconds === null && times.length % 10 === 0 && !(await isBusy())) break;
    await sleep(PAUSE);
  }
  if (times.length < FEWEST) throw new Error(`It ended after ${times.length} readings: too few to say anything. Take more.`);
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { asked: times.length, median: at(0.5), p95: at(0.95) };
}

answering(main);
