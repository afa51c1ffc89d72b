import { readFile } from "node:fs/promises";
import { prisma } from "@/lib/db/client";
import { withRawClient } from "@/lib/db/raw";
import { sarif, weaknesses } from "./reports";
import { bulkBar, dialog, expectTabs, go, messages, rows } from "./sight";
import { expect, test } from "./stage";
import { DIALOG, survey } from "./survey";
import type { Page } from "@playwright/test";

const MANY = 1_300;
const form = (page: Page) => dialog(page, "Change many");
const tray = (page: Page) => page.getByRole("region", { name: "Bulk actions" });

async function chooseAll(page: Page, total: string) {
  await rows(page).first().getByRole("checkbox").check({ force: true });
  await bulkBar(page).getByRole("button", { name: `Select all ${total} matching` }).click();
  await expect(bulkBar(page)).toContainText(`${total} selected`);
}

test("all that match are shown before they change, confirmed by their number, followed across a reload, and taken back", async ({ place, as }) => {
  await place.load(sarif(weaknesses(MANY)));
  await place.respond("analyst", ["Weakness 02", "Weakness 03"], { response: "investigating" });
  const page = await go(await as("manager"), place.address("alerts?tab=all"));
  await chooseAll(page, "1,300");
  await bulkBar(page).getByRole("button", { name: /^Investigate/ }).click();
  await survey(page, "bulk-dialog", DIALOG);
  await form(page).getByLabel("Add tags").fill("sweep");
  await form(page).getByLabel("Assign to").selectOption({ label: "Nobody" });
  await form(page).getByLabel("Assign to").selectOption({ label: "Leave as it is" });
  await form(page).getByLabel("Add tags").fill("");
  await form(page).getByRole("button", { name: /^See what it does/ }).click();

  await expect(form(page)).toContainText("1,298 of 1,300 will change");
  const there = form(page).getByRole("button", { name: /Already there/ });
  await there.click();
  await expect(form(page).getByRole("list", { name: "Findings" })).toContainText("Weakness 02");
  await survey(page, "bulk-preview", DIALOG);
  const send = form(page).getByRole("button", { name: /^Change 1,298/ });
  await form(page).getByLabel(/Type 1,300 to confirm/).fill("1298");
  await send.click();
  await expect(form(page).getByRole("alert")).toContainText("Type 1300");
  await form(page).getByLabel(/Type 1,300 to confirm/).fill("1,300");
  await send.click();

  await expect(tray(page)).toBeVisible();
  await page.reload();
  await expect(tray(page)).toContainText("1,298 findings changed, 2 skipped", { timeout: 60_000 });
  await tray(page).getByRole("button", { name: "Undo" }).click();
  await expect(tray(page)).toContainText("Take back bulk action");
  await expect(tray(page).getByRole("listitem").first()).toContainText("1,298 findings changed", { timeout: 60_000 });
  expect(await prisma.finding.count({ where: { environmentId: place.number, governanceStatus: "in_progress" } })).toBe(2);

  await tray(page).getByRole("link", { name: "Details" }).last().click();
  await expect(page.getByRole("heading", { name: "Bulk actions" })).toBeVisible();
  await page.getByRole("button", { name: /Already there/ }).click();
  await expect(page.getByRole("list", { name: "Findings" })).toContainText("Weakness 03");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download CSV" }).click()]);
  expect(file.suggestedFilename()).toMatch(/^bulk-\d+\.csv$/);
  const lines = (await readFile(await file.path(), "utf8")).trimEnd().split("\n");
  expect(lines.length, "a line for each finding, and their heading").toBe(MANY + 1);
  expect(lines.filter((line) => /already/i.test(line)).length).toBe(2);
  await survey(page, "bulk");
});

test("whoever cancels midway keeps what is done, and may take that back", async ({ place, as }) => {
  await place.load(sarif(weaknesses(MANY)));
  const page = await go(await as("manager"), place.address("alerts"));
  await chooseAll(page, "1,300");
  await bulkBar(page).getByRole("button", { name: /^Tag/ }).click();
  await form(page).getByLabel("Add tags").fill("half");
  await form(page).getByRole("button", { name: /^See what it does/ }).click();
  await form(page).getByLabel(/Type 1,300 to confirm/).fill("1300");
  await withRawClient(async (client) => {
    await client.query("BEGIN"); // somebody decides on a finding of the second chunk: the runner waits for them
    await client.query("SELECT FROM finding WHERE id = (SELECT id FROM finding WHERE environment_id = $1 ORDER BY id OFFSET 300 LIMIT 1) FOR UPDATE", [place.number]);
    await form(page).getByRole("button", { name: /^Change 1,300/ }).click();
    await expect(tray(page).getByRole("progressbar")).toHaveAttribute("aria-valuenow", /^[1-9]/);
    await tray(page).getByRole("button", { name: "Cancel" }).click();
    await expect.poll(async () => (await prisma.$queryRaw<unknown[]>`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FROM bulk WHERE environment_id%'`).length).toBeGreaterThan(0);
    await client.query("ROLLBACK");
  });
  await expect(tray(page)).toContainText("Cancelled");
  const done = await prisma.finding.count({ where: { environmentId: place.number, tags: { has: "half" } } });
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(MANY);
  await tray(page).getByRole("button", { name: "Undo" }).click();
  await expect(tray(page)).toContainText(/Take back bulk action/, { timeout: 30_000 });
  await expect.poll(() => prisma.finding.count({ where: { environmentId: place.number, tags: { has: "half" } } }), { timeout: 60_000 }).toBe(0);
});

test("a bulk action that was paused waits, in the next page too, and goes on to its end", async ({ place, as }) => {
  await place.load(sarif(weaknesses(MANY)));
  const page = await go(await as("manager"), place.address("alerts"));
  const tagged = () => prisma.finding.count({ where: { environmentId: place.number, tags: { has: "slow" } } });
  await chooseAll(page, "1,300");
  await bulkBar(page).getByRole("button", { name: /^Tag/ }).click();
  await form(page).getByLabel("Add tags").fill("slow");
  await form(page).getByRole("button", { name: /^See what it does/ }).click();
  await form(page).getByLabel(/Type 1,300 to confirm/).fill("1300");
  await withRawClient(async (client) => {
    await client.query("BEGIN");
    await client.query("SELECT FROM finding WHERE id = (SELECT id FROM finding WHERE environment_id = $1 ORDER BY id OFFSET 300 LIMIT 1) FOR UPDATE", [place.number]);
    await form(page).getByRole("button", { name: /^Change 1,300/ }).click();
    await expect(tray(page).getByRole("progressbar")).toHaveAttribute("aria-valuenow", /^[1-9]/);
    await survey(page, "bulk-tray", "section[aria-label='Bulk actions']");
    await tray(page).getByRole("button", { name: "Pause" }).click();
    await expect.poll(async () => (await prisma.$queryRaw<unknown[]>`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FROM bulk WHERE environment_id%'`).length).toBeGreaterThan(0);
    await client.query("ROLLBACK");
  });
  await expect(tray(page)).toContainText("Paused");
  await expect(page.getByText(/\d new findings?/), "what was tagged further down is nothing new").toBeHidden();
  const before = await tagged();
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(MANY);
  await page.reload();
  await expect(tray(page)).toContainText("Paused");
  expect(await tagged(), "nothing moves meanwhile").toBe(before);
  await tray(page).getByRole("button", { name: "Go on" }).click();
  await expect(tray(page)).toContainText("1,300 findings changed", { timeout: 60_000 });
  expect(await tagged()).toBe(MANY);
});

test("while all that match are chosen every row looks it; one taken out ends that, and says so", async ({ place, as }) => {
  await place.load(sarif(weaknesses(120)));
  const page = await go(await as("manager"), place.address("alerts?tab=all"));
  await chooseAll(page, "120");
  const boxes = rows(page).getByRole("checkbox");
  for (const box of (await boxes.all()).slice(0, 12)) await expect(box).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Select all loaded rows" })).toBeChecked();
  await page.screenshot({ path: "test-results/screens/all-chosen.png" });

  for (const key of ["Shift+j", "Shift+j", "Control+a", "."]) await page.keyboard.press(key); // nothing that nobody sees is ticked, or decided again
  await expect(messages(page)).toContainText("A decision is repeated on chosen findings");
  await expect(bulkBar(page)).toContainText("120 selected");
  await page.keyboard.press("Escape");
  await expect(bulkBar(page)).toBeHidden();
  await chooseAll(page, "120");

  await boxes.nth(3).click({ force: true });
  await expect(messages(page)).toContainText("Only the loaded rows are selected now");
  await expect(boxes.nth(3)).not.toBeChecked();
  await expect(boxes.nth(2)).toBeChecked();
  await expect(bulkBar(page)).toHaveText(/^(49|99) selected/); // rows come by fifty
  await page.keyboard.press("Escape");
  await expect(bulkBar(page)).toBeHidden();

  await page.keyboard.press("i"); // a decision before, which is not what z means afterwards
  await expectTabs(page, { "Needs Review": 119, Investigating: 1 });
  await chooseAll(page, "120");
  await bulkBar(page).getByRole("button", { name: /^Tag/ }).click();
  await form(page).getByLabel("Add tags").fill("sweep");
  await form(page).getByRole("button", { name: /^See what it does/ }).click();
  await form(page).getByRole("button", { name: /^Change 120/ }).click();
  await expect(tray(page)).toContainText("120 findings changed", { timeout: 60_000 });
  const tagged = () => prisma.finding.count({ where: { environmentId: place.number, tags: { has: "sweep" } } });
  expect(await tagged()).toBe(120);
  await page.keyboard.press("z");
  await expect.poll(tagged, { timeout: 30_000 }).toBe(0);
  await expectTabs(page, { "Needs Review": 119, Investigating: 1 });
});

test("whoever has gone far down the list stays there when a bulk action of theirs ends: the rows, the cursor, what is ticked; a dot repeats nothing older", async ({ place, as }) => {
  await place.load(sarif(weaknesses(160)));
  const page = await go(await as("manager"), place.address("alerts?tab=all"));
  await page.keyboard.press("i"); // a decision before, which is not what the dot means afterwards
  await expectTabs(page, { "Needs Review": 159, Investigating: 1 });
  await chooseAll(page, "160");
  await bulkBar(page).getByRole("button", { name: /^Tag/ }).click();
  await form(page).getByLabel("Add tags").fill("sweep");
  await form(page).getByRole("button", { name: /^See what it does/ }).click();
  await withRawClient(async (client) => {
    await client.query("BEGIN");
    await client.query("SELECT FROM finding WHERE environment_id = $1 ORDER BY id DESC LIMIT 1 FOR UPDATE", [place.number]);
    await form(page).getByRole("button", { name: /^Change 160/ }).click();
    await expect(tray(page)).toBeVisible();
    const grid = page.getByRole("grid");
    await grid.focus();
    const placeOfCursor = async () => Number((await page.locator(`#${await grid.getAttribute("aria-activedescendant")}`).getAttribute("data-index")) ?? -1);
    await expect.poll(async () => { await page.keyboard.press("PageDown"); return placeOfCursor(); }).toBeGreaterThan(110);
    const here = await grid.getAttribute("aria-activedescendant");
    await page.keyboard.press("x");
    await client.query("ROLLBACK");
    await expect(tray(page)).toContainText("160 findings changed", { timeout: 60_000 });
    await expect(page.locator(`#${here}`)).toContainText("sweep"); // looked at again where it stands
    await expect(grid).toHaveAttribute("aria-activedescendant", here ?? "");
    expect(await placeOfCursor()).toBeGreaterThan(110);
    await expect(bulkBar(page)).toContainText("1 selected");
    await page.keyboard.press(".");
    await expect(messages(page)).toContainText("A bulk action is not repeated by a key");
  });
  expect(await prisma.finding.count({ where: { environmentId: place.number, governanceStatus: "in_progress" } })).toBe(1);
});
