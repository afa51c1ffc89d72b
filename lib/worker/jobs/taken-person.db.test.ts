import { expect, test, vi } from "vitest";
import { saveConnector } from "@/lib/commands/connectors/save";
import { acceptDrift } from "@/lib/commands/tickets/accept-drift";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma } from "@/lib/db/client";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { settingsAt, startTracker } from "@/lib/testing/start-tracker";
import { deliverTickets } from "./deliver-tickets";
import { pollTracker } from "./poll-trackers";

vi.hoisted(() => {
  process.env["DOCKET_TRACKERS_INSIDE"] = "1"; // the stub lies on this machine
});

test("whom GitHub calls octo is taken over as the member that the settings name for it; a login that they do not name is nobody here", async () => {
  let clock = Date.now();
  const tracker = await startTracker({ vendor: "github", now: () => (clock += 1_000) });
  const environment = await makeEnvironment();
  const [admin, bob] = [await makeMember(environment, "admin"), await makeMember(environment, "analyst", "Bob")];
  const settings = { ...settingsAt(tracker.address).github, people: { [bob.id]: "octo" } };
  const { id: connector } = done(await saveConnector(admin, { environment, kind: "github", name: "Tracker", settings, secret: "s3cret" }));
  await makeFindings(await makeScope(environment), 1);
  done(await createTickets(admin, { environment, items: [{ number: 1 }], connector, assignee: admin.id, override: "For the test." }));
  await deliverTickets(connector);
  const [issue] = tracker.issues;
  const given = async (assignee: string) => {
    Object.assign(issue!, { assignee, updatedAt: (clock += 60_000) });
    await prisma.connector.update({ where: { id: connector }, data: { polledAt: null } });
    await pollTracker(connector);
    return acceptDrift(admin, { environment, ticket: 1, field: "assignee" });
  };
  expect(await given("hubot")).toMatchObject({ ok: false, refusal: { errors: [{ message: "Nobody here is called hubot." }] } });
  expect(await given("Octo")).toMatchObject({ ok: true });
  expect(await prisma.ticket.findFirst({ where: { environmentId: environment }, select: { assigneeId: true, drift: true } })).toEqual({ assigneeId: bob.personId, drift: [] });
});
