import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { answering } from "@/lib/bench/answering";
import { askedOfDesk, type Desk } from "@/lib/bench/spec";
import { transition } from "@/lib/commands/findings/transition";
import { prisma, sql } from "@/lib/db/client";
import type { Actor } from "@/lib/gate/actor";

/** A process in which so many people decide at once, each as fast as they can, on findings that all of them see. */
const CLIENTS = 8;

/** Takes findings into hand and out again; whoever comes too late is refused, and goes on to the next. */
async function client(personId: number, environment: number, numbers: readonly number[], end: number): Promise<{ done: number; refused: number }> {
  let [done, refused] = [0, 0];
  const actor: Actor = { type: "user", id: `person-${personId}@bench.test`, name: `Person ${personId}`, personId, roles: new Map([[environment, "analyst"]]), requestId: randomUUID() };
  for (let at = Math.floor(Math.random() * numbers.length); performance.now() < end; at = (at + 1) % numbers.length) {
    const number = numbers[at];
    if (number === undefined) break;
    const to = Math.random() < 0.5 ? "in_progress" : "open";
    const answer = await transition(actor, { environment, items: [{ number }], to, note: "A decision of the bench." });
    if (answer.ok && answer.value.changed.length > 0) done++;
    else refused++;
  }
  return { done, refused };
}

async function main(): Promise<Desk> {
  const { seconds, findings } = askedOfDesk.parse(JSON.parse(fs.readFileSync(0, "utf8")));
  const found = await prisma.finding.findMany({ where: { environmentId: 1, tab: { in: ["needs_review", "investigating"] } }, select: { number: true }, orderBy: { number: "asc" }, take: findings });
  const numbers = found.map(({ number }) => number);
  const people = await prisma.person.findMany({ where: { email: { endsWith: "@bench.test" } }, orderBy: { id: "asc" }, take: CLIENTS });
  const [first] = people;
  if (!first) throw new Error("Nobody is there to decide.");
  await client(first.id, 1, numbers, performance.now() + 1_000); // warm
  const [before] = await prisma.$queryRaw<{ events: bigint; versions: bigint }[]>(sql`SELECT (SELECT count(*) FROM audit_event WHERE version IS NOT NULL) AS events, (SELECT sum(version) FROM finding) AS versions`);
  const began = performance.now();
  const all = await Promise.all(people.map(({ id }) => client(id, 1, numbers, began + seconds * 1_000)));
  const milliseconds = performance.now() - began;
  const [after] = await prisma.$queryRaw<{ events: bigint; versions: bigint }[]>(sql`SELECT (SELECT count(*) FROM audit_event WHERE version IS NOT NULL) AS events, (SELECT sum(version) FROM finding) AS versions`);
  const done = all.reduce((sum, each) => sum + each.done, 0);
  return {
    done, refused: all.reduce((sum, each) => sum + each.refused, 0), milliseconds,
    events: Number(after?.events ?? 0) - Number(before?.events ?? 0), versions: Number(after?.versions ?? 0) - Number(before?.versions ?? 0),
  };
}

answering(main);
