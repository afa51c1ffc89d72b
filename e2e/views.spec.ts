import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { sarif, weaknesses } from "./reports";
import { bulkBar, dialog, drawer, go, grid, open, row, rows, tab, timeline } from "./sight";
import { expect, test } from "./stage";
import { DIALOG, survey } from "./survey";

const columnNames = (page: Page) => page.getByRole("columnheader").allInnerTexts();
const viewButton = (page: Page) => page.locator("#open-view");

/** The person's desk is kept: what follows finds it on the server. */
const kept = (page: Page) => page.waitForResponse((answer) => answer.url().endsWith("/desk") && answer.ok());

test("a view is saved and shared by keyboard; a colleague opens its address and makes it their default; columns stay across visits", async ({ place, as }) => {
  await place.load(sarif(weaknesses(12)));
  const mine = await go(await as("analyst"), place.address("alerts?tab=all&q=severity:critical,high&sort=title"));
  await mine.keyboard.press("Shift+V");
  await survey(mine, "columns", "[popover]:popover-open");
  await mine.getByLabel("Compact").check();
  await mine.getByLabel("Detector", { exact: true }).uncheck();
  await mine.getByLabel("Location", { exact: true }).check();
  await mine.getByLabel("Location", { exact: true }).focus();
  for (let step = 0; step < 3; step++) await mine.keyboard.press("Alt+ArrowUp");
  await mine.keyboard.press("Escape");
  await expect.poll(() => columnNames(mine)).toEqual(expect.arrayContaining(["Location", "Response"]));
  await expect(row(mine, "Weakness 01")).toHaveCSS("height", "28px");
  const order = await columnNames(mine);
  expect(order.indexOf("Location")).toBeLessThan(order.indexOf("Age"));

  await mine.keyboard.press("s");
  await dialog(mine, "Save as a view").getByLabel("Name").fill("What burns");
  await mine.keyboard.press("Tab");
  await mine.keyboard.type("Critical and high, by title.");
  await dialog(mine, "Save as a view").getByLabel(/^Share it/).check();
  await survey(mine, "view-save", DIALOG);
  await mine.keyboard.press("Control+Enter");
  await expect(viewButton(mine)).toHaveText("What burns");
  await expect(mine).toHaveURL(/\?view=\d+$/);
  const address = new URL(mine.url()).search;

  const theirs = await go(await as("manager"), place.address(`alerts${address}`));
  await expect(viewButton(theirs)).toHaveText("What burns");
  expect(await columnNames(theirs)).toEqual(order);
  await expect(rows(theirs)).toHaveCount(await rows(mine).count());
  await theirs.keyboard.press("v");
  await survey(theirs, "views", "[popover]:popover-open");
  await theirs.getByRole("menuitem", { name: "Make it my default" }).click();
  await expect(theirs.getByText("You begin with What burns")).toBeVisible();
  await go(theirs, place.address("alerts"));
  await expect(viewButton(theirs)).toHaveText("What burns");

  const isKept = kept(theirs);
  await theirs.keyboard.press("2");
  await expect(theirs.getByRole("group", { name: "The view was changed" })).toBeVisible();
  await expect(theirs).toHaveURL(/view=\d+&tab=investigating/);
  await isKept;
  await go(theirs, place.address("scans"));
  await go(theirs, place.address("alerts")); // what was looked at last, changed as it was
  await expect(tab(theirs, "Investigating")).toHaveAttribute("aria-current", "page");
  await theirs.keyboard.press("v"); // in the menu too: where there is little room the bar has no Revert
  await theirs.getByRole("menuitem", { name: "Back to how it was saved" }).click();
  await expect(theirs.getByRole("group", { name: "The view was changed" })).toBeHidden();
  await expect(theirs).toHaveURL(/\?view=\d+$/);

  await mine.keyboard.press("v");
  await mine.getByRole("menuitem", { name: "Edit, share or delete…" }).click();
  await dialog(mine, "Edit the view").getByRole("button", { name: "Delete…" }).click();
  await expect(dialog(mine, "Edit the view").getByRole("alert")).toContainText("is the default of Max Manager");
  await survey(mine, "view-delete", DIALOG);
  await dialog(mine, "Edit the view").getByRole("button", { name: "Do it anyway" }).click();
  await expect(mine.getByText("Deleted What burns")).toBeVisible();
  await go(theirs, place.address("alerts"));
  await expect(theirs.getByText(/deleted the view What burns, which was your default/)).toBeVisible();
});

test("columns of one's own stay without a view, and a pinned view stands in the side with its exact count", async ({ place, as }) => {
  await place.load(sarif(weaknesses(6)));
  const page = await go(await as("analyst"), place.address("alerts?tab=all"));
  await page.keyboard.press("Shift+V");
  const isKept = kept(page);
  await page.getByLabel("CVSS", { exact: true }).check();
  await isKept;
  await page.keyboard.press("Escape");
  await go(page, place.address("alerts?tab=closed"));
  await expect.poll(() => columnNames(page)).toContain("CVSS");

  await go(page, place.address("alerts?tab=all&q=severity:critical"));
  const count = await rows(page).count();
  await page.keyboard.press("s");
  await dialog(page, "Save as a view").getByLabel("Name").fill("Critical ones");
  await page.keyboard.press("Enter");
  await expect(viewButton(page)).toHaveText("Critical ones");
  await page.keyboard.press("v");
  await page.getByRole("menuitem", { name: "Pin Critical ones to the side" }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("list", { name: "Pinned views" }).getByRole("link", { name: `Critical ones ${count}` })).toBeVisible();

  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("critical ones");
  await expect(page.getByRole("option", { name: /Critical ones/ })).toBeVisible();
});

test("three findings are bookmarked and found again; one is shared with a note that stands where it belongs", async ({ place, as }) => {
  await place.load(sarif(weaknesses(8)));
  const mine = await go(await as("analyst"), place.address("alerts?tab=all&sort=title"));
  await mine.keyboard.press("b");
  await mine.keyboard.press("j");
  await mine.keyboard.press("j");
  await mine.keyboard.press("x");
  await mine.keyboard.press("j");
  await mine.keyboard.press("x");
  await bulkBar(mine).getByRole("button", { name: /^Bookmark/ }).click();
  await expect(mine.getByRole("img", { name: "Bookmarked" })).toHaveCount(3);
  await mine.keyboard.press("Escape");
  await mine.keyboard.press("v");
  await mine.getByRole("menuitem", { name: /^Bookmarked/ }).click();
  await expect(viewButton(mine)).toHaveText("Bookmarked");
  await expect(rows(mine)).toHaveCount(3);

  await open(mine, "Weakness 03");
  await mine.keyboard.press("h");
  const share = dialog(mine, "Share");
  await share.getByRole("checkbox", { name: /^Max Manager/ }).check();
  await expect(share.getByRole("checkbox", { name: /viewer@demo.test/ }), "also who decides nothing").toBeVisible();
  await share.getByLabel("Why").fill("Is this one of ours?");
  await mine.keyboard.press("Control+Enter");
  await expect(mine.getByText("with one person")).toBeVisible();

  const theirs = await go(await as("manager"), place.address("alerts?tab=all&q=is:shared"));
  await expect(rows(theirs)).toHaveCount(1);
  await open(theirs, "Weakness 03");
  await expect(drawer(theirs).getByRole("region", { name: "Shared and bookmarked" })).toContainText(/Ana Analyst shared it with you .*Is this one of ours\?/);
  await expect(timeline(theirs)).toContainText("shared it");
  await expect(drawer(theirs).getByText("Bookmarked by you")).toBeHidden();
});

test("an address leads to a finding's place in a long queue, with its neighbours on both sides; what did not come is asked for again, and neither saving the view nor a refusal loses a place", async ({ place, as }) => {
  await place.load(sarif(weaknesses(90)));
  const number = await place.finding("Weakness 60");
  const page = await as("analyst");
  await page.route("**/alerts?*", (route) => (route.request().method() === "POST" ? route.abort("connectionreset") : route.continue()));
  await go(page, place.address(`alerts?sort=title&at=F-${number}`));
  await expect(row(page, "Weakness 60")).toBeInViewport({ ratio: 1 });
  await expect(grid(page)).toHaveAttribute("aria-activedescendant", `row-${number}`);
  await expect(row(page, "Weakness 60")).toHaveAttribute("aria-rowindex", "61");
  const again = page.getByRole("status").filter({ hasText: "The rows before these did not arrive." }).getByRole("button", { name: "Try again" });
  await expect(again).toBeVisible();
  await page.unroute("**/alerts?*");
  await again.click();
  await expect(again).toBeHidden();

  await page.keyboard.press("s");
  await dialog(page, "Save as a view").getByLabel("Name").fill("By title");
  await page.keyboard.press("Enter");
  await expect(viewButton(page)).toHaveText("By title");
  await expect(page).toHaveURL(/\?view=\d+$/);
  await expect(row(page, "Weakness 60"), "where it was").toBeInViewport({ ratio: 1 });
  await expect(grid(page)).toHaveAttribute("aria-activedescendant", `row-${number}`);
  await page.keyboard.press("k");
  await expect(row(page, "Weakness 59")).toBeInViewport({ ratio: 1 });
  for (let step = 0; step < 45; step += 1) await page.keyboard.press("k"); // beyond what the address brought
  await expect(row(page, "Weakness 14")).toBeInViewport({ ratio: 1 });
  await expect(row(page, "Weakness 14")).toHaveAttribute("aria-rowindex", "15");

  await page.route("**/decisions", (route) => route.fulfill({ json: { ok: false, refusal: { code: "illegal", message: "Not from here." } } }), { times: 1 });
  await page.keyboard.press("i");
  const refused = page.getByRole("region", { name: "Refused decisions" });
  await expect(refused).toContainText(`F-${await place.finding("Weakness 14")}: decision refused`);
  await expect(row(page, "Weakness 14")).toContainText("Refused: Not from here.");
  await page.locator("#queue").evaluate((list) => { if (list.parentElement) list.parentElement.scrollTop = 90_000; });
  await expect(row(page, "Weakness 14")).toHaveCount(0);
  await refused.getByRole("button", { name: "Show" }).click();
  await expect(row(page, "Weakness 14")).toBeInViewport({ ratio: 1 });
});

test("the export is what the queue shows, whole, and is in the log", async ({ place, as }) => {
  await place.load(sarif([...weaknesses(60), { rule: "formula", title: "=1+1 is no formula" }]));
  await place.respond("manager", ["Weakness 02"], { response: "investigating" });
  const page = await go(await as("manager"), place.address("alerts"));
  await page.getByRole("button", { name: "Export 60" }).click();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: /^CSV/ }).click()]);
  expect(file.suggestedFilename()).toMatch(/\.csv$/);
  const text = await readFile(await file.path(), "utf8");
  const lines = text.trim().split(/\r?\n/);
  expect(lines).toHaveLength(61); // a head, and more than one page of the queue
  expect(text).not.toContain("Weakness 02");
  expect(text).not.toMatch(/(^|[,"])=1\+1/m);
  await go(page, place.address("audit"));
  await expect(page.getByRole("main")).toContainText(/export/i);
});
