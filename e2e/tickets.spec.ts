import type { Page } from "@playwright/test";
import { prisma } from "@/lib/db/client";
import { sarif, weaknesses } from "./reports";
import { bulkBar, dialog, drawer, go, messages, open, tab, timeline } from "./sight";
import { expect, test, type Place } from "./stage";

const tickets = (page: Page) => page.getByRole("grid", { name: "Tickets" });
const chain = (page: Page) => page.getByRole("region", { name: "Chain of custody" });
const made = (page: Page) => page.getByRole("region", { name: "What will be made" });

/** The finding as the database has it: what people decided, and whether they recorded it. */
function decided(place: Place, title: string) {
  return prisma.finding.findFirstOrThrow({ where: { environmentId: place.number, title }, select: { governanceStatus: true, acknowledgedAt: true } });
}

test("a ticket closes with a reason and its finding stays; reopened, it counts, and the log keeps why", async ({ place, as }) => {
  await place.load(sarif(weaknesses(2)));
  const page = await go(await as("analyst"), place.address("alerts"));
  await open(page, "Weakness 01");
  await page.keyboard.press("t");
  await expect(made(page)).toContainText("1 ticket of 1 finding.");
  await dialog(page, "Create ticket").getByLabel("Title").fill("Mend the first weakness");
  await expect(made(page).getByRole("list", { name: "Tickets" })).toContainText("Mend the first weakness");
  await page.keyboard.press("Control+Enter");
  await messages(page).getByRole("button", { name: "Open T-1" }).click();
  await expect(page.getByRole("heading", { name: "Mend the first weakness" })).toBeVisible();

  await go(page, place.address("tickets"));
  await expect(tab(page, "Open")).toHaveText("Open 1");
  await page.keyboard.press("e");
  const closing = dialog(page, "Close ticket");
  await closing.getByRole("radio", { name: "Risk accepted" }).check();
  await closing.getByRole("button", { name: /^Close ticket/ }).click();
  await expect(closing.getByRole("alert")).toContainText("Say why the risk can be lived with.");
  await closing.getByRole("radio", { name: "Patched" }).check();
  await expect(closing).toContainText("The ticket tracks the work, the disposition records the position");
  await closing.getByLabel("Notes").fill("Shipped with 4.2.1");
  await page.keyboard.press("Control+Enter");
  await expect(tab(page, "Closed")).toHaveText("Closed 1");
  await expect(tab(page, "Open")).toHaveText("Open 0");
  expect(await decided(place, "Weakness 01")).toMatchObject({ governanceStatus: "open", acknowledgedAt: null });

  await tab(page, "Closed").click();
  await expect(tickets(page).getByRole("row", { name: /Mend the first weakness/ })).toContainText("Closed");
  await page.keyboard.press("o");
  const reopening = dialog(page, "Reopen ticket");
  await reopening.getByRole("button", { name: /^Reopen ticket/ }).click();
  await expect(reopening.getByRole("alert")).toContainText("Say why the work is not over.");
  await reopening.getByLabel("Reason").fill("4.2.1 was rolled back");
  await page.keyboard.press("Control+Enter");
  await expect(tab(page, "Reopened")).toHaveText("Reopened 1");
  await tab(page, "Reopened").click();
  await tickets(page).getByRole("link", { name: /Mend the first weakness/ }).click();
  await expect(page.getByTitle("Reopened, reopened once")).toHaveText(/^Reopened\s*1×/);
  await expect(timeline(page)).toContainText("4.2.1 was rolled back");
  await expect(timeline(page)).toContainText("Shipped with 4.2.1");
});

test("from the bulk bar: what is left out says why, a note lets it in, and one ticket holds them all", async ({ place, as }) => {
  await place.load(sarif(weaknesses(3)));
  await place.respond("manager", ["Weakness 02"], { response: "closed", reason: "false_positive", note: "The path is dead code." });
  const page = await go(await as("analyst"), place.address("alerts?tab=all&sort=number"));
  for (const key of ["x", "j", "x", "j", "x"]) await page.keyboard.press(key);
  await bulkBar(page).getByRole("button", { name: /^Ticket/ }).click();
  const form = dialog(page, "Create ticket");
  await expect(made(page)).toContainText("1 ticket of 2 findings.");
  await expect(made(page).getByRole("list", { name: "Left out" })).toContainText("was found to be a false positive");
  await form.getByRole("radio", { name: "One each" }).check({ force: true });
  await expect(made(page)).toContainText("2 tickets of 2 findings.");
  await form.getByLabel("Let the excluded in").fill("The fix removes the path as well.");
  await expect(made(page)).toContainText("3 tickets of 3 findings.");
  await form.getByRole("radio", { name: "One for all" }).check({ force: true });
  await expect(made(page)).toContainText("1 ticket of 3 findings.");
  await form.getByRole("button", { name: /^Create ticket/ }).click();
  await expect(messages(page)).toContainText("Made T-1");
  expect(await prisma.ticketFinding.count({ where: { environmentId: place.number } })).toBe(3);

  await page.keyboard.press("Escape");
  await page.keyboard.press("t");
  await expect(made(page)).toContainText("has an open ticket already: T-1");
  await expect(form.getByRole("button", { name: /^Create ticket/ })).toBeDisabled();
  await form.getByLabel(/A second open ticket/).check();
  await expect(made(page)).toContainText("1 ticket of 1 finding.");
});

test("the whole chain of one finding is walked on the screen and read back from its timeline", async ({ place, as }) => {
  await place.load(sarif(weaknesses(1)));
  const number = await place.finding("Weakness 01");
  const page = await go(await as("analyst"), place.address(`findings/${number}`));
  await expect(chain(page)).toContainText("no ticket");
  await page.keyboard.press("t");
  await expect(made(page)).toContainText("1 ticket of 1 finding.");
  await page.keyboard.press("Control+Enter");
  await expect(chain(page)).toContainText("T-1 is open");

  await page.getByRole("region", { name: "Tickets" }).getByRole("link", { name: /T-1/ }).click();
  await page.waitForURL(/\/tickets\/1$/);
  await page.getByRole("checkbox", { name: /Code review completed/ }).check();
  await expect(page.getByRole("region", { name: "Verification checklist" })).toContainText("1 of 3");
  await page.getByRole("button", { name: /^Close…/ }).click();
  await dialog(page, "Close ticket").getByLabel("Notes").fill("Released on Monday");
  await page.keyboard.press("Control+Enter");
  const tasks = page.getByRole("region", { name: "Tasks" });
  await expect(tasks).toContainText("Record the disposition at the findings: patched.");
  await tasks.getByRole("link", { name: `Go to F-${number}` }).click();

  await page.waitForURL(new RegExp(`/findings/${number}$`));
  await expect(chain(page)).toContainText("T-1 Patched");
  await page.keyboard.press("e");
  const closing = dialog(page, "Record disposition");
  await closing.getByRole("textbox", { name: "Note" }).fill("The query is bound now");
  await closing.getByRole("button", { name: "Manual retest" }).click();
  await closing.getByLabel("Reference").fill("Retest of Tuesday, ticket notes");
  await page.keyboard.press("Control+Enter");
  await expect(chain(page)).toContainText("5 of 5");
  for (const step of ["found it for the first time", "made T-1", "closed T-1", "The query is bound now", "Verified"]) await expect(timeline(page)).toContainText(step);
  await go(page, place.address("tickets/1"));
  await expect(page.getByRole("region", { name: "Tasks" })).toBeHidden();
});

test("a viewer sees tickets and cannot act on them", async ({ place, as }) => {
  await place.load(sarif(weaknesses(2)));
  await place.ticket("analyst", ["Weakness 01", "Weakness 02"], { title: "Both of them" });
  const page = await go(await as("viewer"), place.address("tickets"));
  await expect(tickets(page).getByRole("row", { name: /Both of them/ })).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await page.keyboard.press("e");
  await expect(page.getByRole("dialog", { name: "Close ticket" })).toHaveCount(0);
  await go(page, place.address("tickets/1"));
  await expect(page.getByText("Your role reads here. Analysts and managers close and reopen.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^More/ })).toHaveCount(0);
  for (const key of ["l", "Shift+L", "s", "m"]) await page.keyboard.press(key);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("checkbox", { name: /Code review completed/ })).toBeDisabled();
  await go(page, place.address("alerts"));
  await open(page, "Weakness 01");
  const section = drawer(page).getByRole("region", { name: "Tickets" });
  await expect(section.getByRole("link", { name: /Both of them/ })).toBeVisible();
  await expect(section.getByRole("button")).toHaveCount(0);
});
