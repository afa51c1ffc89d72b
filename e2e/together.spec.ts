import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { prisma } from "@/lib/db/client";
import { LISTENER } from "@/lib/db/listen";
import { hoursAgo, sarif, weaknesses } from "./reports";
import { deaf, dialog, drawer, expectTabs, go, messages, open, row, rows, tab, timeline } from "./sight";
import { expect, hire, test } from "./stage";

/** As long as the decision of another person may take to arrive. */
const SOON = { timeout: 2_000 };

/** The stream of this page stands, and it has caught up. */
async function listening(page: Page, address: string): Promise<Page> {
  const caughtUp = page.waitForResponse((answer) => answer.url().endsWith("/changes"));
  await go(page, address);
  await caughtUp;
  return page;
}

test("what one person decides the other sees within two seconds: the row with who moved it, the counts, the drawer; what is new waits quietly", async ({ place, as }) => {
  await place.load(sarif(weaknesses(4), { taken: hoursAgo(2) }));
  const theirs = await listening(await as("analyst"), place.address("alerts"));
  const mine = await go(await as("manager"), place.address("alerts"));
  await open(theirs, "Weakness 02");

  await open(mine, "Weakness 02");
  await drawer(mine).getByRole("button", { name: /^Investigate/ }).click();
  await expect(row(theirs, "Weakness 02")).toContainText("Moved to Investigating by Max Manager", SOON);
  await expect(theirs.getByRole("status").filter({ hasText: "Moved to Investigating by Max Manager" }), "read out, for it is the row under the cursor").toHaveCount(1);
  await expect(drawer(theirs)).toContainText("Investigating");
  await expect(timeline(theirs)).toContainText("Max Manager");
  await expectTabs(theirs, { "Needs Review": 3, Investigating: 1, All: 4 });
  await expect(row(theirs, "Weakness 02")).toBeHidden(); // with its note, after a while
  await expect(rows(theirs)).toHaveCount(3);

  await place.load(sarif(weaknesses(6), { taken: new Date() }));
  await expect(theirs.getByText("2 new findings")).toBeVisible();
  await expect(rows(theirs)).toHaveCount(3); // nothing jumps
  await theirs.getByRole("button", { name: "Show", exact: true }).click();
  await expect(rows(theirs)).toHaveCount(5);
  await expect(theirs.getByText("2 new findings")).toBeHidden();

  const read = await listening(await as("viewer"), place.address(`findings/${await place.finding("Weakness 06")}`));
  await place.load(sarif(weaknesses(5), { taken: new Date() }));
  await expect(read.getByText(/^Scanner status closed · seen/), "a scanner moves no version, and the page is read again").toBeVisible();
});

test("in a queue of nobody's findings what somebody takes leaves: at once for whom, with a note for the others; what is new is told all the same, and taken back it returns to both", async ({ place, as }) => {
  await place.load(sarif(weaknesses(4), { taken: hoursAgo(2) }));
  const theirs = await listening(await as("analyst"), place.address("alerts?assignee=none"));
  const mine = await listening(await as("manager"), place.address("alerts?assignee=none"));
  await row(mine, "Weakness 02").click();
  await mine.keyboard.press("Escape");
  await mine.keyboard.press("m");
  await expect(row(mine, "Weakness 02")).toBeHidden({ timeout: 500 });
  await expect(row(mine, "Weakness 03"), "the cursor has gone on").toHaveAttribute("id", (await mine.getByRole("grid").getAttribute("aria-activedescendant")) ?? "");
  await expect(row(theirs, "Weakness 02")).toContainText("No longer matches the filter: changed by Max Manager", SOON);
  await expect(theirs.getByText("3 findings", { exact: true })).toBeVisible();
  await expect(row(theirs, "Weakness 02")).toBeHidden();
  await expect(rows(theirs)).toHaveCount(3);

  await place.load(sarif(weaknesses(6), { taken: new Date() }));
  await expect(theirs.getByText("2 new findings")).toBeVisible();
  await mine.keyboard.press("z");
  await expect(row(mine, "Weakness 02")).toBeVisible();
  await expect(row(theirs, "Weakness 02")).toBeVisible(SOON);
  await expect(theirs.getByText("2 new findings")).toBeVisible(); // it was there before, and is not new
});

test("what a colleague changes further down than a list was loaded is nothing new there; what comes in between its rows is", async ({ place, as }) => {
  await place.load(sarif(weaknesses(160)));
  await place.respond("manager", ["Weakness 20"], { response: "investigating" });
  const theirs = await listening(await as("analyst"), place.address("alerts?sort=number"));
  await expect(row(theirs, "Weakness 01")).toBeVisible();
  const told = () => theirs.waitForResponse((answer) => answer.url().endsWith("/changes"));
  await Promise.all([told(), place.respond("manager", ["Weakness 155"], { response: "investigating" })]);
  const [back] = await Promise.all([told(), place.respond("manager", ["Weakness 155"], { response: "needs_review" })]);
  expect(await back.json()).toMatchObject({ value: { total: 159, arrived: [] } });
  await expect(theirs.getByText(/new finding/)).toBeHidden();
  await place.respond("manager", ["Weakness 20"], { response: "needs_review" });
  await expect(theirs.getByText("1 new finding")).toBeVisible(SOON);
});

test("who looks at a finding is shown to the others in row and drawer, and goes when they leave", async ({ place, as }) => {
  await place.load(sarif(weaknesses(2)));
  const [mine, theirs] = [await listening(await as("analyst"), place.address("alerts")), await go(await as("viewer"), place.address("alerts"))];
  await open(theirs, "Weakness 01");
  await expect(row(mine, "Weakness 01").getByTitle(/is looking at this$/)).toBeVisible(SOON);
  await open(mine, "Weakness 01");
  await expect(drawer(mine).getByText(/is looking at this$/)).toBeVisible();
  await expect(drawer(theirs).getByText(/is looking at this$/)).toBeVisible(SOON);

  await theirs.getByRole("button", { name: "Close the drawer" }).click();
  await expect(drawer(mine).getByText(/is looking at this$/)).toBeHidden(SOON);
  await open(theirs, "Weakness 01");
  await expect(drawer(mine).getByText(/is looking at this$/)).toBeVisible(SOON);
  await theirs.context().setOffline(true); // gone without a word
  await expect(drawer(mine).getByText(/is looking at this$/)).toBeHidden({ timeout: 20_000 });
});

test("a decision that came too late is refused with what changed, and taken all the same by one key; a tag goes on top without asking", async ({ place, as }) => {
  await place.load(sarif(weaknesses(2)));
  const page = await go(await deaf(await as("analyst")), place.address("alerts"));
  await open(page, "Weakness 01");
  await place.respond("manager", ["Weakness 01"], { response: "accepted_risk", expiresAt: "2027-03-01T00:00:00Z", note: "Known and watched." });

  await page.keyboard.press("i");
  const number = await place.finding("Weakness 01");
  await expect(messages(page)).toContainText(`Nothing was changed: F-${number} has moved since`);
  await expect(messages(page)).toContainText(`F-${number} · Max Manager: Status Open → Accepted risk; Accepted until – → 2027-03-01; Reason – → Risk accepted`);
  const refused = page.getByRole("region", { name: "Refused decisions" });
  await expect(refused).toContainText(`F-${number}: decision refused, it is Accepted Risk by now`);
  await expect(refused.getByRole("link", { name: `Open F-${number}` }), "no row to show").toHaveAttribute("href", new RegExp(`/findings/${number}$`));
  await page.keyboard.press("d");
  await expectTabs(page, { "Needs Review": 1, Investigating: 1, "Accepted Risk": 0 });
  await expect(refused.getByText("refused")).toHaveCount(0);

  await tab(page, "Needs Review").click();
  await open(page, "Weakness 02");
  await place.respond("manager", ["Weakness 02"], { response: "investigating" });
  await page.keyboard.press("l");
  await dialog(page, "Tag").getByRole("textbox").first().fill("edge");
  await page.keyboard.press("Control+Enter");
  await expect(messages(page)).toContainText("Tags changed: 1 finding");
  expect(await prisma.finding.findFirst({ where: { environmentId: place.number, title: "Weakness 02" } })).toMatchObject({ tags: ["edge"], governanceStatus: "in_progress" });
});

test("what a colleague decides while a note is being written is said in the dialog and not overwritten; taken as it is now, it goes through", async ({ place, as }) => {
  await place.load(sarif(weaknesses(2)));
  const page = await listening(await as("analyst"), place.address("alerts?sort=title"));
  const number = await place.finding("Weakness 01");
  const stored = () => prisma.finding.findFirstOrThrow({ where: { environmentId: place.number, number }, select: { response: true } });
  const close = dialog(page, "Record disposition");
  await page.keyboard.press("e");
  await close.getByRole("radio", { name: "False positive" }).check();
  await close.getByRole("textbox", { name: "Note" }).fill("A test double.");
  await place.respond("manager", ["Weakness 01"], { response: "accepted_risk", expiresAt: "2027-03-01T00:00:00Z", note: "Known and watched." });
  await expect(close.getByRole("status")).toContainText(`F-${number} has moved since this was opened: Needs Review → Accepted Risk`, SOON);
  await page.keyboard.press("Control+Enter");
  await expect(messages(page)).toContainText(`Nothing was changed: F-${number} has moved since`);
  await expect(messages(page)).toContainText("Max Manager: Status Open → Accepted risk");
  expect(await stored()).toEqual({ response: "accepted_risk" });

  await expect(close.getByRole("textbox", { name: "Note" })).toHaveValue("A test double.");
  await close.getByRole("button", { name: "Go on with it as it is now" }).click();
  await expect(close.getByRole("button", { name: /^Go on with/ })).toHaveCount(0);
  await close.getByRole("button", { name: /^Record/ }).click();
  await expect.poll(stored).toEqual({ response: "closed" });
});

test("the connection that listens is ended: it comes back by itself, what was missed and what follows arrive", async ({ place, as }) => {
  await place.load(sarif(weaknesses(3)));
  const page = await listening(await as("analyst"), place.address("alerts"));
  const ended = await prisma.$queryRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ${LISTENER} AND datname = current_database()`;
  expect(ended).toHaveLength(1);
  await place.respond("manager", ["Weakness 01"], { response: "investigating" });
  await expectTabs(page, { "Needs Review": 2, Investigating: 1 });
  await place.respond("manager", ["Weakness 02"], { response: "investigating" });
  await expect(row(page, "Weakness 02")).toContainText("Moved to Investigating by Max Manager", SOON);
});

test("somebody who is shut out hears no more", async ({ place, stranger, baseURL }) => {
  await place.load(sarif(weaknesses(1)));
  const robin = await hire(place, "viewer");
  const page = await stranger();
  await page.goto(`${baseURL}/login`);
  await page.getByLabel("E-mail").fill(robin.email);
  await page.getByLabel("Password").fill(robin.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/alerts/);
  const refused = page.waitForResponse((answer) => answer.url().endsWith("/events") && answer.status() === 401);
  await sleep(300); // the first stream is under way or open: either way the next one is refused
  await robin.shutOut();
  await refused;
});

test("a scan that a colleague sends stands in the list without a reload", async ({ place, as }) => {
  await place.load(sarif(weaknesses(2), { taken: hoursAgo(2) }));
  const page = await go(await as("analyst"), place.address("scans"));
  await expect(page.getByRole("main").getByRole("table").locator("tbody tr")).toHaveCount(1);
  await place.load(sarif(weaknesses(3), { taken: new Date() }));
  await expect(page.getByRole("main").getByRole("table").locator("tbody tr")).toHaveCount(2);
});
