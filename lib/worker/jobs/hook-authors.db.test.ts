import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { saveConnector } from "@/lib/commands/connectors/save";
import { applyThere } from "@/lib/commands/tickets/apply-there";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma } from "@/lib/db/client";
import { goneReport, reportOf, type Report } from "@/lib/domain/ticket/there";
import { connectorActor } from "@/lib/gate/actor";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { settingsAt, startTracker } from "@/lib/testing/start-tracker";
import { deliverTickets } from "./deliver-tickets";

// What several people did over there is often read in one batch: the log names for each change who made it.

vi.hoisted(() => {
  process.env["DOCKET_TRACKERS_INSIDE"] = "1"; // the stub lies on this machine
});

type Said = { title?: string; status?: "To Do" | "Done" | "Closed" | "Won't do"; movedTo?: string };
const at = (second: number) => new Date(Date.UTC(2099, 0, 1, 0, 0, second));
const told = (second: number, by: string | null, { title = "Outdated library", status = "To Do", ...more }: Said): Report =>
  reportOf({ key: "SEC-1", id: "10001", url: null, status, isDone: status !== "To Do", isStarted: false, assignee: null, title, severity: null, updatedAt: at(second), ...more }, { asked: false, by });

/** One ticket in a tracker, which stands there as we sent it; `hear` takes reports as one batch. */
async function world(settings: Record<string, unknown> = {}) {
  const tracker = await startTracker({ vendor: "jira_cloud" });
  const environment = await makeEnvironment();
  const [admin, ann] = [await makeMember(environment, "admin"), await makeMember(environment, "analyst", "Ann")];
  const { id: connector } = done(await saveConnector(admin, { environment, kind: "jira_cloud", name: "Tracker", settings: { ...settingsAt(tracker.address).jira_cloud, ...settings }, secret: "s3cret" }));
  const findings = await makeFindings(await makeScope(environment), 1);
  done(await createTickets(ann, { environment, items: findings.map(({ number }) => ({ number })), grouping: "each", connector, override: "For the test." }));
  await deliverTickets(connector, undefined, { timeout: 5_000, turn: 60_000 });
  const hear = async (...reports: readonly Report[]) => done(await applyThere(connectorActor({ id: connector, name: "Tracker", environment }, randomUUID()), { environment, connector, reports: reports.map((each) => ({ ...each, hook: null })) }));
  await hear(told(0, null, {}));
  const since = (await prisma.auditEvent.aggregate({ _max: { sequence: true } }))._max.sequence ?? 0n;
  const trail = async () => (await prisma.auditEvent.findMany({ where: { environmentId: environment, sequence: { gt: since } }, orderBy: { sequence: "asc" }, include: { body: true } }))
    .map(({ actorName, action, actionId, body }) => ({ actorName, action, actionId, before: body?.before, after: body?.after, reason: body?.reason }));
  return { hear, trail, ticket: () => prisma.ticket.findFirstOrThrow({ where: { environmentId: environment } }) };
}

test("one renames, another moves the status, a third renames again, in one batch: each stands in the log with their own, and the fix is moved by whoever ended it", async () => {
  const { hear, trail, ticket } = await world();
  await hear(told(1, "Ann", { title: "Renamed" }), told(2, "Bob", { title: "Renamed", status: "Done" }), told(3, "Ann", { title: "Once more", status: "Done" }), told(4, "Ann", { title: "At last", status: "Closed" }));
  const entries = await trail();
  expect(entries).toMatchObject([
    { actorName: "Ann (Tracker)", action: "ticket.changed_there", before: { title: "Outdated library" }, after: { title: "Renamed" } },
    { actorName: "Bob (Tracker)", action: "ticket.changed_there", before: { status: "To Do", done: false }, after: { status: "Done", done: true } },
    { actorName: "Ann (Tracker)", action: "ticket.changed_there", before: { title: "Renamed", status: "Done" }, after: { title: "At last", status: "Closed" } },
    { actorName: "Bob (Tracker)", action: "ticket.remediation_moved", reason: "Tracker: Done" },
  ]);
  expect(entries[1]?.after, "what Ann changed is not Bob's").not.toHaveProperty("title");
  const acts = entries.map(({ actionId }) => actionId);
  expect([new Set(acts).size, acts[3] === acts[1]], "each an act of its own; what follows belongs to what it follows from").toEqual([3, true]);
  expect(await ticket()).toMatchObject({ externalDone: true, remediation: "resolved", external: { title: "At last", status: "Closed" } });
});

test("where Done closes, the one who ended it with a fix closes it; who had declined it, or remarks on it later, does not", async () => {
  const { hear, trail, ticket } = await world({ closes: true });
  await hear(told(1, "Ann", { status: "Won't do" }), told(2, "Bob", { status: "Done" }), told(3, "Cem", { status: "Closed", title: "Tidy" }));
  expect((await trail()).filter(({ action }) => action !== "ticket.changed_there").map(({ actorName, action }) => `${actorName}: ${action}`)).toEqual(["Bob (Tracker): ticket.remediation_moved", "Bob (Tracker): ticket.closed"]);
  expect(await ticket()).toMatchObject({ state: "closed", notes: "Tracker says: Done." });
});

test("moved twice and deleted in one batch: each key and its end by their author, and one version more", async () => {
  const { hear, trail, ticket } = await world();
  const { version } = await ticket();
  await hear(told(1, "Ann", { movedTo: "OPS-1" }), { ...told(2, "Bob", { movedTo: "OPS-2" }), key: "OPS-1" }, { ...goneReport("OPS-2", at(3), { asked: false, by: "Cem" }), id: "10001" });
  expect(await trail()).toMatchObject([
    { actorName: "Ann (Tracker)", before: { external_key: "SEC-1" }, after: { external_key: "OPS-1", version: version + 1 } },
    { actorName: "Bob (Tracker)", before: { external_key: "OPS-1" }, after: { external_key: "OPS-2", version: version + 1 } },
    { actorName: "Cem (Tracker)", action: "ticket.gone_there", before: { external_key: "OPS-2", sync: "sent" }, after: { sync: "gone" } },
  ]);
  expect(await ticket()).toMatchObject({ externalKey: "OPS-2", sync: "gone", version: version + 1 });
});
