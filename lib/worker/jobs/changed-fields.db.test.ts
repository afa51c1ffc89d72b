import { expect, test, vi } from "vitest";
import { ticketThere } from "@/lib/testing/ticket-there";

vi.hoisted(() => {
  process.env["DOCKET_TRACKERS_INSIDE"] = "1"; // the stub lies on this machine
});

test.each(["jira_cloud", "github", "servicenow"] as const)("a change sends what changed alone: what people wrote over there in %s stands, until it is changed here as well", async (vendor) => {
  const { tracker, issue, edit } = await ticketThere(vendor);
  Object.assign(issue, { title: "Theirs", labels: issue.labels.map((label) => (label.startsWith("severity") ? "severity-info" : label)) });
  const theirs = [...issue.labels];
  const asked = tracker.requests.length;

  await edit({ description: "An unrelated word." });
  expect(tracker.requests.length, "the change went out").toBeGreaterThan(asked);
  expect(issue).toMatchObject({ title: "Theirs", labels: theirs });
  await edit({ title: "Ours" });
  expect(issue).toMatchObject({ title: "Ours", labels: theirs });
});
