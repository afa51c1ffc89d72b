import { beforeEach, expect, test } from "vitest";
import { prepareBulk } from "@/lib/commands/bulks/prepare";
import { lookAhead, runChunk, takeBulk, type Ahead, type StoredBulk } from "@/lib/commands/bulks/run";
import { respond } from "@/lib/commands/findings/respond";
import { prisma } from "@/lib/db/client";
import type { Actor } from "@/lib/gate/actor";
import { getBulk } from "@/lib/queries/bulk";
import { connected } from "@/lib/testing/database";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

let environment: number;
let ann: Actor & { personId: number };

beforeEach(async () => {
  environment = await makeEnvironment();
  ann = await makeMember(environment, "manager", "Ann");
});

async function taken(action: object, total: number): Promise<StoredBulk> {
  const { id } = done(await prepareBulk(ann, { environment, filter: { tab: "all" }, action, start: true, confirm: total }));
  const claimed = await takeBulk(id);
  if (!claimed) throw new Error("It was not there to take.");
  return claimed;
}

async function seen(claimed: StoredBulk, from: number | null, size: number): Promise<Ahead> {
  const ahead = await lookAhead(claimed, from, size);
  if (!ahead) throw new Error("Nothing could be decided ahead.");
  return ahead;
}

const came = async ({ id }: StoredBulk) => {
  const { status, changed, groups } = done(await getBulk(ann, { environment, bulk: id }));
  return `${status}, ${changed} changed: ${groups.map(({ code, n }) => `${code} ${n}`).sort().join(", ")}`;
};

test("the chunk that was decided ahead is written as it was decided, each after the one before", async () => {
  await makeFindings(await makeScope(environment), 5);
  const claimed = await taken({ response: "investigating" }, 5);
  const first = await seen(claimed, null, 2);
  const second = await seen(claimed, first.reached, 3);
  const decidedAt = (await prisma.$queryRaw<{ now: Date }[]>`SELECT docket_now() AS now`)[0]?.now;
  expect(done(await runChunk(claimed, 2, first))).toBe("more");
  expect(done(await runChunk(claimed, 3, second))).toBe("more");
  expect(await lookAhead(claimed, second.reached, 3), "nothing is left to decide").toBeNull();
  expect(await prisma.finding.count({ where: { environmentId: environment, governanceStatus: "in_progress", decidedAt: { lte: decidedAt ?? new Date(0) } } })).toBe(5);
  expect(done(await runChunk(claimed, 3))).toBe("ended");
  expect(await came(claimed)).toMatch(/^completed, 5 changed/);
});

test("a finding that somebody decides meanwhile is left to them", async () => {
  const [one] = await makeFindings(await makeScope(environment), 3);
  const claimed = await taken({ response: "investigating" }, 3);
  const ahead = await seen(claimed, null, 10);
  await respond(ann, { environment, items: [{ number: one?.number }], response: "closed", reason: "false_positive", note: "Test code." });
  expect(done(await runChunk(claimed, 10, ahead))).toBe("ended");
  expect(await came(claimed)).toMatch(/^completed, 2 changed/);
  expect(await prisma.finding.count({ where: { environmentId: environment, governanceStatus: "false_positive" } })).toBe(1);
});

test("what a scanner writes meanwhile is decided on, though it leaves the version alone; also while the chunk waits for it", async () => {
  const [one] = await makeFindings(await makeScope(environment), 3, { technical: "low" });
  await prisma.policy.create({ data: { environmentId: environment, version: 1, settings: { closure_verification: { required: ["critical"] } } } });
  const claimed = await taken({ response: "closed", reason: "patched", note: "Updated." }, 3);
  const ahead = await seen(claimed, null, 10);
  await connected(process.env.DATABASE_URL ?? "", async (scanner) => {
    await scanner.query("begin");
    await scanner.query("update finding set technical = 'critical' where id = $1", [one?.id]);
    const running = runChunk(claimed, 10, ahead);
    for (let waits = 0; waits === 0; ) waits = (await scanner.query("select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")).rows.length;
    await scanner.query("commit");
    expect(done(await running)).toBe("ended");
  });
  expect(await came(claimed)).toMatch(/^completed, 2 changed.*evidence 1/);
});

test("another runner's chunk in between, or a policy that has become stricter, and it is decided anew", async () => {
  await makeFindings(await makeScope(environment), 4, { technical: "critical" });
  const claimed = await taken({ response: "closed", reason: "patched", note: "Updated." }, 4);
  const ahead = await seen(claimed, null, 2);
  expect(done(await runChunk(claimed, 1))).toBe("more");
  expect(done(await runChunk(claimed, 1, ahead)), "what it would have done again is passed over").toBe("more");
  expect(await prisma.finding.count({ where: { environmentId: environment, governanceStatus: "resolved" } })).toBe(2);
  const rest = await seen(claimed, null, 10);
  await prisma.policy.create({ data: { environmentId: environment, version: 1, settings: { closure_verification: { required: ["critical"] } } } });
  expect(done(await runChunk(claimed, 10, rest))).toBe("ended");
  expect(await came(claimed)).toMatch(/^completed, 2 changed.*evidence 2/);
});
