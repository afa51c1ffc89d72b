import { expect, test, vi } from "vitest";
import { saveConnector } from "@/lib/commands/connectors/save";
import { cancelDelivery } from "@/lib/commands/deliveries/cancel";
import { retryDelivery } from "@/lib/commands/deliveries/retry";
import { sendAnew } from "@/lib/commands/deliveries/send-anew";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { editTicket } from "@/lib/commands/tickets/edit";
import { prisma, sql } from "@/lib/db/client";
import { getTicketRecord } from "@/lib/queries/rest-tickets";
import { moveClock } from "@/lib/testing/clock";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { settingsAt, startTracker } from "@/lib/testing/start-tracker";
import type { TrackerWish, Vendor } from "@/lib/testing/tracker";
import { deliverTickets } from "./deliver-tickets";
import { pollTracker } from "./poll-trackers";

// What is lost over there has a way back: looked for, made anew, or come back by itself; and never is there a second one.

vi.hoisted(() => {
  process.env["DOCKET_TRACKERS_INSIDE"] = "1"; // the stub lies on this machine
});

async function world(vendor: Vendor, wish: Partial<TrackerWish> = {}, { count = 2, lagSeconds = 0 } = {}) {
  const tracker = await startTracker({ vendor, ...wish });
  const environment = await makeEnvironment();
  const [admin, ann] = [await makeMember(environment, "admin"), await makeMember(environment, "analyst", "Ann")];
  const { id: connector } = done(await saveConnector(admin, { environment, kind: vendor, name: "Tracker", settings: settingsAt(tracker.address)[vendor], secret: "s3cret", lagSeconds }));
  const findings = await makeFindings(await makeScope(environment), count);
  done(await createTickets(ann, { environment, items: findings.map(({ number }) => ({ number })), grouping: "each", connector, override: "For the test." }));
  const send = () => deliverTickets(connector, undefined, { timeout: 5_000, turn: 60_000 });
  await send();
  const poll = async (hours = 0) => {
    await prisma.$executeRaw(sql`UPDATE connector SET polled_at = NULL WHERE id = ${connector}`);
    await prisma.$executeRaw(sql`UPDATE ticket SET external_at = coalesce(external_at, now()) - ${hours}::int * interval '1 hour' WHERE environment_id = ${environment}`);
    await pollTracker(connector);
  };
  const ticket = (number = 1) => prisma.ticket.findUniqueOrThrow({ where: { environmentId_number: { environmentId: environment, number } } });
  const tasks = async () => done(await getTicketRecord(ann, { environment, number: 1 })).tasks.map(({ kind }) => kind);
  const deliveries = () => prisma.delivery.findMany({ where: { ticket: { environmentId: environment, number: 1 } }, orderBy: { id: "asc" } });
  const anew = (more: Record<string, unknown> = {}) => sendAnew(ann, { environment, ticket: 1, ...more });
  /** The issue of the first ticket is no longer seen; others are. Gives it. */
  const lose = async () => {
    const [issue] = tracker.issues.splice(0, 1, { ...tracker.issues[0]!, number: 99, labels: ["docket"], text: "", correlation: "docketother" });
    await poll(2);
    expect(await ticket()).toMatchObject({ sync: "gone" });
    return issue!;
  };
  return { tracker, environment, connector, ann, send, poll, ticket, tasks, deliveries, anew, lose };
}

test.each(["jira_cloud", "github", "servicenow"] as const)("%s: a ticket whose issue is gone is looked for, then made anew, with what it says by now; the log says so", async (vendor) => {
  const { tracker, environment, ann, send, ticket, tasks, anew, lose } = await world(vendor);
  await lose();
  expect(await tasks()).toContain("gone");
  done(await editTicket(ann, { environment, number: 1, title: "Said meanwhile" }));
  const { externalKey: before } = await ticket();
  expect(await anew({ note: "Deleted by mistake." })).toMatchObject({ ok: true });
  expect(await anew(), "on its way").toMatchObject({ ok: false, refusal: { code: "conflict" } });
  tracker.requests.length = 0;
  await send();
  expect(tracker.requests[0]?.path, "it is looked for first").toMatch(/search|sysparm_query=correlation_id=/);
  const { externalKey, sync, drift } = await ticket();
  expect({ sync, drift }).toEqual({ sync: "sent", drift: [] });
  expect(externalKey).not.toBe(before);
  expect(tracker.issues.filter(({ title }) => title === "Said meanwhile")).toHaveLength(1);
  expect(await tasks()).toEqual([]);
  const entry = await prisma.auditEvent.findFirstOrThrow({ where: { environmentId: environment, action: "ticket.made_anew" }, include: { body: true } });
  expect(entry.body).toMatchObject({ note: "Deleted by mistake.", before: { external_key: before }, after: { external_key: null } });
});

test("an issue that is there after all is found by its marker and linked: no second one is made", async () => {
  const { tracker, send, ticket, anew, lose } = await world("jira_cloud");
  const issue = await lose();
  tracker.issues.push(issue);
  expect(await anew()).toMatchObject({ ok: true });
  const count = tracker.issues.length;
  await send();
  expect(await ticket()).toMatchObject({ sync: "sent", externalKey: "SEC-1" });
  expect(tracker.issues).toHaveLength(count);
});

test("sent again by an impatient hand, before the search was made, a ticket that is made anew is looked for all the same", async () => {
  const { tracker, environment, ann, send, ticket, deliveries, anew, lose } = await world("jira_cloud");
  const issue = await lose();
  done(await anew());
  tracker.issues.push(issue);
  const count = tracker.issues.length;
  done(await retryDelivery(ann, { environment, delivery: (await deliveries()).at(-1)!.id }));
  await send();
  expect(await ticket()).toMatchObject({ sync: "sent", externalKey: "SEC-1" });
  expect(tracker.issues, "no second one").toHaveLength(count);
});

test("a ticket of which a change is being sent at this moment is not made anew", async () => {
  const { environment, ann, deliveries, anew, lose } = await world("jira_cloud");
  done(await editTicket(ann, { environment, number: 1, title: "On its way" }));
  await prisma.delivery.update({ where: { id: (await deliveries()).at(-1)!.id }, data: { status: "sending", askedAt: new Date() } });
  await lose();
  expect(await anew()).toMatchObject({ ok: false, refusal: { code: "conflict", message: expect.stringContaining("being sent") } });
});

test("a making that was called off says so, and can be had again; what may have been made before is looked for", async () => {
  const { tracker, environment, ann, send, ticket, tasks, deliveries, anew } = await world("jira_cloud", { trouble: ({ creates, count }) => (creates && count === 0 ? "silence_after" : null) }, { count: 1, lagSeconds: 60 });
  const [first] = await deliveries();
  done(await cancelDelivery(ann, { environment, delivery: first!.id }));
  expect(await ticket()).toMatchObject({ sync: "failed", externalKey: null });
  expect(await tasks()).toEqual(["send_failed"]);
  expect(await anew()).toMatchObject({ ok: true });
  await send();
  expect(tracker.requests, "the search would not show it yet").toHaveLength(1);
  await moveClock(61_000);
  await send();
  expect(tracker.issues, "the first one had arrived").toHaveLength(1);
  expect(await ticket()).toMatchObject({ sync: "sent", externalKey: "SEC-1" });
  done(await editTicket(ann, { environment, number: 1, title: "It is heard again" }));
  await send();
  expect(tracker.issues).toMatchObject([{ title: "It is heard again" }]);
});

test("only what stands nowhere is made anew: not one that stands there, not a closed one", async () => {
  const { environment, ann, anew, lose } = await world("jira_cloud");
  expect(await anew()).toMatchObject({ ok: false, refusal: { code: "conflict", message: "T-1 stands there as SEC-1." } });
  await lose();
  done(await closeTickets(ann, { environment, items: [{ number: 1 }], reason: "duplicate" }));
  expect(await anew()).toMatchObject({ ok: false, refusal: { code: "conflict", message: "T-1 is closed." } });
});

test("where nothing looks for what may have been made, whoever insists has looked", async () => {
  const environment = await makeEnvironment();
  const [admin, ann] = [await makeMember(environment, "admin"), await makeMember(environment, "analyst", "Ann")];
  const { id: connector } = done(await saveConnector(admin, { environment, kind: "custom", name: "Desk", settings: { address: "https://desk.example.test/api" }, secret: "s3cret" }));
  await makeFindings(await makeScope(environment), 1);
  done(await createTickets(ann, { environment, items: [{ number: 1 }], connector, override: "For the test." }));
  const [made] = await prisma.delivery.findMany({ where: { environmentId: environment } });
  await prisma.delivery.update({ where: { id: made!.id }, data: { status: "in_doubt", askedAt: new Date() } });
  done(await cancelDelivery(ann, { environment, delivery: made!.id }));
  expect(await sendAnew(ann, { environment, ticket: 1 })).toMatchObject({ ok: false, refusal: { message: expect.stringContaining("may have been made") } });
  expect(await sendAnew(ann, { environment, ticket: 1, insist: true })).toMatchObject({ ok: true });
  expect((await prisma.delivery.findMany({ where: { environmentId: environment }, orderBy: { id: "asc" } })).map(({ status }) => status)).toEqual(["cancelled", "pending"]);
});

test("a change that was called off leaves a ticket that stands there sent, not stuck as not sent", async () => {
  const { tracker, environment, ann, send, ticket, tasks, deliveries } = await world("jira_cloud");
  tracker.wish.trouble = ({ write }) => (write ? "refused" : null);
  done(await editTicket(ann, { environment, number: 1, title: "Refused" }));
  await send();
  expect(await ticket()).toMatchObject({ sync: "failed" });
  done(await cancelDelivery(ann, { environment, delivery: (await deliveries()).at(-1)!.id }));
  expect(await ticket()).toMatchObject({ sync: "sent", needsAttention: false });
  expect(await tasks()).toEqual([]);
});

test.each(["jira_cloud", "servicenow"] as const)("%s: where nothing is seen any more, nothing is gone: its user lost the right, or the settings name another place", async (vendor) => {
  const { tracker, connector, poll, ticket } = await world(vendor);
  await poll();
  const all = tracker.issues.splice(0);
  const { settings } = await prisma.connector.findUniqueOrThrow({ where: { id: connector } });
  if (vendor === "jira_cloud") await prisma.connector.update({ where: { id: connector }, data: { settings: { ...JSON.parse(JSON.stringify(settings)), project: "OTHER" } } });
  await poll(2);
  expect(await ticket()).toMatchObject({ sync: "sent" });
  expect(await prisma.connector.findUniqueOrThrow({ where: { id: connector } })).toMatchObject({ lastError: expect.stringMatching(/Project OTHER is not there|No record is seen in incident/) });
  tracker.issues.push(...all);
});

test("what was gone is looked for once a day; come back, it is told what was changed and closed here meanwhile", async () => {
  const { tracker, environment, ann, send, poll, ticket, lose, tasks } = await world("github");
  tracker.issues[1]!.updatedAt += 60_000; // what changed since is asked for from there on
  const issue = await lose();
  done(await editTicket(ann, { environment, number: 1, title: "Known better" }));
  await send();
  tracker.issues.push(issue);
  await poll(2);
  expect(await ticket(), "not before a day is over").toMatchObject({ sync: "gone" });
  await poll(25);
  expect(await ticket()).toMatchObject({ sync: "sent" });
  await send();
  expect(issue.title).toBe("Known better");
  expect(await tasks()).toEqual([]);

  tracker.issues.splice(tracker.issues.indexOf(issue), 1);
  await poll(2);
  expect(await ticket()).toMatchObject({ sync: "gone", needsAttention: true });
  done(await closeTickets(ann, { environment, items: [{ number: 1 }], reason: "patched", notes: "Shipped." }));
  expect(await ticket(), "closed, it waits for nobody").toMatchObject({ needsAttention: false });
  expect((await tasks()).filter((kind) => kind === "gone")).toEqual([]);
  issue.updatedAt += 3_600_000;
  tracker.issues.push(issue);
  await poll();
  await send();
  expect(issue.remarks).toEqual([expect.stringContaining("Shipped")]);
});
