import { expect, test, vi } from "vitest";
import { saveConnector } from "@/lib/commands/connectors/save";
import { retryDelivery } from "@/lib/commands/deliveries/retry";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { reopenTickets } from "@/lib/commands/tickets/reopen";
import { prisma } from "@/lib/db/client";
import { moveClock } from "@/lib/testing/clock";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { settingsAt, startTracker } from "@/lib/testing/start-tracker";
import type { TrackerTrouble, Vendor } from "@/lib/testing/tracker";
import { deliverTickets } from "./deliver-tickets";

// A remark whose answer never came may stand there: it is looked for before it is said again.

vi.hoisted(() => {
  process.env["DOCKET_TRACKERS_INSIDE"] = "1"; // the stub lies on this machine
});

/** A ticket that stands in a tracker. */
async function world(vendor: Vendor) {
  const tracker = await startTracker({ vendor });
  const environment = await makeEnvironment();
  const [admin, ann] = [await makeMember(environment, "admin"), await makeMember(environment, "analyst", "Ann")];
  const saved = await saveConnector(admin, { environment, kind: vendor, name: "Tracker", settings: settingsAt(tracker.address)[vendor], secret: "s3cret" });
  if (!saved.ok) throw new Error(saved.refusal.message);
  await makeFindings(await makeScope(environment), 1);
  const made = await createTickets(ann, { environment, items: [{ number: 1 }], connector: saved.value.id, override: "For the test." });
  if (!made.ok) throw new Error(made.refusal.message);
  const run = () => deliverTickets(saved.value.id, undefined, { timeout: 2_000, turn: 60_000 });
  await run();
  const close = () => closeTickets(ann, { environment, items: [{ number: 1 }], reason: "patched", notes: "Updated." });
  const reopen = () => reopenTickets(ann, { environment, items: [{ number: 1 }], reason: "It came back." });
  /** This befalls the next remark, once. */
  const befalls = (trouble: TrackerTrouble) => {
    let isOver = false;
    tracker.wish.trouble = ({ write }) => {
      if (!write || isOver) return null;
      isOver = true;
      return trouble;
    };
  };
  const later = async () => {
    await moveClock(61_000);
    await run();
  };
  const deliveries = () => prisma.delivery.findMany({ where: { environmentId: environment, kind: { not: "create" } }, orderBy: { id: "asc" } });
  const said = () => (tracker.issues[0]?.remarks ?? []).map((text) => /closed|reopened/.exec(text)?.[0]);
  return { tracker, environment, ann, run, later, close, reopen, befalls, deliveries, said };
}

test.each(["jira_cloud", "github", "servicenow"] as const)("%s took the closing and its answer never came: the issue carries it once; opened and closed again, it carries it again", async (vendor) => {
  const { run, later, close, reopen, befalls, deliveries, said } = await world(vendor);
  befalls("silence_after");
  await close();
  await run();
  expect(await deliveries()).toMatchObject([{ kind: "close", status: "pending", attempts: 1 }]);
  await later();
  expect(await deliveries()).toMatchObject([{ kind: "close", status: "sent", attempts: 2, lastError: null }]);
  expect(said(), "it had arrived").toEqual(["closed"]);

  await later();
  await reopen();
  await run();
  befalls("error_before");
  await close();
  await run();
  await later();
  expect(said(), "the first closing is not the second").toEqual(["closed", "reopened", "closed"]);
  expect((await deliveries()).map(({ status, attempts }) => [status, attempts])).toEqual([["sent", 2], ["sent", 1], ["sent", 2]]);
});

test("a closing that a person sends again after it failed is looked for like any other", async () => {
  const { tracker, environment, ann, run, later, close, deliveries, said } = await world("github");
  tracker.wish.trouble = ({ write }) => (write ? "silence_after" : null);
  await close();
  await run();
  await prisma.delivery.updateMany({ where: { environmentId: environment, kind: "close" }, data: { status: "failed", settledAt: new Date() } });
  const [failed] = await deliveries();
  tracker.wish.trouble = () => null;
  expect(await retryDelivery(ann, { environment, delivery: failed!.id })).toMatchObject({ ok: true });
  await later();
  expect(await deliveries()).toMatchObject([{ status: "sent", attempts: 1 }]);
  expect(said()).toEqual(["closed"]);
});

test("where the look fails nothing is said: it is a fault like any other, and tried again", async () => {
  const { tracker, run, later, close, befalls, deliveries, said } = await world("jira_cloud");
  befalls("error_before");
  await close();
  await run();
  tracker.wish.trouble = () => "error_before";
  await later();
  expect(await deliveries()).toMatchObject([{ status: "pending", attempts: 2, lastError: expect.stringContaining("Reading the comments of SEC-1: status 503") }]);
  expect(said()).toEqual([]);
  tracker.wish.trouble = () => null;
  await later();
  expect(said()).toEqual(["closed"]);
});
