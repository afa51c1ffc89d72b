import { expect, test, vi } from "vitest";
import { saveConnector } from "@/lib/commands/connectors/save";
import { calibrate } from "@/lib/commands/findings/calibrate";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma } from "@/lib/db/client";
import { ticketPayload } from "@/lib/domain/ticket/payload";
import type { Severity } from "@/lib/domain/finding/words";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";
import { settingsAt, startTracker } from "@/lib/testing/start-tracker";
import { deliverTickets } from "./deliver-tickets";
import { pollTracker } from "./poll-trackers";

// Until the team sets a severity the scanner's is what a ticket carries: when a scan changes it, its tracker is told.

vi.hoisted(() => {
  process.env["DOCKET_TRACKERS_INSIDE"] = "1"; // the stub lies on this machine
});

/** Two weaknesses, seen as severe as is said. */
async function world(grouping: "one" | "each" = "one") {
  let clock = Date.now();
  const tracker = await startTracker({ vendor: "jira_cloud", now: () => (clock += 1_000) });
  const environment = await makeEnvironment();
  const admin = await makeMember(environment, "admin");
  const { id: connector } = done(await saveConnector(admin, { environment, kind: "jira_cloud", name: "Tracker", settings: settingsAt(tracker.address).jira_cloud, secret: "s3cret" }));
  let hour = -48;
  const scan = (a: Severity, b: Severity) => imported({ environment, takenAt: new Date(Date.now() + ++hour * 3_600_000), sees: [{ is: "a", technical: a }, { is: "b", technical: b }] });
  await scan("high", "medium");
  const numberOf = async (name: string) => (await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, title: `Weakness ${name}` } })).number;
  const [a, b] = [await numberOf("a"), await numberOf("b")];
  done(await createTickets(admin, { environment, items: [{ number: a }, { number: b }], grouping, connector, override: "For the test." }));
  const run = () => deliverTickets(connector);
  await run();
  const marks = () => tracker.issues.map(({ labels }) => labels.filter((label) => label.startsWith("severity-")).join());
  const tickets = () => prisma.ticket.findMany({ where: { environmentId: environment }, orderBy: { number: "asc" } });
  const said = async () => (await tickets()).map(({ payload }) => ticketPayload.parse(payload)).map(({ severity, findings }) => [severity, ...findings.map((one) => one.severity)].join(" "));
  const updates = () => prisma.delivery.count({ where: { environmentId: environment, kind: "update" } });
  const jobs = () => prisma.outbox.count({ where: { job: "deliver-tickets" } });
  return { tracker, environment, admin, connector, scan, a, run, marks, tickets, said, updates, jobs };
}

test("a scan that finds it worse reaches the tracker by itself, and is no difference afterwards; where the worst stays, nothing is sent", async () => {
  const { tracker, connector, scan, run, marks, tickets, said, updates, jobs } = await world();
  expect(marks()).toEqual(["severity-high"]);
  await scan("high", "low");
  expect([await updates(), (await said())[0]]).toEqual([0, "high high low"]);

  const before = await jobs();
  await scan("critical", "low");
  expect([await updates(), await jobs()]).toEqual([1, before + 1]);
  await run();
  expect(marks()).toEqual(["severity-critical"]);
  expect(tracker.issues[0]?.text).toContain("Critical");
  await prisma.connector.update({ where: { id: connector }, data: { polledAt: null } });
  await pollTracker(connector);
  expect(await tickets()).toMatchObject([{ severity: "critical", drift: [], payload: { severity: "critical" } }]);

  await scan("critical", "low");
  expect(await updates(), "the same again is no news").toBe(1);
});

test("what the team has set stands, whatever a scan says; each ticket hears of its own alone", async () => {
  const { environment, admin, a, scan, run, marks, said, updates } = await world("each");
  done(await calibrate(admin, { environment, items: [{ number: a }], calibrated: "low", reason: "Behind the gateway." }));
  await run();
  expect(marks()).toEqual(["severity-low", "severity-medium"]);
  const before = await updates();
  await scan("critical", "info");
  await run();
  expect([await updates() - before, marks(), await said()]).toEqual([1, ["severity-low", "severity-info"], ["low low", "info info"]]);
});
