import { expect, test, vi } from "vitest";
import { pushBack } from "@/lib/commands/tickets/push-back";
import { prisma } from "@/lib/db/client";
import { makeMember } from "@/lib/testing/make";
import { settingsAt } from "@/lib/testing/start-tracker";
import { ticketThere } from "@/lib/testing/ticket-there";
import type { Vendor } from "@/lib/testing/tracker";

// What a tracker was last told is the base of every difference: what was changed here and is on its way, or arrived, is none.

vi.hoisted(() => {
  process.env["DOCKET_TRACKERS_INSIDE"] = "1"; // the stub lies on this machine
});

const LABELS = { labels: { low: "p4", high: "p2" } };

async function world(vendor: Vendor) {
  const there = await ticketThere(vendor, { settings: vendor === "github" ? LABELS : {}, ticket: { labels: ["web", "old"], priority: "high" } });
  const { environment, admin, run, poll, ticket } = there;
  const push = async (field: string) => {
    expect(await pushBack(admin, { environment, ticket: 1, field })).toMatchObject({ ok: true });
    await run();
  };
  const drift = async () => {
    await poll();
    return (await ticket()).drift;
  };
  return { ...there, push, drift, sent: async () => (await ticket()).sent };
}

const plain = (labels: readonly string[]) => labels.filter((label) => !label.startsWith("docket") && !label.startsWith("severity-")).sort();

test.each(["jira_cloud", "github"] as const)("labels that are changed here go to %s beside what people put there, and are no difference afterwards", async (vendor) => {
  const { issue, edit, drift, change, push } = await world(vendor);
  const word = vendor === "github" ? ["p2"] : [];
  expect(await drift()).toEqual([]);
  await edit({ labels: ["web", "new"] });
  expect(plain(issue.labels)).toEqual(["new", ...word, "web"]);
  expect(await drift()).toEqual([]);

  change({ labels: [...issue.labels.filter((label) => label !== "web"), "Theirs"] });
  expect(await drift()).toEqual(["labels"]);
  await edit({ labels: ["web", "newer"] }); // what they put there stays, what they took off stays off
  expect(plain(issue.labels)).toEqual(["Theirs", "newer", ...word]);
  expect(await drift()).toEqual(["labels"]);
  await push("labels"); // until ours is meant to stand
  expect(plain(issue.labels)).toEqual(["newer", ...word, "web"]);
  expect(await drift()).toEqual([]);
});

test("a change that is edited away while an older one stands over there is judged against what was sent", async () => {
  const { edit, drift, tracker, sent, issue } = await world("jira_cloud");
  await edit({ title: "First" });
  tracker.wish.trouble = ({ write }) => (write ? "refused" : null);
  await edit({ title: "Second" });
  tracker.wish.trouble = () => null;
  expect(issue.title).toBe("First");
  expect(await sent()).toMatchObject({ title: "First" });
  await prisma.delivery.updateMany({ where: { status: { in: ["pending", "failed"] } }, data: { status: "cancelled", settledAt: new Date() } });
  issue.updatedAt += 90_000;
  expect(await drift()).toEqual([]); // they changed nothing
});

test("the word of a priority that is a label goes with the priority", async () => {
  const { issue, edit, drift } = await world("github");
  await edit({ priority: "low" });
  expect(plain(issue.labels)).toEqual(["old", "p4", "web"]);
  expect(await drift()).toEqual([]);
});

test.each(["jira_cloud", "github", "servicenow"] as const)("whoever a ticket is given to here gets it in %s, where they are known; pushed, whoever is not known is said", async (vendor) => {
  const { tracker, environment, issue, edit, push, drift, change, last } = await world(vendor);
  const [bob, eve] = [await makeMember(environment, "analyst", "Bob"), await makeMember(environment, "analyst", "Eve")];
  const email = bob.id;
  tracker.wish.people = vendor === "github" ? [email, eve.id] : [email]; // GitHub has a user with the name of Eve's address, who is somebody else
  const there = vendor === "github" ? (email.split("@")[0] ?? "") : email;
  if (vendor === "github") await prisma.connector.updateMany({ where: { environmentId: environment }, data: { settings: { ...settingsAt(tracker.address).github, ...LABELS, people: { [email]: there } } } });
  await edit({ assignee: bob.personId });
  expect(issue.assignee).toBe(there);
  expect(await drift()).toEqual([]);

  await edit({ assignee: eve.personId });
  expect(issue.assignee).toBe(there);
  expect(await last()).toMatchObject({ status: "sent", lastError: expect.stringContaining("The assignee stays as it is over there.") });
  expect(await drift()).toEqual([]); // nobody changed it over there
  change({ assignee: "mallory@example.test" });
  expect(await drift()).toEqual(["assignee"]);
  await push("assignee");
  expect(await last()).toMatchObject({ status: "failed", lastError: expect.stringContaining("Assign it over there") });

  const beside = vendor === "github" ? "mallory@example.test" : ""; // whom others assigned beside ours stays
  await edit({ assignee: bob.personId });
  expect(issue.assignee).toBe([beside, there].filter(Boolean).join(","));
  await edit({ assignee: null });
  expect(issue.assignee).toBe(beside);
});

test("a Jira whose user may not look at people takes the rest of a change, says whom it left out, and stays open", async () => {
  const { tracker, environment, issue, edit, last, sent } = await world("jira_cloud");
  const bob = await makeMember(environment, "analyst", "Bob");
  tracker.wish.people = null;
  await edit({ title: "Renamed", assignee: bob.personId });
  expect(issue).toMatchObject({ title: "Renamed", assignee: "" });
  expect(await last()).toMatchObject({ status: "sent", lastError: "The assignee stays as it is over there. Its users may not be read." });
  expect(await sent()).toMatchObject({ title: "Renamed" });
  expect(await prisma.connector.findFirstOrThrow({ where: { environmentId: environment } })).toMatchObject({ openUntil: null, failures: 0 });
});
