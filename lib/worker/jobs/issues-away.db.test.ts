import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { saveConnector } from "@/lib/commands/connectors/save";
import { linkByHand } from "@/lib/commands/deliveries/link-by-hand";
import { storeHook } from "@/lib/commands/hooks/store";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { editTicket } from "@/lib/commands/tickets/edit";
import { recordDrift } from "@/lib/commands/tickets/record-drift";
import { prisma, sql } from "@/lib/db/client";
import { connectorActor } from "@/lib/gate/actor";
import { getTicketRecord } from "@/lib/queries/rest-tickets";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { settingsAt, startTracker } from "@/lib/testing/start-tracker";
import type { Issue, Vendor } from "@/lib/testing/tracker";
import { deliverTickets } from "./deliver-tickets";
import { pollTracker } from "./poll-trackers";
import { readHooks } from "./read-hooks";

// Over there issues are moved, transferred, merged and deleted: it is seen and said, and no ticket follows to another issue by itself.

vi.hoisted(() => {
  process.env["DOCKET_TRACKERS_INSIDE"] = "1"; // the stub lies on this machine
});

/** An environment whose tickets stand in a tracker and were heard of once. `turn` asks it; `unheard`: as if it had said nothing of these for two hours. */
async function world(vendor: Vendor, count: number) {
  const tracker = await startTracker({ vendor });
  const environment = await makeEnvironment();
  const [admin, ann] = [await makeMember(environment, "admin"), await makeMember(environment, "analyst", "Ann")];
  const { id: connector } = done(await saveConnector(admin, { environment, kind: vendor, name: "Tracker", settings: settingsAt(tracker.address)[vendor], secret: "s3cret" }));
  const findings = await makeFindings(await makeScope(environment), count);
  done(await createTickets(ann, { environment, items: findings.map(({ number }) => ({ number })), grouping: "each", connector, override: "For the test." }));
  const send = () => deliverTickets(connector, undefined, { timeout: 5_000, turn: 60_000 });
  await send();
  const turn = async () => {
    await prisma.$executeRaw(sql`UPDATE connector SET polled_at = NULL WHERE id = ${connector}`);
    tracker.requests.length = 0;
    await pollTracker(connector);
    return tracker.requests.map(({ method, path }) => `${method} ${path.split("?")[0]}`);
  };
  await turn();
  const change = (number: number, to: Partial<Issue>) => {
    const issue = tracker.issues.find((each) => each.number === number);
    if (!issue) throw new Error(`There is no issue ${number}.`);
    return Object.assign(issue, to, { updatedAt: issue.updatedAt + 60_000 });
  };
  const unheard = () => prisma.$executeRaw(sql`UPDATE ticket SET external_at = now() - interval '2 hours' WHERE environment_id = ${environment}`);
  const ticket = (number = 1) => prisma.ticket.findUniqueOrThrow({ where: { environmentId_number: { environmentId: environment, number } } });
  const tasks = async (number = 1) => done(await getTicketRecord(ann, { environment, number })).tasks.map(({ kind, text }) => `${kind}: ${text}`);
  const trail = async (number = 1) => (await prisma.auditEvent.findMany({ where: { environmentId: environment, recordType: "ticket", recordNumber: number }, orderBy: { sequence: "asc" }, include: { body: true } })).map(({ action, body }) => ({ action, after: body?.after }));
  return { tracker, environment, ann, connector, send, turn, change, unheard, ticket, tasks, trail };
}

test.each([["jira_cloud", "SEC-2", "SEC-2"], ["github", "?", "another issue"]] as const)("%s: closed as a duplicate is no fix and is not followed: a change of ours stays on its own issue until a person decides", async (vendor, standsFor, said) => {
  const { tracker, environment, ann, send, turn, change, ticket, tasks, trail } = await world(vendor, 2);
  const { externalKey: key } = await ticket();
  const [, other] = tracker.issues;
  const before = structuredClone(other);
  change(1, { status: "done", standsFor });
  await turn();
  expect(await ticket()).toMatchObject({ externalKey: key, remediation: "open", externalDone: true, drift: ["merged"], external: { merged: said }, state: "open" });
  expect(await tasks()).toContainEqual(expect.stringMatching(new RegExp(`^merged: .* has ${said} for it.* not followed`)));
  expect((await trail()).at(-1)).toMatchObject({ action: "ticket.changed_there", after: { merged_there: said } });

  done(await editTicket(ann, { environment, number: 1, title: "Renamed here" }));
  await send();
  expect(tracker.issues[0]).toMatchObject({ title: "Renamed here" });
  expect(tracker.issues[1], "the survivor is nobody's to write over").toEqual(before);

  done(await recordDrift(ann, { environment, ticket: 1, field: "merged", note: "Both stay." }));
  await turn();
  expect(await ticket(), "told once").toMatchObject({ drift: [], externalKey: key });
  change(1, { status: "started", standsFor: "" });
  await turn();
  expect(await ticket(), "it is taken back over there").toMatchObject({ external: { merged: null, silent: {} }, remediation: "in_progress" });
});

test("who links the ticket to the survivor by hand has it there: the old issue says nothing more of it", async () => {
  const { environment, ann, turn, change, ticket, tracker } = await world("jira_cloud", 1);
  tracker.issues.push({ ...structuredClone(tracker.issues[0]!), number: 2, labels: ["docket"], title: "The one that stays" });
  change(1, { status: "done", standsFor: "SEC-2" });
  await turn();
  expect(await ticket()).toMatchObject({ externalKey: "SEC-1", drift: ["merged"] });
  done(await linkByHand(ann, { environment, ticket: 1, key: "SEC-2" }));
  change(2, { status: "started" });
  change(1, { status: "done" });
  await turn();
  expect(await ticket()).toMatchObject({ externalKey: "SEC-2", externalId: "10002", externalDone: false, remediation: "in_progress", external: { merged: null, title: "The one that stays" } });
});

test("an issue that is linked by hand, also one without our label, is heard of with the next turn", async () => {
  const { environment, ann, turn, ticket, tracker } = await world("github", 1);
  tracker.issues.push({ ...structuredClone(tracker.issues[0]!), number: 2, labels: [], title: "Somebody's own", status: "started" });
  done(await linkByHand(ann, { environment, ticket: 1, key: "2" }));
  await turn();
  expect(await ticket()).toMatchObject({ externalKey: "2", externalId: "900002", remediation: "in_progress", external: { title: "Somebody's own" } });
});

test("an issue that was transferred is gone and says where to; of a repository with another name nothing is", async () => {
  const { tracker, environment, ann, connector, send, turn, change, unheard, ticket, tasks } = await world("github", 2);
  tracker.wish.isRenamed = true;
  await unheard();
  await turn();
  expect([(await ticket(1)).sync, (await ticket(2)).sync]).toEqual(["sent", "sent"]);
  expect(await prisma.connector.findUnique({ where: { id: connector } })).toMatchObject({ lastError: expect.stringMatching(/./) });

  tracker.wish.isRenamed = false;
  change(1, { wentTo: "/repositories/9/issues/3" });
  await unheard();
  await turn();
  expect(await ticket(1)).toMatchObject({ sync: "gone", externalKey: "1", external: { wentTo: "acme/other#3" } });
  expect(await tasks()).toEqual(["gone: It was moved over there, to acme/other#3, where this connector does not reach: have it made anew, link it to another, or close it here."]);
  expect(await ticket(2)).toMatchObject({ sync: "sent" });

  change(2, { wentTo: "/repositories/9/issues/3" });
  done(await editTicket(ann, { environment, number: 2, title: "Renamed here" }));
  await send();
  expect(await ticket(2), "a change is not written after it").toMatchObject({ sync: "gone" });
  expect(await prisma.delivery.findFirst({ where: { environmentId: environment, kind: "update" } })).toMatchObject({ status: "failed", lastError: "#2 was transferred to acme/other#3. Link the ticket to another issue by hand, or close it." });
});

test("a transfer that is posted is heard at once", async () => {
  const { environment, connector, ticket, trail } = await world("github", 1);
  const { externalId } = await ticket();
  const issue = { id: Number(externalId), number: 1, html_url: "https://github.com/acme/app/issues/1", title: "Outdated library", state: "open", labels: [], updated_at: "2099-01-01T00:00:00Z" };
  const body = { action: "transferred", issue, changes: { new_issue: { id: 5, number: 3, html_url: "https://github.com/acme/other/issues/3" }, new_repository: { full_name: "acme/other" } }, sender: { login: "grace" } };
  await storeHook(connectorActor({ id: connector, name: "Tracker", environment }, randomUUID()), { environment, connector, key: "t-1", body: { headers: { "x-github-event": "issues" }, text: JSON.stringify(body) } });
  await readHooks(connector);
  expect(await ticket()).toMatchObject({ sync: "gone", state: "open", external: { wentTo: "acme/other#3" } });
  expect((await trail()).at(-1)).toMatchObject({ action: "ticket.gone_there", after: { sync: "gone", went_to: "acme/other#3" } });
});

test.each(["jira_cloud", "github", "servicenow"] as const)("%s: what nobody heard of is looked for at once; what does not come back is looked at before it is gone", async (vendor) => {
  const { tracker, turn, unheard, ticket } = await world(vendor, 40);
  for (const number of [7, 20]) tracker.issues.splice(tracker.issues.findIndex((each) => each.number === number), 1);
  await unheard();
  const asked = await turn();
  const synced = await Promise.all(Array.from({ length: 40 }, async (_, at) => (await ticket(at + 1)).sync));
  expect(synced.flatMap((sync, at) => (sync === "gone" ? [at + 1] : []))).toEqual([7, 20]);
  expect(asked.length, asked.join("\n")).toBeLessThan(9);
  expect((await turn()).length, "nobody is left").toBeLessThan(4);
});

test("moved to another project it is followed by its id; two that change keys with each other both are, in one page", async () => {
  const { turn, change, unheard, ticket, trail, send, environment, ann, tracker } = await world("jira_cloud", 3);
  change(1, { key: "OPS-7" });
  await unheard();
  await turn();
  expect(await ticket(1)).toMatchObject({ externalKey: "OPS-7", externalId: "10001", external: { formerly: ["SEC-1"] }, sync: "sent", drift: [] });

  change(2, { key: "SEC-3" });
  change(3, { key: "SEC-2" });
  await turn();
  expect([await ticket(2), await ticket(3)]).toMatchObject([{ externalKey: "SEC-3", drift: [] }, { externalKey: "SEC-2", drift: [] }]);
  expect((await trail(2)).at(-1)).toMatchObject({ after: { external_key: "SEC-3" } });
  done(await editTicket(ann, { environment, number: 2, title: "Second here" }));
  await send();
  expect(tracker.issues.map(({ title }) => title === "Second here")).toEqual([false, true, false]);
});

test("another server's numbers are none of ours: where the address changes, the id is forgotten and the key stays", async () => {
  const { tracker, environment, connector, ticket } = await world("jira_cloud", 1);
  const elsewhere = await startTracker({ vendor: "jira_cloud" });
  const admin = await makeMember(environment, "admin");
  const before = await ticket();
  expect(before.externalId).not.toBeNull();
  const save = (address: string) => saveConnector(admin, { environment, id: connector, kind: "jira_cloud", name: "Renamed", settings: settingsAt(address).jira_cloud, secret: "s3cret" });
  done(await save(tracker.address));
  expect(await ticket(), "the same server").toMatchObject({ externalId: before.externalId });
  done(await save(elsewhere.address));
  expect(await ticket()).toMatchObject({ externalId: null, externalKey: before.externalKey });
});

test("the settings come to name another repository, whose issues have the same numbers: none of them is written over or heard", async () => {
  const { tracker, environment, ann, send, turn, change, unheard, ticket } = await world("github", 2);
  await prisma.$executeRaw(sql`UPDATE ticket SET external_id = number::text WHERE environment_id = ${environment}`);
  const theirs = structuredClone(tracker.issues);
  done(await editTicket(ann, { environment, number: 1, title: "Renamed here" }));
  await send();
  expect(tracker.issues, "somebody else's").toEqual(theirs);
  expect(await prisma.delivery.findFirst({ where: { environmentId: environment, kind: "update" } })).toMatchObject({ status: "failed", lastError: expect.stringMatching(/^#1 of acme\/app is not the issue of this ticket.* Give the connector the repository/) });
  for (const number of [1, 2]) change(number, { status: "done" });
  await unheard();
  await turn();
  expect([await ticket(1), await ticket(2)]).toMatchObject([{ sync: "gone", state: "open", externalDone: false }, { sync: "gone", state: "open", externalDone: false }]);
});

test("closed here before anybody knew that its issue is gone: when it comes back it is told", async () => {
  const { tracker, environment, ann, send, turn, ticket } = await world("github", 2);
  const [issue] = tracker.issues.splice(0, 1);
  done(await closeTickets(ann, { environment, items: [{ number: 1 }], reason: "patched", notes: "Shipped." }));
  await send();
  expect(await ticket()).toMatchObject({ sync: "gone" });
  tracker.issues.push({ ...issue!, updatedAt: issue!.updatedAt + 3_600_000 });
  await turn();
  await send();
  expect(tracker.issues.at(-1)?.remarks).toEqual([expect.stringContaining("Shipped")]);
});

test("the one record of ours that is deleted is gone: the others in its table show that they may be read", async () => {
  const { tracker, turn, unheard, ticket } = await world("servicenow", 1);
  tracker.issues.splice(0, 1, { ...tracker.issues[0]!, number: 99, correlation: "" });
  await unheard();
  await turn();
  expect(await ticket()).toMatchObject({ sync: "gone" });
});
