import { createHmac } from "node:crypto";
import { expect, test, vi } from "vitest";
import { removeConnector } from "@/lib/commands/connectors/remove";
import { rotateHookSecret } from "@/lib/commands/connectors/rotate-hook-secret";
import { saveConnector } from "@/lib/commands/connectors/save";
import { linkByHand } from "@/lib/commands/deliveries/link-by-hand";
import { acceptDrift } from "@/lib/commands/tickets/accept-drift";
import { createTickets } from "@/lib/commands/tickets/create";
import { pushBack } from "@/lib/commands/tickets/push-back";
import { recordDrift } from "@/lib/commands/tickets/record-drift";
import { reopenTickets } from "@/lib/commands/tickets/reopen";
import { prisma, sql } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/clock";
import { MAX_HOOK_BYTES } from "@/lib/doors/webhook";
import { moveClock } from "@/lib/testing/clock";
import { getTicketRecord } from "@/lib/queries/rest-tickets";
import { done } from "@/lib/testing/done";
import { logLength } from "@/lib/testing/expect-audit";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { postedByJira } from "@/lib/testing/posted";
import { call } from "@/lib/testing/rest";
import { settingsAt, startTracker } from "@/lib/testing/start-tracker";
import type { Vendor } from "@/lib/testing/tracker";
import { deliverTickets } from "./deliver-tickets";
import { pollTracker } from "./poll-trackers";
import { readHooks } from "./read-hooks";

// What a tracker says is a report: it is believed by its signature, put in order by its own clock, and closes nothing here.

vi.hoisted(() => {
  process.env["DOCKET_TRACKERS_INSIDE"] = "1"; // the stub lies on this machine
});

/** An environment whose tickets stand in a tracker that tells of changes. */
async function world(count: number, { vendor = "jira_cloud", settings = {} }: { vendor?: Vendor; settings?: Record<string, unknown> } = {}) {
  const tracker = await startTracker({ vendor });
  const environment = await makeEnvironment();
  const [admin, ann] = [await makeMember(environment, "admin"), await makeMember(environment, "analyst", "Ann")];
  const { id: connector } = done(await saveConnector(admin, { environment, kind: vendor, name: "Tracker", settings: { ...settingsAt(tracker.address)[vendor], ...settings }, secret: "s3cret" }));
  const { secret } = done(await rotateHookSecret(admin, { environment, connector }));
  const { hookId } = await prisma.connector.findUniqueOrThrow({ where: { id: connector } });
  const findings = await makeFindings(await makeScope(environment), count);
  if (count > 0) done(await createTickets(ann, { environment, items: findings.map(({ number }) => ({ number })), grouping: "each", connector, override: "For the test." }));
  await deliverTickets(connector, undefined, { timeout: 5_000, turn: 60_000 });
  const ticket = (number = 1) => prisma.ticket.findUniqueOrThrow({ where: { environmentId_number: { environmentId: environment, number } } });
  const trail = async (number = 1) => (await prisma.auditEvent.findMany({ where: { environmentId: environment, recordType: "ticket", recordNumber: number }, orderBy: { sequence: "asc" } })).map(({ actorType, actorName, action }) => `${actorType} ${actorName}: ${action}`);
  const hear = async (...deliveries: readonly Sent[]) => {
    for (const each of deliveries) expect(await send(hookId, secret, each)).toBeLessThan(300);
    await readHooks(connector);
  };
  return { tracker, environment, admin, ann, connector, secret, hookId, ticket, trail, hear };
}

type Sent = { body: unknown; id: string; headers?: Record<string, string> };

/** Delivers as Jira does; another signature where one is given. */
async function send(hookId: string, secret: string, { body, id, headers }: Sent): Promise<number> {
  const bytes = typeof body === "string" ? body : JSON.stringify(body);
  const signature = `sha256=${createHmac("sha256", secret).update(bytes).digest("hex")}`;
  return (await call("POST", `/api/webhooks/${hookId}`, { bytes, headers: { "x-hub-signature": signature, "x-atlassian-webhook-identifier": id, ...headers } })).status;
}

const STATUS = { "To Do": "new", "In Progress": "indeterminate", Done: "done" } as const;
type Said = { number?: number; status?: keyof typeof STATUS; second?: number; summary?: string; labels?: string[]; assignee?: string | null; key?: string; event?: string; from?: string };
const at = (second: number) => new Date(Date.UTC(2027, 0, 1, 0, 0, second));

/** What Jira posts of an issue. */
function jira({ number = 1, status = "To Do", second = 1, summary, labels = ["docket", "severity-high"], assignee = null, key = `SEC-${number}`, event = "jira:issue_updated", from }: Said): unknown {
  return {
    webhookEvent: event, timestamp: at(second).getTime(), user: { displayName: "Tina", emailAddress: "tina@example.test" },
    issue: {
      id: String(10_000 + number), key, self: `https://jira.example.test/rest/api/2/issue/${10_000 + number}`,
      fields: { summary: summary ?? "Outdated library", labels, updated: at(second).toISOString(), assignee: assignee === null ? null : { emailAddress: assignee, displayName: assignee }, status: { name: status, statusCategory: { key: STATUS[status] } } },
    },
    ...(from ? { changelog: { items: [{ field: "Key", fromString: from, toString: key }] } } : {}),
  };
}
let nextId = 1;
const delivery = (said: Said): Sent => ({ body: jira(said), id: `d-${nextId++}` });
const titled = (text: string) => ({ summary: text });

test("who signs is heard, once; who does not is told so; an address that is none, is removed or belongs to nobody is missing", async () => {
  const { hookId, secret, environment, admin, connector } = await world(0);
  const one = delivery({});
  expect([await send(hookId, secret, one), await send(hookId, secret, one)]).toEqual([202, 200]);
  expect(await send(hookId, `${secret}x`, delivery({}))).toBe(401);
  expect(await send(hookId, secret, { ...delivery({}), headers: { "x-hub-signature": "sha256=zz" } })).toBe(401);
  expect((await call("POST", `/api/webhooks/${hookId}`, { bytes: "{}" })).status).toBe(401);
  expect(await send("a".repeat(24), secret, delivery({}))).toBe(404);
  expect(await send("short", secret, delivery({}))).toBe(404);
  expect(await send(hookId, secret, { body: `{"a":"${"x".repeat(MAX_HOOK_BYTES)}"}`, id: "big" })).toBe(413);
  expect(await send(hookId, secret, { body: "payload=%7B%7D", id: "form" })).toBe(422);
  expect(await prisma.hook.count({ where: { connectorId: connector } })).toBe(1);
  expect(await prisma.hook.findFirst({ where: { connectorId: connector } })).toMatchObject({ body: { headers: { "x-atlassian-webhook-identifier": one.id } } }); // no signature is kept

  done(await removeConnector(admin, { environment, connector }));
  expect(await send(hookId, secret, delivery({}))).toBe(404);
});

test("while a secret is rotated both are taken, for a day; then the old one is a forgery", async () => {
  const { hookId, secret, environment, admin, connector } = await world(0);
  const { secret: next } = done(await rotateHookSecret(admin, { environment, connector }));
  expect([await send(hookId, secret, delivery({})), await send(hookId, next, delivery({}))]).toEqual([202, 202]);
  await moveClock(25 * 3_600_000);
  expect([await send(hookId, secret, delivery({})), await send(hookId, next, delivery({}))]).toEqual([401, 202]);
});

test("where the time of sending is signed an old delivery is refused; one that says too little has the tracker asked", async () => {
  const { tracker, hookId, secret, connector, ticket } = await world(1, { vendor: "servicenow" });
  const [issue] = tracker.issues;
  if (!issue) throw new Error("Nothing was sent.");
  issue.status = "started";
  const post = async (secondsAgo: number) => {
    const bytes = JSON.stringify({ number: "INC1", sys_id: "sys1" });
    const time = String(Math.floor((await databaseNow(prisma)).getTime() / 1_000) - secondsAgo);
    const headers = { "x-docket-timestamp": time, "x-docket-signature": `sha256=${createHmac("sha256", secret).update(`${time}.${bytes}`).digest("hex")}`, "x-docket-delivery": `s-${secondsAgo}` };
    return (await call("POST", `/api/webhooks/${hookId}`, { bytes, headers })).status;
  };
  expect([await post(3_600), await post(5)]).toEqual([401, 202]);
  await readHooks(connector);
  expect(await ticket()).toMatchObject({ remediation: "in_progress", external: { status: "In Progress" } });
});

test("status moves the fix by whoever moved it there, Done lists the ticket and closes neither it nor its finding; what comes late changes nothing", async () => {
  const { environment, ticket, trail, hear } = await world(1);
  await hear(delivery({ status: "In Progress", second: 5 }));
  expect(await ticket()).toMatchObject({ remediation: "in_progress", external: { status: "In Progress" }, externalDone: false, drift: expect.arrayContaining([]) });
  await hear(delivery({ status: "Done", second: 9 }), delivery({ status: "In Progress", second: 7 }));
  expect(await ticket()).toMatchObject({ state: "open", remediation: "resolved", externalDone: true, sync: "sent", external: { status: "Done" } });
  expect(await prisma.finding.findMany({ where: { environmentId: environment }, select: { governanceStatus: true, acknowledgedAt: true } })).toEqual([{ governanceStatus: "open", acknowledgedAt: null }]);
  expect((await trail()).slice(2)).toEqual(["In Progress", "Done"].flatMap(() => ["connector tina@example.test (Tracker): ticket.changed_there", "connector tina@example.test (Tracker): ticket.remediation_moved"]));
  const entries = await logLength();
  await hear(delivery({ status: "Done", second: 12 }));
  expect(await logLength(), "only its clock moved on").toBe(entries);
  expect(await ticket()).toMatchObject({ external: { updatedAt: at(12).toISOString() } });
});

test("where the settings say so, Done closes: as the tracker's user, after a look, once; a ticket that was opened again here stays open", async () => {
  const { tracker, environment, ann, ticket, trail, hear } = await world(1, { settings: { closes: true } });
  const issue = tracker.issues[0];
  if (!issue) throw new Error("Nothing was sent.");
  await hear(delivery({ status: "Done", second: 5 }));
  expect(await ticket(), "the letter says Done, the tracker does not").toMatchObject({ state: "open", externalDone: false });
  issue.status = "done";
  issue.updatedAt += 60_000;
  await hear(delivery({ status: "Done", second: 6 }));
  expect(await ticket()).toMatchObject({ state: "closed", closeReason: "patched", remediation: "resolved", notes: "Tracker says: Done." });
  expect(await trail()).toContain("connector tina@example.test (Tracker): ticket.closed");
  expect(await prisma.delivery.count({ where: { kind: "close", environmentId: environment } }), "the tracker knows").toBe(0);
  done(await reopenTickets(ann, { environment, items: [{ number: 1 }], reason: "Still there." }));
  expect(await ticket()).toMatchObject({ state: "open", externalDone: false });
  issue.updatedAt += 60_000;
  await hear(delivery({ status: "Done", second: 7 }));
  expect(await ticket(), "a Done from before is none: nobody closes it again with one key").toMatchObject({ state: "open", externalDone: false, needsAttention: false });
  await hear(delivery({ status: "In Progress", second: 6_000 }));
  expect(await ticket()).toMatchObject({ externalDone: false, external: { status: "In Progress" } });
  issue.updatedAt = at(7_000).getTime();
  await hear(delivery({ status: "Done", second: 7_000 }));
  expect(await ticket(), "done anew").toMatchObject({ state: "closed" });
});

test("deleted, moved, and an issue of another ticket", async () => {
  const { ticket, trail, hear } = await world(2);
  await hear(delivery({ second: 5, key: "OPS-7", from: "SEC-1" }), delivery({ status: "In Progress", second: 6, key: "OPS-7" }));
  expect(await ticket()).toMatchObject({ externalKey: "OPS-7", version: 3, external: { formerly: ["SEC-1"], status: "In Progress" } });
  await hear(delivery({ number: 2, second: 5, key: "OPS-7" })); // an id of ours under the key of another: its key is taken
  expect(await ticket(2)).toMatchObject({ externalKey: "SEC-2", drift: ["title", "merged"], external: { merged: "OPS-7" } });
  await hear(delivery({ event: "jira:issue_deleted", second: 9, key: "OPS-7" }), delivery({ status: "Done", second: 8, key: "OPS-7" }));
  expect(await ticket()).toMatchObject({ sync: "gone", state: "open" });
  expect(await trail()).toContain("connector tina@example.test (Tracker): ticket.gone_there");
  await hear({ body: jira({ number: 999 }), id: "stranger" });
  expect(await prisma.hook.findFirst({ where: { key: "stranger" } })).toMatchObject({ outcome: "of no ticket here", body: {} });
});

test("a connector hears of its own tickets alone: the same keys in another environment are another's", async () => {
  const [here, there] = [await world(1), await world(1)];
  await here.hear(delivery({ status: "Done", second: 5 }));
  expect(await here.ticket()).toMatchObject({ externalDone: true });
  expect(await there.ticket()).toMatchObject({ externalDone: false, external: null, remediation: "open" });
  expect(await send(there.hookId, here.secret, delivery({ status: "Done" }))).toBe(401);
});

test("hostile bodies are kept, read and settled: none stops those behind it", async () => {
  const { connector, ticket, hear } = await world(1);
  const deep = `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`;
  const bodies: unknown[] = [[], "null", deep, { webhookEvent: "jira:issue_updated", issue: { key: 7 } }, { webhookEvent: "jira:issue_updated", timestamp: 9e99, issue: { key: "__proto__" } }, jira({ ...titled(`\0'; DROP TABLE ticket; --\ud800${"x".repeat(5_000)}`), second: 3 })];
  await hear(...bodies.map((body, number): Sent => ({ body, id: `hostile-${number}` })), delivery({ status: "In Progress", second: 5 }));
  expect(await ticket()).toMatchObject({ remediation: "in_progress" });
  expect(await prisma.hook.findMany({ where: { connectorId: connector, settledAt: null }, select: { key: true } })).toEqual([]);
});

test("doubled, shuffled, forged and stale deliveries end in the same state", async () => {
  const statuses = ["In Progress", "Done", "To Do", "In Progress", "Done", "To Do"] as const;
  const told = [1, 2, 3].flatMap((number) => statuses.slice(0, 3 + number).map((status, step) => jira({ number, status, second: 10 + step * 3 + number, summary: `Renamed ${step}`, labels: ["docket", step % 2 ? "severity-low" : "severity-high"] })));
  const gone = jira({ number: 2, event: "jira:issue_deleted", second: 59 });
  const ends: unknown[] = [];
  for (const order of [(list: Sent[]) => list, (list: Sent[]) => [...list].reverse(), (list: Sent[]) => list.map((each, step) => ({ each, rank: (step * 7919) % 101 })).sort((one, other) => one.rank - other.rank).map(({ each }) => each)]) {
    const { hookId, secret, ticket, connector, hear } = await world(3);
    const sent = [...told, gone].flatMap((body, step) => [0, 1, 2].map((time): Sent => ({ body, id: time === 2 ? `again-${step}` : `step-${step}` })));
    for (const forged of [1, 2, 3]) expect(await send(hookId, `${secret}!`, delivery({ number: forged, status: "Done", second: 59 }))).toBe(401);
    await hear(...order(sent));
    expect(await prisma.hook.count({ where: { connectorId: connector } })).toBe((told.length + 1) * 2);
    ends.push(await Promise.all([1, 2, 3].map(async (number) => {
      const { state, remediation, sync, externalKey, externalDone, drift, external, severity } = await ticket(number);
      return { state, remediation, sync, externalKey, externalDone, drift, external, severity };
    })));
  }
  expect(ends[0]).toMatchObject([{ remediation: "in_progress" }, { sync: "gone" }, { remediation: "open", externalDone: false }]);
  expect(ends[1]).toEqual(ends[0]);
  expect(ends[2]).toEqual(ends[0]);
});

test("a difference is taken over, sent again or let be; the severity is never taken over", async () => {
  const { environment, ann, tracker, connector, ticket, trail, hear } = await world(1);
  const title = (await ticket()).title;
  await hear(delivery({ second: 4 })); // how it was made there, to nobody
  await hear(delivery({ second: 5, summary: "Renamed there", labels: ["docket", "severity-low", "quick-win"], assignee: "ann@elsewhere.test" }));
  expect(await ticket()).toMatchObject({ title, severity: "high", drift: ["title", "severity", "assignee", "labels"] });
  const told = done(await getTicketRecord(ann, { environment, number: 1 }));
  expect(told).toMatchObject({ drift: ["title", "severity", "assignee", "labels"], differences: expect.arrayContaining([{ field: "title", here: title, sent: title, there: "Renamed there" }]) });
  const ask = { environment, ticket: 1 };
  expect(await acceptDrift(ann, { ...ask, field: "severity" })).toMatchObject({ ok: false, refusal: { code: "illegal", allowed: ["push", "record"] } });
  expect(await acceptDrift(ann, { ...ask, field: "assignee" })).toMatchObject({ ok: false, refusal: { message: "Nobody here is called ann@elsewhere.test." } });
  expect(await recordDrift(ann, { ...ask, field: "labels" })).toMatchObject({ ok: false, refusal: { code: "invalid" } });
  done(await recordDrift(ann, { ...ask, field: "labels", note: "Theirs to sort." }));
  done(await acceptDrift(ann, { ...ask, field: "title" }));
  done(await pushBack(ann, { ...ask, field: "severity" }));
  expect(await ticket()).toMatchObject({ title: "Renamed there", severity: "high", drift: ["assignee"], payload: { title: "Renamed there" } });
  expect((await trail()).slice(-3)).toEqual(["user Ann: ticket.drift_recorded", "user Ann: ticket.drift_accepted", "user Ann: ticket.drift_pushed"]);
  await deliverTickets(connector, undefined, { timeout: 5_000, turn: 60_000 });
  expect(tracker.issues[0], "what was taken over is not sent").toMatchObject({ title: expect.not.stringContaining("Renamed"), labels: expect.arrayContaining(["severity-high"]) });

  await hear(delivery({ second: 6, summary: "Renamed there", labels: ["docket", "severity-high", "quick-win"] }));
  expect(await ticket()).toMatchObject({ drift: [] });
  await hear(delivery({ second: 7, summary: "Renamed there", labels: ["docket", "severity-high", "another"], assignee: "Ann" }));
  expect(await ticket(), "it changed again").toMatchObject({ drift: ["assignee", "labels"] });
  done(await acceptDrift(ann, { ...ask, field: "assignee" }));
  done(await acceptDrift(ann, { ...ask, field: "labels" }));
  expect(await ticket()).toMatchObject({ assigneeId: ann.personId, labels: ["another"], drift: [] });
  expect(await acceptDrift(ann, { ...ask, field: "labels" })).toMatchObject({ ok: false, refusal: { code: "conflict" } });
});

test.each(["jira_cloud", "github", "servicenow"] as const)("without a webhook %s is asked: what changed comes, what was deleted is found, and after an outage nothing is missing", async (vendor) => {
  const { tracker, connector, ticket } = await world(2, { vendor });
  expect(await pollTracker(connector)).toBeGreaterThan(0);
  const [one] = tracker.issues;
  if (!one) throw new Error("Nothing was sent.");
  one.status = "done";
  one.updatedAt += 60_000;
  const turn = () => prisma.$executeRaw(sql`UPDATE connector SET polled_at = NULL WHERE id = ${connector}`);
  expect(await pollTracker(connector), "the minute is not over").toBe(0);
  await turn();
  tracker.wish.trouble = () => "error_before";
  expect(await pollTracker(connector)).toBe(0);
  expect(await prisma.connector.findUnique({ where: { id: connector } })).toMatchObject({ lastError: expect.stringContaining("503") });
  tracker.wish.trouble = () => null;
  await turn();
  await pollTracker(connector);
  expect(await ticket()).toMatchObject({ externalDone: true, remediation: "resolved", state: "open" });

  tracker.issues.splice(1, 1);
  await prisma.$executeRaw(sql`UPDATE ticket SET external_at = now() - interval '2 hours' WHERE number = 2 AND connector_id = ${connector}`);
  await turn();
  await pollTracker(connector);
  expect(await ticket(2)).toMatchObject({ sync: "gone" });
});

test("an issue that is told of before its key is known here waits for it", async () => {
  const { environment, connector, ticket, hear } = await world(1);
  await prisma.$executeRaw(sql`UPDATE delivery SET status = 'sending', settled_at = NULL WHERE connector_id = ${connector}`);
  await hear(delivery({ number: 2, second: 5, status: "In Progress" }));
  expect(await prisma.hook.count({ where: { connectorId: connector, settledAt: null } })).toBe(1);
  await prisma.$executeRaw(sql`UPDATE delivery SET status = 'sent', settled_at = now() WHERE connector_id = ${connector}`);
  const ann = await makeMember(environment, "analyst");
  done(await linkByHand(ann, { environment, ticket: 1, key: "SEC-2" }));
  await readHooks(connector);
  expect(await ticket()).toMatchObject({ externalKey: "SEC-2", externalId: "10002", remediation: "in_progress" });
});

test.each(postedByJira())("what a tracker posted is read: $resolved.issue.key resolved and reopened, with who did it", async ({ resolved, reopened }) => {
  const { ticket, trail, hear, environment, ann } = await world(1);
  done(await linkByHand(ann, { environment, ticket: 1, key: resolved.issue.key }));
  await hear({ body: resolved, id: "posted-1" });
  expect(await ticket()).toMatchObject({ externalDone: true, remediation: "resolved", state: "open" });
  await hear({ body: reopened, id: "posted-2" });
  expect((await ticket()).externalDone).toBe(false);
  expect((await trail()).at(-1)).toMatch(/^connector .+ \(Tracker\): ticket\./);
});
