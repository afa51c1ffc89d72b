import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { sarif, textReport, weaknesses, type Report } from "./reports";
import { bulkBar, dialog, drawer, go, messages, open, row, rows, tab, timeline } from "./sight";
import { expect, test } from "./stage";
import { survey } from "./survey";

const SAMPLES = join(import.meta.dirname, "../lib/plugins/importers/samples");
const sample = (name: string): Report => textReport(name, readFileSync(join(SAMPLES, name), "utf8"));

const KEY = "Secret in pay.ts: Acme API Key";
const SCRIPT = "Cross Site Scripting (Reflected)";

const switchTo = async (page: Page, name: string) => {
  await page.getByRole("button", { name: "Modules" }).click();
  await page.getByRole("menuitem", { name }).click();
};

test("a module is a view of the queue: switched beside the title, with its own tabs, and its own word for an accepted risk", async ({ place, as }) => {
  await place.load(sarif(weaknesses(3)));
  await place.load(sample("shop.zap.xml"));
  const page = await go(await as("analyst"), place.address("alerts"));
  await expect(page.getByRole("heading", { name: "Alerts", level: 1 })).toBeVisible();
  await page.getByRole("button", { name: "Modules" }).click();
  await expect(page.getByRole("menuitem")).toHaveText([/^Alerts/, /^Vulnerabilities/, /^Web Applications/]); // those that hold findings, and no others
  await survey(page, "modules-switch");
  await page.getByRole("menuitem", { name: "Web Applications" }).click();

  await expect(page.getByRole("heading", { name: "Web Applications", level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/module=web/);
  await expect(rows(page)).toHaveCount(1);
  await expect(tab(page, "Needs Review")).toHaveText("Needs Review 1");
  await expect(tab(page, "Reviewed")).toHaveText("Reviewed 0");
  await expect(tab(page, "Accepted Risk")).toBeHidden();

  await row(page, SCRIPT).getByText(SCRIPT).click();
  await expect(drawer(page).getByRole("button", { name: "Reviewed…" })).toBeVisible();
  await page.keyboard.press("r");
  const accept = dialog(page, "Reviewed: accept the risk");
  await accept.getByLabel("Justification").fill("The page is internal until March.");
  await accept.getByRole("button", { name: "Reviewed" }).click();
  await expect(tab(page, "Reviewed")).toHaveText("Reviewed 1");
  await page.keyboard.press("3");
  await expect(row(page, SCRIPT)).toContainText("Reviewed");
  await survey(page, "modules-web");
  await page.keyboard.press("w");
  await expect(page.getByRole("dialog", { name: /^Why is F-/ })).toContainText("Accepted Risk is called Reviewed in Web Applications.");
  await page.keyboard.press("Escape");

  await switchTo(page, "Alerts");
  await expect(page).not.toHaveURL(/module=/);
  await expect(row(page, SCRIPT)).toContainText("Accepted Risk");
  await expect(tab(page, "Accepted Risk")).toHaveText("Accepted Risk 1");
});

test("a module stands in the side and in the palette, and a saved view keeps it", async ({ place, as }) => {
  await place.load(sample("shop.zap.xml"));
  const page = await go(await as("analyst"), place.address("scans"));
  await page.getByRole("list", { name: "Modules" }).getByRole("link", { name: "Web Applications" }).click();
  await expect(page.getByRole("heading", { name: "Web Applications", level: 1 })).toBeVisible();
  await expect(page.getByRole("list", { name: "Modules" }).getByRole("link", { name: "Web Applications" })).toHaveAttribute("aria-current", "page");
  await page.keyboard.press("s");
  await page.getByRole("dialog").getByLabel("Name").fill("Sites");
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(/view=\d+/);
  await go(page, page.url());
  await expect(page.getByRole("heading", { name: "Web Applications", level: 1 })).toBeVisible();

  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Search, go or do anything" })).toBeFocused();
  await page.keyboard.type("vulnerab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Vulnerabilities", level: 1 })).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
});

test("a key is said to be dead: a second badge beside the response, filtered, told in the timeline, and taken back", async ({ place, as }) => {
  await place.load(sample("till.github-secret-scanning.json"));
  const page = await go(await as("analyst"), place.address("alerts?module=secrets"));
  await expect(rows(page)).toHaveCount(1);
  await row(page, KEY).getByRole("checkbox").check();
  await bulkBar(page).getByRole("button", { name: "Key…" }).click();
  await dialog(page, "Key").getByRole("radio", { name: "Offline" }).check();
  await survey(page, "dialog-state");
  await dialog(page, "Key").getByRole("button", { name: /^Set/ }).click();
  await expect(row(page, KEY)).toContainText("Offline");
  await expect(row(page, KEY)).toContainText("Needs Review"); // the response stays what it is
  await expect(messages(page)).toContainText("Offline");

  await page.keyboard.press("z");
  await expect(row(page, KEY)).not.toContainText("Offline");

  await open(page, KEY);
  await expect(drawer(page)).toContainText("Not checked");
  await drawer(page).getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "State…" }).click();
  await dialog(page, "Key").getByRole("radio", { name: "Live" }).check();
  await page.keyboard.press("Control+Enter");
  await expect(drawer(page)).toContainText("Live");
  await expect(timeline(page)).toContainText("said how it stands in its module");
  await survey(page, "state-drawer");

  await go(page, place.address("alerts?tab=all&q=state:live"));
  await expect(rows(page)).toHaveCount(1);
  await go(page, place.address("alerts?tab=all&q=state:none"));
  await expect(rows(page)).toHaveCount(0);
});

test("the help of every module stands on the help page, with the states that it adds", async ({ as }) => {
  const page = await go(await as("viewer"), "/e/1/help#module-brand");
  const modules = page.getByRole("region", { name: "Modules" });
  for (const name of ["Alerts", "Vulnerabilities", "Open Ports", "Web Applications", "SSL/TLS", "Secrets & leaked keys", "Brand & exposure", "Dark web"])
    await expect(modules.getByRole("heading", { name, exact: true })).toBeVisible();
  for (const text of ["Takedown requested", "state:taken_down", "Not relevant", "Offline", "Reviewed stands for Accepted Risk"]) await expect(modules).toContainText(text);
});

test("the page of parts is for those who build: a production build answers 404", async ({ as }) => {
  const page = await as("admin");
  const answer = await page.goto("/dev/components");
  expect(answer?.status()).toBe(404);
});
