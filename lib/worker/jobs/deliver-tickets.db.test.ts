import { expect, test, vi } from "vitest";
import { saveConnector } from "@/lib/commands/connectors/save";
import { linkByHand } from "@/lib/commands/deliveries/link-by-hand";
import { retryDelivery } from "@/lib/commands/deliveries/retry";
import { createTickets } from "@/lib/commands/tickets/create";
import { closeTickets } from "@/lib/commands/tickets/close";
import { prisma } from "@/lib/db/client";
import { moveClock } from "@/lib/testing/clock";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { settingsAt, startTracker } from "@/lib/testing/start-tracker";
import type { TrackerTrouble, TrackerWish } from "@/lib/testing/tracker";
import { deliverTickets } from "./deliver-tickets";

vi.hoisted(() => {
  process.env["DOCKET_TRACKERS_INSIDE"] = "1"; // the stub lies on this machine
});

const LAG = 60;
/** An environment with a tracker and as many tickets on their way to it. */
async function world(count: number, wish: Partial<TrackerWish> = {}) {
  const vendor = wish.vendor ?? "jira_cloud";
  const tracker = await startTracker({ vendor, ...wish });
  const environment = await makeEnvironment();
  const [admin, ann] = [await makeMember(environment, "admin"), await makeMember(environment, "analyst", "Ann")];
  const saved = await saveConnector(admin, { environment, kind: vendor, name: "Tracker", settings: settingsAt(tracker.address)[vendor], secret: "s3cret", lagSeconds: LAG });
  if (!saved.ok) throw new Error(saved.refusal.message);
  const findings = await makeFindings(await makeScope(environment), count);
  const made = await createTickets(ann, { environment, items: findings.map(({ number }) => ({ number })), grouping: "each", connector: saved.value.id, override: "For the test." });
  if (!made.ok) throw new Error(made.refusal.message);
  expect(made.value.tickets).toHaveLength(count);
  const run = () => deliverTickets(saved.value.id, undefined, { timeout: 2_000, turn: 60_000 });
  return { tracker, environment, admin, ann, connector: saved.value.id, run, tickets: () => prisma.ticket.findMany({ where: { environmentId: environment }, orderBy: { number: "asc" } }), deliveries: () => prisma.delivery.findMany({ where: { environmentId: environment }, orderBy: { id: "asc" } }) };
}

const once = (trouble: TrackerTrouble, at = 0) => ({ creates, count }: { creates: boolean; count: number }) => (creates && count === at ? trouble : null);
const actions = (environment: number, type = "ticket") => prisma.auditEvent.findMany({ where: { environmentId: environment, recordType: type }, orderBy: { sequence: "asc" } }).then((all) => all.map(({ action }) => action));

test.each(["jira_cloud", "github", "servicenow"] as const)("a ticket goes out to %s as its interface wants it, is linked with its entry in the log, and what follows goes in order", async (vendor) => {
  const { tracker, environment, ann, run, tickets, deliveries } = await world(1, { vendor });
  await closeTickets(ann, { environment, items: [{ number: 1 }], reason: "patched", notes: "Updated." });
  await run();
  const [ticket] = await tickets();
  expect(ticket).toMatchObject({ sync: "sent", externalKey: { jira_cloud: "SEC-1", github: "1", servicenow: "INC1" }[vendor] });
  expect(ticket?.externalUrl).toContain(tracker.address);
  expect(tracker.issues).toMatchObject([{ title: expect.stringContaining("Outdated library"), remarks: [expect.stringContaining("Updated")] }]);
  expect((await deliveries()).map(({ kind, status, attempts }) => [kind, status, attempts])).toEqual([["create", "sent", 1], ["close", "sent", 1]]);
  expect(await actions(environment)).toEqual(["ticket.created", "ticket.closed", "ticket.sent"]);
});

test.each(["silence_after", "error_after", "reset_after"] as const)("after %s nothing is sent blindly: it waits for the search, finds the one that was made, and links it", async (trouble) => {
  const { tracker, environment, run, tickets, deliveries } = await world(1, { trouble: once(trouble) });
  await run();
  expect(await tickets()).toMatchObject([{ sync: "in_doubt", externalKey: null }]);
  await run();
  expect(tracker.requests, "the search would not show it yet").toHaveLength(1);
  await moveClock((LAG + 1) * 1_000);
  await run();
  expect(tracker.issues).toHaveLength(1);
  expect(await tickets()).toMatchObject([{ sync: "sent", externalKey: "SEC-1" }]);
  expect(await deliveries()).toMatchObject([{ status: "sent", lastError: null }]);
  expect(await actions(environment)).toEqual(["ticket.created", "ticket.in_doubt", "ticket.sent"]);
});

test.each(["silence_before", "error_before", "reset_before"] as const)("after %s it was not made: it is looked for in vain and sent again, once", async (trouble) => {
  const { tracker, run, tickets } = await world(1, { trouble: once(trouble) });
  await run();
  await moveClock((LAG + 1) * 1_000);
  await run();
  expect(tracker.issues).toHaveLength(1);
  expect(await tickets()).toMatchObject([{ sync: "sent", externalKey: "SEC-1" }]);
});

test("made twice over there: the oldest is linked, the other is named", async () => {
  const { tracker, run, tickets, deliveries } = await world(1, { trouble: once("twice") });
  await run();
  await moveClock((LAG + 1) * 1_000);
  await run();
  expect(tracker.issues).toHaveLength(2);
  expect(await tickets()).toMatchObject([{ externalKey: "SEC-1" }]);
  expect(await deliveries()).toMatchObject([{ status: "sent", lastError: "SEC-1 is linked, the oldest of 2 that were made: close SEC-2 over there.", body: { duplicates: [{ key: "SEC-2" }] } }]);
});

test.each([["error_inside", "in_doubt"], ["html", "in_doubt"], ["refused", "pending"]] as const)("200 with trouble inside is trouble: %s", async (trouble, status) => {
  const { run, deliveries, tickets } = await world(1, { trouble: once(trouble) });
  await run();
  expect(await deliveries()).toMatchObject([{ status }]);
  expect((await tickets())[0]?.externalKey).toBeNull();
});

test("patience is honoured, for all of a tracker, and order is kept; five failures in a row open the circuit, which one delivery tries for all", async () => {
  const { tracker, environment, run, deliveries, connector } = await world(3, { trouble: once("limited") });
  await run();
  expect(tracker.requests).toHaveLength(1);
  await run();
  expect(tracker.requests, "it asked for seven seconds").toHaveLength(1);
  await moveClock(8_000);
  tracker.wish.trouble = () => "reset_before";
  await run();
  const failing = async () => prisma.connector.findUniqueOrThrow({ where: { id: connector } });
  for (let round = 0; (await failing()).openUntil === null; round++) {
    expect(round).toBeLessThan(10);
    await moveClock((LAG + 1) * 1_000);
    await run();
  }
  expect((await failing()).failures).toBe(5);
  const before = tracker.requests.length;
  await run();
  expect(tracker.requests, "open: nothing is asked").toHaveLength(before);
  await moveClock(31_000);
  await run();
  expect(tracker.requests, "half-open: one is").toHaveLength(before + 1);
  expect(await actions(environment, "connector")).toEqual(["connector.created", "connector.opened"]);
  tracker.wish.trouble = () => null;
  for (let round = 0; round < 3; round++) {
    await moveClock(900_000);
    await run();
  }
  expect((await deliveries()).map(({ status }) => status)).toEqual(["sent", "sent", "sent"]);
  expect(tracker.issues).toHaveLength(3);
});

test("what a person has to mend says so: a field that it refuses fails this ticket alone, with the words of the tracker, and is sent again when asked", async () => {
  const { tracker, environment, ann, run, deliveries, tickets } = await world(2);
  const [first] = await tickets();
  await prisma.ticket.update({ where: { id: first!.id }, data: { payload: { ...JSON.parse(JSON.stringify(first!.payload)), labels: ["two words"], title: "" } } });
  await run();
  expect((await deliveries()).map(({ status }) => status)).toEqual(["failed", "sent"]);
  expect((await deliveries())[0]?.lastError).toContain("status 400");
  await prisma.ticket.update({ where: { id: first!.id }, data: { payload: JSON.parse(JSON.stringify(first!.payload)) } });
  const [failed] = await deliveries();
  expect(await retryDelivery(ann, { environment, delivery: failed!.id })).toEqual({ ok: true, value: { deliveries: 1 } });
  await moveClock((LAG + 1) * 1_000);
  await run();
  expect((await tickets()).map(({ externalKey }) => externalKey)).toEqual(["SEC-2", "SEC-1"]);
  expect(tracker.issues).toHaveLength(2);
});

test("a person may end a doubt: linked by hand, nothing more is made; an issue is one ticket's alone", async () => {
  const { tracker, environment, ann, run, tickets } = await world(2, { trouble: once("silence_before") });
  await run();
  expect(await linkByHand(ann, { environment, ticket: 1, key: "SEC-1" })).toMatchObject({ ok: false, refusal: { code: "conflict", message: "SEC-1 is T-2 already." } });
  expect(await linkByHand(ann, { environment, ticket: 1, key: "SEC-77", url: "https://jira.example.test/browse/SEC-77" })).toMatchObject({ ok: true });
  await moveClock((LAG + 1) * 1_000);
  await run();
  expect(tracker.issues).toHaveLength(1);
  expect((await tickets()).map(({ externalKey, sync }) => [externalKey, sync])).toEqual([["SEC-77", "sent"], ["SEC-1", "sent"]]);
});

test("two runners at once: one has the tracker, the other finds nothing to do", async () => {
  const { tracker, run, deliveries } = await world(10);
  await Promise.all([run(), run(), run()]);
  await run();
  expect(tracker.issues).toHaveLength(10);
  expect((await deliveries()).map(({ attempts }) => attempts)).toEqual(Array(10).fill(1));
});
