import { expect, test, vi } from "vitest";
import { linkByHand } from "@/lib/commands/deliveries/link-by-hand";
import { sendAnew } from "@/lib/commands/deliveries/send-anew";
import { editTicket } from "@/lib/commands/tickets/edit";
import { prisma } from "@/lib/db/client";
import { moveClock } from "@/lib/testing/clock";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { ticketThere } from "@/lib/testing/ticket-there";
import type { TrackerWish, Vendor } from "@/lib/testing/tracker";

// What developers write into an issue is theirs, and whom a ticket is given to is told from its first moment on.

vi.hoisted(() => {
  process.env["DOCKET_TRACKERS_INSIDE"] = "1"; // the stub lies on this machine
});

type Giving = { gives?: boolean; people?: boolean; lagSeconds?: number };

async function world(vendor: Vendor, wish: Partial<TrackerWish> = {}, { gives = false, people = true, lagSeconds = 0 }: Giving = {}) {
  const environment = await makeEnvironment();
  const bob = await makeMember(environment, "analyst", "Bob");
  const login = vendor === "github" ? (bob.id.split("@")[0] ?? "") : bob.id;
  const settings = vendor === "github" ? { people: { [bob.id]: login } } : {};
  const ticket = { assignee: gives ? bob.personId : null, description: "As it was found." };
  return { ...(await ticketThere(vendor, { environment, wish: { people: people ? [bob.id] : [], ...wish }, settings, lagSeconds, ticket })), login };
}

const VENDORS = ["jira_cloud", "github", "servicenow"] as const;

test.each(VENDORS)("a new ticket is given in %s to whom it is given here, and the default assignee there is no difference", async (vendor) => {
  const { tracker, issue, login, ticket, poll } = await world(vendor, vendor === "github" ? {} : { defaultAssignee: "lead@example.test" }, { gives: true });
  expect(issue.assignee).toBe(login);
  expect(tracker.issues, "and it is one").toHaveLength(1);
  await poll();
  expect(await ticket()).toMatchObject({ sync: "sent", drift: [] });
});

test("whom the tracker gives a ticket of nobody to is let be; who takes it over there afterwards is a difference", async () => {
  const { ticket, poll, change } = await world("jira_cloud", { defaultAssignee: "lead@example.test" });
  await poll();
  expect(await ticket()).toMatchObject({ drift: [] });
  change({ assignee: "carol@example.test" });
  await poll();
  expect(await ticket()).toMatchObject({ drift: ["assignee"] });
});

test("a tracker that does not know the assignee takes the ticket all the same, and says whom it left out", async () => {
  const { issue, ticket, last } = await world("jira_cloud", {}, { gives: true, people: false });
  expect(issue.assignee).toBe("");
  expect(await ticket()).toMatchObject({ sync: "sent" });
  expect(await last()).toMatchObject({ kind: "update", status: "sent", lastError: expect.stringContaining("stays as it is over there") });
});

/** Somebody over there adds a line to the text, in its format. */
const withNote = (vendor: Vendor, text: string, note: string) => {
  if (vendor !== "jira_cloud") return `${text}\n${note}`;
  const whole: { content: unknown[] } = JSON.parse(text);
  return JSON.stringify({ ...whole, content: [...whole.content, { type: "paragraph", content: [{ type: "text", text: note }] }] });
};

test("whoever has the issue that a person links a ticket to keeps it: it is given to nobody else from here", async () => {
  const { issue, tracker, environment, admin, run, ticket, change } = await world("jira_cloud", { trouble: ({ creates }) => (creates ? "silence_after" : null) }, { gives: true, lagSeconds: 60 });
  change({ assignee: "carol@example.test" });
  done(await linkByHand(admin, { environment, ticket: 1, key: "SEC-1" }));
  await run();
  expect(issue.assignee).toBe("carol@example.test");
  expect(tracker.requests, "nothing but the making").toHaveLength(1);
  expect(await ticket()).toMatchObject({ sync: "sent", externalKey: "SEC-1" });
});

test("a description longer than ServiceNow keeps says that something was left out, and is kept up to date all the same", async () => {
  const { issue, edit, last } = await world("servicenow");
  for (const word of ["first", "second"]) {
    await edit({ description: `${word} ${"x ".repeat(1_950)}` });
    expect(issue.text).toContain(word);
    expect((await last()).lastError).toBeNull();
  }
  expect(issue.text.length).toBeLessThanOrEqual(4_000);
});

test("an edit between a lost answer and the search is no news from over there: ours is brought up to date", async () => {
  const { issue, tracker, environment, admin, run, last, ticket } = await world("jira_cloud", { trouble: ({ creates, count }) => (creates && count === 0 ? "silence_after" : null) }, { lagSeconds: 60 });
  expect(await last()).toMatchObject({ status: "in_doubt" });
  done(await editTicket(admin, { environment, number: 1, description: "Known better" }));
  await moveClock(61_000);
  await run();
  expect(tracker.issues, "it was found").toHaveLength(1);
  expect(await ticket()).toMatchObject({ sync: "sent" });
  expect(issue.text).toContain("Known better");
  expect((await last()).lastError).toBeNull();
});

test("a ticket made anew whose old issue is found again brings its description up to date there, but never over what was written there", async () => {
  for (const note of ["", "Root cause: a stale cache"]) {
    const { issue, tracker, environment, admin, run, edit, change } = await world("github");
    await edit({ description: "Known better" });
    if (note) change({ text: withNote("github", issue.text, note) });
    await prisma.ticket.updateMany({ where: { environmentId: environment }, data: { sync: "gone" } });
    done(await editTicket(admin, { environment, number: 1, description: "Known even better" }));
    done(await sendAnew(admin, { environment, ticket: 1 }));
    await run();
    expect(tracker.issues).toHaveLength(1);
    if (note) expect(issue.text).toContain(note);
    expect(issue.text.includes("even better")).toBe(note === "");
  }
});

test.each(VENDORS)("what developers wrote into the description in %s survives whatever is changed here; untouched, ours is kept up to date", async (vendor) => {
  const { issue, edit, ticket, last, change } = await world(vendor);
  await edit({ description: "Known better" });
  expect(issue.text).toContain("Known better");
  change({ text: withNote(vendor, issue.text, "Root cause: a stale cache") });
  await edit({ labels: ["web"] });
  expect(issue.text).toContain("Root cause: a stale cache");
  expect((await last()).lastError).toBeNull(); // nothing was to be said there
  await edit({ title: "Renamed", description: "Known even better" });
  expect(issue).toMatchObject({ title: "Renamed", text: expect.stringContaining("Root cause: a stale cache") });
  expect(issue.text).not.toContain("even better");
  expect((await last()).lastError).toContain("The description stays as it is over there");
  expect(await ticket()).toMatchObject({ sync: "sent" });
});
