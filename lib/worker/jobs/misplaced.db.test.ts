import { afterEach, expect, test, vi } from "vitest";
import { saveConnector } from "@/lib/commands/connectors/save";
import { linkByHand } from "@/lib/commands/deliveries/link-by-hand";
import { retryDelivery } from "@/lib/commands/deliveries/retry";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma } from "@/lib/db/client";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { startTracker } from "@/lib/testing/start-tracker";
import type { Vendor } from "@/lib/testing/tracker";
import { deliverTickets } from "./deliver-tickets";

// A ticket that was made over there and cannot be linked to it ends with what a person does about it, and is not looked for again and again.

vi.hoisted(() => {
  process.env["DOCKET_TRACKERS_INSIDE"] = "1"; // the stub lies on this machine
});

afterEach(() => {
  vi.restoreAllMocks();
});

async function world(vendor: Vendor, settings: (address: string) => Record<string, unknown>) {
  const tracker = await startTracker({ vendor });
  const environment = await makeEnvironment();
  const admin = await makeMember(environment, "admin");
  const saved = await saveConnector(admin, { environment, kind: vendor, name: "Tracker", settings: settings(tracker.address), secret: "s3cret", lagSeconds: 0 });
  if (!saved.ok) throw new Error(saved.refusal.message);
  const { id: connector } = saved.value;
  await makeFindings(await makeScope(environment), 2);
  const make = (number: number) => createTickets(admin, { environment, items: [{ number }], connector, override: "For the test." });
  const run = async () => {
    await prisma.delivery.updateMany({ where: { connectorId: connector }, data: { dueAt: new Date(0) } });
    await prisma.connector.update({ where: { id: connector }, data: { resumeAt: null, openUntil: null } });
    await deliverTickets(connector, undefined, { timeout: 300, turn: 60_000 });
  };
  const rows = () => prisma.delivery.findMany({ where: { environmentId: environment }, orderBy: { id: "asc" } });
  const ticket = (number: number) => prisma.ticket.findUniqueOrThrow({ where: { environmentId_number: { environmentId: environment, number } } });
  return { tracker, environment, admin, make, run, rows, ticket };
}
const jira = (address: string) => ({ address, user: "docket@example.test", project: "SEC", issueType: "Task" });

test("what is found is another ticket's already: it failed and says whose, and goes out once that one is linked right", async () => {
  const { tracker, environment, admin, make, run, rows, ticket } = await world("jira_cloud", jira);
  await make(1);
  tracker.wish.trouble = ({ creates }) => (creates ? "reset_after" : "error_before");
  await run();
  tracker.wish.trouble = () => null;
  await make(2);
  expect(await linkByHand(admin, { environment, ticket: 2, key: "SEC-1" })).toMatchObject({ ok: true }); // the wrong one
  await run();
  const said = "SEC-1 is T-2 already.";
  expect(await rows()).toMatchObject([{ status: "failed", lastError: expect.stringContaining(said) }, { status: "cancelled" }]);
  expect(await ticket(1)).toMatchObject({ sync: "failed", externalKey: null });
  expect(await prisma.auditEvent.findFirstOrThrow({ where: { environmentId: environment, action: "ticket.send_failed" }, include: { body: true } })).toMatchObject({ body: { reason: expect.stringContaining(said) } });
  const asked = tracker.requests.length;
  await run();
  expect(tracker.requests.length, "nobody looks again").toBe(asked);

  await linkByHand(admin, { environment, ticket: 2, key: "SEC-9" });
  await retryDelivery(admin, { environment, delivery: (await rows())[0]!.id });
  await run();
  expect(await ticket(1)).toMatchObject({ sync: "sent", externalKey: "SEC-1" });
  expect(tracker.issues).toHaveLength(1);
});

test("a number that cannot be kept is said, once: nothing is sent or looked for again", async () => {
  const { tracker, make, run, rows, ticket } = await world("servicenow", (address) => ({ address, user: "docket", table: "incident" }));
  tracker.wish.numbers = (number) => `INC${"0".repeat(300)}${number}`;
  await make(1);
  await run();
  await run();
  expect(await rows()).toMatchObject([{ status: "failed", attempts: 1, lastError: expect.stringContaining("longer than 200 characters") }]);
  expect(await ticket(1)).toMatchObject({ sync: "failed" });
  expect(tracker.issues).toHaveLength(1);
});
