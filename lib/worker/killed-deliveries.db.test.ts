import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { saveConnector } from "@/lib/commands/connectors/save";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma, sql } from "@/lib/db/client";
import { dice } from "@/lib/bench/dice";
import { moveClock } from "@/lib/testing/clock";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { StubTracker, type TrackerTrouble } from "@/lib/testing/tracker";

// A tracker that fails at random, and kill -9 of the process that sends, while the tracker has the request in its hands.

const FINDINGS = 200;
const LAG = 30;
const children: ChildProcess[] = [];

function startRunner(connector: number): ChildProcess {
  const runner = spawn(process.execPath, ["--import", "tsx", "lib/bench/one-delivery.ts"], { env: { ...process.env, DOCKET_TRACKERS_INSIDE: "1" }, stdio: ["pipe", "inherit", "inherit"] });
  runner.stdin?.end(JSON.stringify({ connector, timeout: 150 }));
  children.push(runner);
  return runner;
}

afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
});

/** A fifth of all creations time out after they were done; others fail before or after, are done twice, or have to wait. */
function troubleOf(roll: number, creates: boolean): TrackerTrouble | null {
  if (!creates) return roll < 0.03 ? "error_before" : null;
  const table: readonly (readonly [number, TrackerTrouble])[] = [[0.2, "silence_after"], [0.23, "error_after"], [0.26, "reset_after"], [0.28, "twice"], [0.3, "error_before"], [0.32, "silence_before"], [0.33, "limited"]];
  return table.find(([below]) => roll < below)?.[1] ?? null;
}

const duplicates = z.object({ duplicates: z.array(z.object({ key: z.string() })).default([]) });

test("whatever the tracker does and whoever dies: each finding has exactly one linked ticket over there, and every other one that was made is named", async () => {
  const random = dice(9);
  const killedAt = new Set([13, 60, 61, 120, 190]);
  let running: ChildProcess | null = null;
  let kills = 0;
  const tracker = await StubTracker.start({
    vendor: "jira_cloud", searchLag: 0,
    trouble: ({ creates, count }) => {
      if (killedAt.delete(count)) {
        running?.kill("SIGKILL");
        kills++;
      }
      return troubleOf(random(), creates);
    },
  });
  const environment = await makeEnvironment();
  const [admin, ann] = [await makeMember(environment, "admin"), await makeMember(environment, "analyst", "Ann")];
  const saved = await saveConnector(admin, { environment, kind: "jira_cloud", name: "Tracker", settings: { address: tracker.address, user: "d@example.test", project: "SEC" }, secret: "s", lagSeconds: LAG });
  if (!saved.ok) throw new Error(saved.refusal.message);
  const findings = await makeFindings(await makeScope(environment), FINDINGS);
  const made = await createTickets(ann, { environment, items: findings.map(({ number }) => ({ number })), grouping: "each", connector: saved.value.id, override: "For the test." });
  if (!made.ok) throw new Error(made.refusal.message);

  const waiting = () => prisma.delivery.count({ where: { environmentId: environment, status: { in: ["pending", "sending", "in_doubt"] } } });
  for (let round = 0; (await waiting()) > 0; round++) {
    expect(round, "it ends").toBeLessThan(40);
    running = startRunner(saved.value.id);
    await once(running, "exit");
    await prisma.$executeRaw(sql`UPDATE connector SET leased_until = now() - interval '1 second' WHERE leased_by IS NOT NULL`); // as if the time of whoever died had run out
    await moveClock((LAG + 900) * 1_000);
  }
  await tracker.close();

  expect(kills).toBe(5);
  const tickets = await prisma.ticket.findMany({ where: { environmentId: environment } });
  expect(tickets.filter(({ sync, externalKey }) => sync !== "sent" || externalKey === null)).toEqual([]);
  const linked = new Set(tickets.map(({ externalKey }) => externalKey));
  expect(linked.size).toBe(FINDINGS);
  for (const { marker, externalKey } of tickets) {
    const [oldest] = tracker.issues.filter(({ labels }) => labels.includes(marker));
    expect(externalKey).toBe(`SEC-${oldest?.number}`);
  }
  const orphans = tracker.issues.map(({ number }) => `SEC-${number}`).filter((key) => !linked.has(key));
  const named = (await prisma.delivery.findMany({ where: { environmentId: environment } })).flatMap(({ body }) => duplicates.parse(body).duplicates.map(({ key }) => key));
  expect(orphans.length, "the faults were such that there are some").toBeGreaterThan(0);
  expect(named.sort()).toEqual(orphans.sort());
  expect(await prisma.auditEvent.count({ where: { environmentId: environment, action: "ticket.sent" } })).toBe(FINDINGS);
}, 600_000);
