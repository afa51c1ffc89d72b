import { setTimeout as sleep } from "node:timers/promises";
import { prisma, sql } from "@/lib/db/client";

/** A process that writes ten times a second through the pool that the product uses, whatever becomes of the database; it is started once and killed at the end. */
async function main(): Promise<never> {
  for (;;) {
    await prisma.$executeRaw(sql`UPDATE bench_beat SET server = pg_postmaster_start_time()`).catch(() => undefined); // the next one tells
    await sleep(100);
  }
}

void main();
