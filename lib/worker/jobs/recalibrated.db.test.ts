import { expect, test, vi } from "vitest";
import { saveConnector } from "@/lib/commands/connectors/save";
import { bulk } from "@/lib/commands/findings/bulk";
import { calibrate } from "@/lib/commands/findings/calibrate";
import { revert } from "@/lib/commands/findings/revert";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { reopenTickets } from "@/lib/commands/tickets/reopen";
import { prisma } from "@/lib/db/client";
import { ticketPayload } from "@/lib/domain/ticket/payload";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { settingsAt, startTracker } from "@/lib/testing/start-tracker";
import { deliverTickets } from "./deliver-tickets";
import { pollTracker } from "./poll-trackers";

// The severity that the team calibrates is the one that every ticket carries, here and over there.

vi.hoisted(() => {
  process.env["DOCKET_TRACKERS_INSIDE"] = "1"; // the stub lies on this machine
});

async function world({ isSent = true } = {}) {
  let clock = Date.now();
  const tracker = await startTracker({ vendor: "jira_cloud", now: () => (clock += 1_000) });
  const environment = await makeEnvironment();
  const admin = await makeMember(environment, "admin");
  const saved = await saveConnector(admin, { environment, kind: "jira_cloud", name: "Tracker", settings: settingsAt(tracker.address).jira_cloud, secret: "s3cret" });
  if (!saved.ok) throw new Error(saved.refusal.message);
  const connector = saved.value.id;
  await makeFindings(await makeScope(environment), 2);
  await createTickets(admin, { environment, items: [{ number: 1 }, { number: 2 }], grouping: "one", connector, override: "For the test." });
  const run = () => deliverTickets(connector);
  if (isSent) await run();
  const marks = () => tracker.issues[0]?.labels.filter((label) => label.startsWith("severity-"));
  const ticket = () => prisma.ticket.findFirstOrThrow({ where: { environmentId: environment } });
  const kept = async () => ticketPayload.parse((await ticket()).payload);
  const poll = async () => {
    await prisma.connector.update({ where: { id: connector }, data: { polledAt: null } });
    await pollTracker(connector);
  };
  const sent = () => prisma.delivery.count({ where: { environmentId: environment } });
  const lower = async (number: number) => expect(await calibrate(admin, { environment, items: [{ number }], calibrated: "low", reason: "Behind the gateway." })).toMatchObject({ ok: true, value: { changed: [number] } });
  return { tracker, environment, admin, run, marks, ticket, kept, poll, sent, lower };
}

test("a recalibration reaches the tracker and is no difference afterwards; where the worst stays, nothing is sent", async () => {
  const { tracker, run, marks, ticket, kept, poll, sent, lower } = await world();
  expect(marks()).toEqual(["severity-high"]);
  await lower(1);
  expect(await sent(), "the other one is as bad as before").toBe(1);
  expect((await kept()).findings.map(({ severity }) => severity)).toEqual(["low", "high"]);
  await lower(2);
  await run();
  expect(marks()).toEqual(["severity-low"]);
  expect(tracker.issues[0]?.text).toContain("Low (set in Docket");
  await poll();
  expect(await ticket()).toMatchObject({ severity: "low", drift: [], payload: { severity: "low" } });
});

test("a ticket that is still on its way goes out with the severity as it is by then", async () => {
  const { run, marks, lower } = await world({ isSent: false });
  await lower(1);
  await lower(2);
  await run();
  expect(marks()).toEqual(["severity-low"]);
});

test("a whole class is lowered at once, and taken back: the tracker follows both ways", async () => {
  const { environment, admin, run, marks, kept } = await world();
  const made = await bulk(admin, { environment, items: [{ number: 1 }, { number: 2 }], action: { severity: "low" }, note: "Behind the gateway." });
  if (!made.ok) throw new Error(made.refusal.message);
  await run();
  expect(marks()).toEqual(["severity-low"]);
  const { actionId } = await prisma.auditEvent.findFirstOrThrow({ where: { environmentId: environment, action: "finding.severity_calibrated" } });
  expect(await revert(admin, { environment, actionId })).toMatchObject({ ok: true });
  await run();
  expect(marks()).toEqual(["severity-high"]);
  expect((await kept()).severity).toBe("high");
});

test("what is rated otherwise while its ticket is closed is told when that is opened again", async () => {
  const { tracker, environment, admin, run, marks, kept, lower } = await world();
  done(await closeTickets(admin, { environment, items: [{ number: 1 }], reason: "patched", notes: "Updated." }));
  await lower(1);
  await lower(2);
  await run();
  expect(marks(), "a closed ticket is told nothing").toEqual(["severity-high"]);
  done(await reopenTickets(admin, { environment, items: [{ number: 1 }], reason: "It came back." }));
  await run();
  expect(marks()).toEqual(["severity-low"]);
  expect([(await kept()).severity, tracker.issues[0]?.remarks.length]).toEqual(["low", 2]);

  done(await closeTickets(admin, { environment, items: [{ number: 1 }], reason: "patched", notes: "Updated." }));
  done(await reopenTickets(admin, { environment, items: [{ number: 1 }], reason: "Again." }));
  expect(await prisma.delivery.count({ where: { environmentId: environment, kind: "update" } }), "where it is as it was nothing is sent").toBe(1);
});
