import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { saveConnector } from "@/lib/commands/connectors/save";
import { storeHook } from "@/lib/commands/hooks/store";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma } from "@/lib/db/client";
import { connectorActor } from "@/lib/gate/actor";
import { moveClock } from "@/lib/testing/clock";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { settingsAt, startTracker } from "@/lib/testing/start-tracker";
import { deliverTickets } from "./deliver-tickets";
import { readHooks } from "./read-hooks";

// Webhooks that have the tracker asked: it is asked no more once it does not answer, and nothing is believed because it cannot be asked.

vi.hoisted(() => {
  process.env["DOCKET_TRACKERS_INSIDE"] = "1"; // the stub lies on this machine
});

/** So many tickets in ServiceNow, whose webhooks say no more than which record changed, or in Jira, whose say all. */
async function world(vendor: "servicenow" | "jira_cloud", count: number) {
  const tracker = await startTracker({ vendor });
  const environment = await makeEnvironment();
  const [admin, ann] = [await makeMember(environment, "admin"), await makeMember(environment, "analyst", "Ann")];
  const saved = await saveConnector(admin, { environment, kind: vendor, name: "Tracker", settings: { ...settingsAt(tracker.address)[vendor], closes: true }, secret: "s3cret" });
  if (!saved.ok) throw new Error(saved.refusal.message);
  const { id: connector } = saved.value;
  const findings = await makeFindings(await makeScope(environment), count);
  await createTickets(ann, { environment, items: findings.map(({ number }) => ({ number })), grouping: "each", connector, override: "For the test." });
  await deliverTickets(connector, undefined, { timeout: 5_000, turn: 60_000 });
  const hear = (body: unknown) => storeHook(connectorActor({ id: connector, name: "Tracker", environment }, randomUUID()), { environment, connector, key: randomUUID(), body: { headers: {}, text: JSON.stringify(body) } });
  const waiting = () => prisma.hook.count({ where: { connectorId: connector, settledAt: null } });
  return { tracker, environment, connector, hear, waiting, states: () => prisma.ticket.findMany({ where: { environmentId: environment }, orderBy: { number: "asc" }, select: { state: true, remediation: true } }) };
}

test.each([["limited", 1], ["error_before", 3]] as const)("a tracker that answers %s is asked %i times, not by each webhook; once it can be asked all are read", async (trouble, most) => {
  const { tracker, connector, hear, waiting, states } = await world("servicenow", 5);
  for (const [at, issue] of tracker.issues.entries()) {
    issue.status = "started";
    await hear({ number: `INC${at + 1}`, sys_id: `sys${at + 1}` });
  }
  let asked = 0;
  tracker.wish.trouble = () => (asked++, trouble);
  await readHooks(connector);
  expect([asked, await waiting()]).toEqual([most, 5]);
  await readHooks(connector); // one that wants patience is not asked at all
  expect(asked).toBe(trouble === "limited" ? 1 : 2 * most);

  tracker.wish.trouble = () => null;
  await moveClock(61_000);
  await readHooks(connector);
  expect(await waiting()).toBe(0);
  expect((await states()).map(({ remediation }) => remediation)).toEqual(Array.from({ length: 5 }, () => "in_progress"));
});

test("while a tracker cannot be asked its letter closes nothing; it waits until it can be looked at", async () => {
  const { tracker, connector, hear, waiting, states } = await world("jira_cloud", 1);
  await prisma.connector.update({ where: { id: connector }, data: { openUntil: new Date("2099-01-01"), failures: 9 } });
  await hear({
    webhookEvent: "jira:issue_updated", timestamp: Date.UTC(2099, 0, 1),
    issue: { id: "10001", key: "SEC-1", self: `${tracker.address}/rest/api/3/issue/10001`, fields: { summary: "Outdated library", labels: [], updated: "2099-01-01T00:00:00.000Z", status: { name: "Done", statusCategory: { key: "done" } } } },
  });
  await readHooks(connector);
  expect([await waiting(), await states()]).toMatchObject([1, [{ state: "open" }]]);

  const [issue] = tracker.issues;
  if (!issue) throw new Error("Nothing was sent.");
  issue.status = "done";
  await prisma.connector.update({ where: { id: connector }, data: { openUntil: null, failures: 0 } });
  await readHooks(connector);
  expect([await waiting(), await states()]).toMatchObject([0, [{ state: "closed" }]]);
});

const letter = (address: string, number: number, status: "To Do" | "Done", summary: string) => ({
  webhookEvent: "jira:issue_updated", timestamp: Date.UTC(2099, 0, 1),
  issue: { id: String(10_000 + number), key: `SEC-${number}`, self: `${address}/rest/api/3/issue/${10_000 + number}`, fields: { summary, labels: [], updated: "2099-01-01T00:00:00.000Z", status: { name: status, statusCategory: { key: status === "Done" ? "done" : "new" } } } },
});

test("what needs no look waits for none; when it has to stop, what was looked at is kept and the rest waits", async () => {
  const { tracker, environment, connector, hear, waiting, states } = await world("jira_cloud", 3);
  for (const issue of tracker.issues) issue.status = "done";
  for (const number of [1, 2]) await hear(letter(tracker.address, number, "Done", "Outdated library"));
  await hear(letter(tracker.address, 3, "To Do", "Renamed over there"));
  const stop = new AbortController();
  let asked = 0;
  tracker.wish.trouble = () => {
    asked++;
    stop.abort();
    return null;
  };
  await readHooks(connector, stop.signal);
  expect([asked, await waiting()]).toEqual([1, 1]);
  expect((await states()).map(({ state }) => state)).toEqual(["closed", "open", "open"]);
  expect(await prisma.ticket.findFirst({ where: { environmentId: environment, number: 3 } })).toMatchObject({ external: { title: "Renamed over there" } });

  await readHooks(connector);
  expect([await waiting(), (await states()).map(({ state }) => state)]).toEqual([0, ["closed", "closed", "open"]]);
});

test("looks are kept in small lots: what comes to a tracker later takes nothing of them away", async () => {
  const { tracker, connector, hear, waiting } = await world("servicenow", 21);
  for (let number = 1; number <= 21; number++) await hear({ number: `INC${number}`, sys_id: `sys${number}` });
  let asked = 0;
  const during: Promise<number>[] = [];
  tracker.wish.trouble = () => {
    if (++asked < 21) return null;
    during.push(waiting());
    return "limited";
  };
  await readHooks(connector);
  expect([asked, await Promise.all(during), await waiting()]).toEqual([21, [1], 1]);
});
