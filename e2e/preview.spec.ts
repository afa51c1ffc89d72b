import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { hoursAgo, sarif, textReport, weaknesses } from "./reports";
import { awake, dialog, drop, expectTabs, go, messages, rows } from "./sight";
import { expect, test } from "./stage";
import { DIALOG, survey } from "./survey";

const count = (page: Page, name: string) => page.getByRole("list", { name: /^What it (would do|did)$/ }).getByRole("link", { name, exact: true });
const rowsBehind = (page: Page, label: string) => page.getByRole("region", { name: `Rows: ${label}` });
const state = (page: Page) => page.getByRole("main").locator("header").first();

test("an analyst drops a report, reads what it would do, opens the rows that vanish, and applies it by keyboard", async ({ place, as }) => {
  const known = weaknesses(6);
  await place.load(sarif(known, { taken: hoursAgo(50) }));
  await place.respond("manager", ["Weakness 02"], { response: "closed", reason: "false_positive", note: "A test double." });
  const page = await go(await as("analyst"), place.address("scans"));
  const next = sarif([...known.slice(0, 4), { rule: "fresh", title: "Fresh weakness", score: 9.1 }], { taken: hoursAgo(1), name: "next.sarif" });
  await page.getByLabel("Choose a file").setInputFiles({ ...next, name: "next.sarif.gz", buffer: gzipSync(next.buffer) });
  await expect(page.getByText("It is packed")).toBeVisible();
  await page.getByLabel("Choose another").setInputFiles(next);
  await expect(page.getByText("It is recognised: SARIF 2.1.0.")).toBeVisible();
  await page.getByRole("radio", { name: /^Show me first/ }).check();
  await survey(page, "import-terms");
  await page.getByRole("button", { name: "Show what it would do" }).click();
  await page.waitForURL(/\/scans\/\d+$/);
  await awake(page);

  await expect(page.getByText("1 new finding comes to Needs Review. 2 findings become “not detected”; their responses stay. 1 decision stays as it is.")).toBeVisible();
  for (const key of ["j", "j", "j"]) await page.keyboard.press(key); // new, persisting, no longer seen
  await expect(count(page, "2 no longer seen")).toBeFocused();
  await page.keyboard.press("Enter");
  const gone = rowsBehind(page, "no longer seen");
  await expect(gone.getByRole("listitem")).toHaveCount(2);
  await expect(gone.getByRole("link", { name: /^Weakness 06 F-\d+$/ })).toBeVisible();
  await expect(gone.getByRole("listitem").first()).toContainText("found nothing");
  await expect(page.getByRole("region", { name: "What it looked at" }).getByRole("row", { name: /git\.example\.test/ })).toContainText(/full.*6.*5.*1.*0.*2/);
  await survey(page, "preview");
  await count(page, "1 decision preserved").click();
  await expect(rowsBehind(page, "decisions preserved")).toContainText(/False positive since .*: stays\./);
  await expect(page.getByRole("link", { name: "Open in Alerts" })).toHaveCount(0); // nothing is done yet

  await page.keyboard.press("a");
  await expect(state(page)).toContainText("Completed");
  await count(page, "2 no longer seen").click();
  await expect(rowsBehind(page, "no longer seen").getByRole("link", { name: "Open in Alerts" })).toBeVisible();
  await survey(page, "scan-result");
  await page.getByRole("link", { name: "Triage new ones" }).click();
  await page.waitForURL(/change=new/);
  await expect(rows(page)).toHaveCount(1); // just the new one, of five that wait
  await expect(rows(page)).toContainText("Fresh weakness");
});

test("the brake holds a report that would close 30 of 40; an analyst cannot release it, a manager does with a note", async ({ place, as }) => {
  const known = weaknesses(40);
  await place.load(sarif(known, { taken: hoursAgo(50) }));
  const page = await go(await as("analyst"), place.address("scans"));
  await drop(page, sarif(known.slice(0, 10), { name: "short.sarif" }));
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.waitForURL(/\/scans\/\d+$/);
  await awake(page);
  const why = page.getByRole("region", { name: "Why it is held" });
  await expect(why).toContainText(/30 of 40 detected findings of .* would vanish \(75 %/);
  await expect(why).toContainText("A manager releases it: ask ");
  await expect(why).toContainText("Max Manager");
  await expect(rowsBehind(page, "no longer seen").getByRole("listitem")).toHaveCount(30); // open by itself
  await expect(page.getByRole("button", { name: /^(Release|Apply)/ })).toHaveCount(0);
  await page.keyboard.press("a");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await survey(page, "held");

  const address = new URL(page.url()).pathname;
  const manager = await go(await as("manager"), place.address("scans"));
  await expect(manager.getByRole("table").getByRole("row").nth(1)).toContainText("Held: waits for a manager");
  await survey(manager, "scans-held");
  await go(manager, address);
  await manager.keyboard.press("a");
  const form = dialog(manager, /^Release scan/);
  await expect(form).toContainText("30 findings no longer seen");
  await manager.keyboard.press("Control+Enter");
  await expect(form.getByText("Say why so many may vanish.")).toBeVisible();
  await form.getByRole("textbox", { name: "Why is that right?" }).fill("The old storefront was taken down.");
  await survey(manager, "release", DIALOG);
  await manager.keyboard.press("Control+Enter");
  await expect(state(manager)).toContainText("Completed");
  await expect(manager.getByRole("region", { name: "Record" })).toContainText(/Brake\s*held it, then released by Max Manager, .*\d{2}:\d{2}: “The old storefront was taken down\.”/);
  await go(manager, place.address("alerts"));
  await expectTabs(manager, { "Needs Review": 10, Closed: 30, All: 40 });
});

test("the world moves between the look and the word: nothing is applied, and what moved stands above the new preview", async ({ place, as }) => {
  await place.load(sarif(weaknesses(4), { taken: hoursAgo(50) }));
  const page = await go(await as("analyst"), place.address("scans"));
  await drop(page, sarif(weaknesses(3), { name: "late.sarif", taken: hoursAgo(1) }));
  await page.getByRole("radio", { name: /^Show me first/ }).check();
  await page.getByRole("button", { name: "Show what it would do" }).click();
  await page.waitForURL(/\/scans\/\d+$/);
  await expect(count(page, "1 no longer seen")).toBeVisible();
  const other = await place.load(sarif(weaknesses(4), { taken: hoursAgo(3), name: "earlier.sarif" }));
  await place.respond("manager", ["Weakness 01"], { response: "investigating" });
  await awake(page);
  await page.getByRole("button", { name: /^Apply/ }).click();
  const moved = page.getByRole("alert", { name: "What moved" });
  await expect(moved).toContainText(`Scan ${other} by `);
  await expect(moved).toContainText("1 decision was taken");
  await expect(page.getByRole("navigation", { name: "Previews of this scan" }).getByRole("link")).toHaveCount(2);
  await survey(page, "preview-moved");
  await page.getByRole("navigation", { name: "Previews of this scan" }).getByRole("link", { name: /^1 / }).click();
  await expect(page.getByText("An earlier preview: it can be read, and no longer be applied.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Apply/ })).toHaveCount(0);
  await page.getByRole("navigation", { name: "Previews of this scan" }).getByRole("link", { name: /^2 / }).click();
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(messages(page)).toContainText("Discarded: nothing was changed");
  await expect(state(page)).toContainText("Cancelled");
  await expect(count(page, "1 no longer seen")).toBeVisible(); // what it would have done can still be read
});

const SHEET = [
  "What we saw;Where;Prio;Words of the tester",
  "Login without a lock;shop.test;P1;Ten thousand guesses went through.",
  "Directory listing;shop.test;P4;/backup is open.",
  "Old jQuery;blog.test;P3;1.8.3",
].join("\n");

test("a table of one's own with odd headers is drawn on the screen, saved, and imported; the next one is read by name", async ({ place, as }) => {
  const page = await go(await as("analyst"), place.address("scans"));
  await drop(page, textReport("pentest.csv", SHEET, "text/csv"));
  await expect(page.getByText("It is a table, though: say which of its columns is which.")).toBeVisible();
  await page.getByText(/^Tried \d+ formats: why not$/).click();
  await expect(page.getByRole("list", { name: "Formats that were tried" }).getByRole("listitem").filter({ hasText: "SARIF" })).toHaveCount(1);
  await survey(page, "import-unknown");
  await page.getByRole("button", { name: "Say which column is which…" }).click();
  const form = dialog(page, "Which column is which");
  await expect(form.getByRole("region", { name: "The first rows" })).toContainText("Login without a lock");
  await page.keyboard.press("Control+Enter");
  await expect(form.getByText("Say which column is the title.")).toBeVisible();
  for (const [field, column] of [["Title", "What we saw"], ["Asset", "Where"], ["Severity", "Prio"], ["Description", "Words of the tester"]] as const) await form.getByRole("combobox", { name: field }).selectOption(column);
  await expect(form.getByRole("combobox", { name: "P1 means" })).toHaveValue("critical"); // guessed
  await form.getByRole("combobox", { name: "P4 means" }).selectOption("info");
  await form.getByRole("textbox", { name: "Save under a name" }).fill("Pentest sheet");
  await survey(page, "mapping", DIALOG);
  await form.getByRole("button", { name: "Save and use it" }).click();
  await expect(page.getByLabel("Its columns")).toHaveValue("Pentest sheet");
  await page.getByRole("textbox", { name: "Detector" }).fill("pentest");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("region", { name: "Import" }).getByRole("link", { name: "3 new" })).toBeVisible();
  await page.getByRole("region", { name: "Import" }).getByRole("link", { name: "Triage new ones" }).click();
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).first()).toContainText("Login without a lock");
  await expect(rows(page).first().getByRole("img", { name: "Critical severity" })).toBeVisible();
  await expect(rows(page).last().getByRole("img", { name: "Informational severity" })).toBeVisible();

  await go(page, place.address("scans"));
  await drop(page, textReport("pentest-2.csv", `${SHEET}\nOpen redirect;blog.test;P3;`, "text/csv"));
  await page.getByLabel("Its columns").selectOption("Pentest sheet");
  await page.getByRole("textbox", { name: "Detector" }).fill("pentest");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("region", { name: "Import" }).getByRole("link", { name: "1 new" })).toBeVisible();
});
