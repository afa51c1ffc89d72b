import { expect, test, vi } from "vitest";
import { saveConnector } from "@/lib/commands/connectors/save";
import { createTickets } from "@/lib/commands/tickets/create";
import { editTicket } from "@/lib/commands/tickets/edit";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { settingsAt, startTracker } from "@/lib/testing/start-tracker";
import { deliverTickets } from "./deliver-tickets";

vi.hoisted(() => {
  process.env["DOCKET_TRACKERS_INSIDE"] = "1"; // the stub lies on this machine
});

test.each(["jira_cloud", "github", "servicenow"] as const)("a change sends what changed alone: what people wrote over there in %s stands, until it is changed here as well", async (vendor) => {
  const tracker = await startTracker({ vendor });
  const environment = await makeEnvironment();
  const admin = await makeMember(environment, "admin");
  const saved = await saveConnector(admin, { environment, kind: vendor, name: "Tracker", settings: settingsAt(tracker.address)[vendor], secret: "s3cret" });
  if (!saved.ok) throw new Error(saved.refusal.message);
  const [finding] = await makeFindings(await makeScope(environment), 1);
  await createTickets(admin, { environment, items: [{ number: finding!.number }], grouping: "one", connector: saved.value.id, override: "For the test." });
  const run = () => deliverTickets(saved.value.id);
  await run();
  const [issue] = tracker.issues;
  Object.assign(issue!, { title: "Theirs", labels: issue!.labels.map((label) => (label.startsWith("severity") ? "severity-info" : label)) });
  const theirs = [...issue!.labels];
  const asked = tracker.requests.length;

  await editTicket(admin, { environment, number: 1, description: "An unrelated word." });
  await run();
  expect(tracker.requests.length, "the change went out").toBeGreaterThan(asked);
  expect(issue).toMatchObject({ title: "Theirs", labels: theirs });
  await editTicket(admin, { environment, number: 1, title: "Ours" });
  await run();
  expect(issue).toMatchObject({ title: "Ours", labels: theirs });
});
