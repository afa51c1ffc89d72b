import type { Page } from "@playwright/test";
import { hoursAgo, jsonReport, sarif, weaknesses, type Report } from "./reports";
import { awake, dialog, drop, expectTabs, go, rows } from "./sight";
import { expect, test } from "./stage";
import { DIALOG, survey } from "./survey";

const state = (page: Page) => page.getByRole("main").locator("header").first();
const record = (page: Page) => page.getByRole("region", { name: "Record" });
const told = (page: Page) => page.getByRole("region", { name: "To know" });

/** Shows what a report would do, on the page of its scan. */
async function show(page: Page, report: Report, terms: Readonly<Record<string, string>> = {}): Promise<Page> {
  await drop(page, report);
  for (const [label, value] of Object.entries(terms)) await page.getByLabel(label).fill(value);
  await page.getByRole("radio", { name: /^Show me first/ }).check();
  await page.getByRole("button", { name: "Show what it would do" }).click();
  await page.waitForURL(/\/scans\/\d+$/);
  return awake(page);
}

/** The same report from a tool that does not say where it looked. */
function nameless({ name, buffer }: Report): Report {
  const { runs: [run], ...rest } = JSON.parse(buffer.toString());
  return jsonReport(name, { ...rest, runs: [{ ...run, versionControlProvenance: undefined }] });
}

test("a preview says that the brake will hold it, so nobody applies it to find out; a manager lets it go from there", async ({ place, as }) => {
  const known = weaknesses(40);
  await place.load(sarif(known, { taken: hoursAgo(50) }));
  const page = await show(await go(await as("analyst"), place.address("scans")), sarif(known.slice(0, 10), { name: "short.sarif" }));
  const why = page.getByRole("region", { name: "Why it will be held" });
  await expect(why).toContainText("Applying it will be held");
  await expect(why).toContainText(/30 of 40 detected findings of .* would vanish \(75 %/);
  await expect(why).toContainText("Max Manager");
  await expect(page.getByText("Released, it does this: 30 findings become “not detected”")).toBeVisible();
  await expect(state(page)).toContainText("Previewed");
  await survey(page, "foretold");

  const manager = await go(await as("manager"), new URL(page.url()).pathname);
  await manager.keyboard.press("a");
  const form = dialog(manager, /^Release scan/);
  await form.getByRole("textbox", { name: "Why is that right?" }).fill("The old storefront was taken down.");
  await survey(manager, "foretold-release", DIALOG);
  await manager.keyboard.press("Control+Enter");
  await expect(state(manager)).toContainText("Completed");
  await expect(record(manager)).toContainText(/Brake\s*released before it held by Max Manager/); // it never was held
  await go(manager, place.address("alerts"));
  await expectTabs(manager, { "Needs Review": 10, Closed: 30, All: 40 });
});

test("results that name no asset are told of before they are applied; sent again with one they stand there", async ({ place, as }) => {
  const page = await as("analyst");
  const report = nameless(sarif(weaknesses(2), { name: "nowhere.sarif" }));
  await show(await go(page, place.address("scans")), report);
  await expect(told(page)).toContainText("2 results name no asset, and none was named with the report.");
  await expect(told(page)).toContainText("Send it again with the name of its asset");
  await survey(page, "unnamed");
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(state(page)).toContainText("Cancelled");

  await show(await go(page, place.address("scans")), report, { Asset: "shop-web" });
  await expect(told(page)).toContainText("1 asset is not known here yet: “shop-web”.");
  await expect(told(page)).not.toContainText("name no asset");
  await page.keyboard.press("a");
  await expect(state(page)).toContainText("Completed");
  await go(page, `${place.address("alerts")}?q=${encodeURIComponent("asset:shop-web")}`);
  await expect(rows(page)).toHaveCount(2);
});

/** The same report, of which all results but the first are no results. */
function torn({ name, buffer }: Report): Report {
  const { runs: [run], ...rest } = JSON.parse(buffer.toString());
  return jsonReport(name, { ...rest, runs: [{ ...run, results: run.results.map((result: unknown, at: number) => (at === 0 ? result : "cut off")) }] });
}

test("a row that cannot be read closes nothing: what it was about is not known", async ({ place, as }) => {
  const known = weaknesses(3);
  await place.load(sarif(known, { taken: hoursAgo(50) }));
  const page = await show(await go(await as("analyst"), place.address("scans")), torn(sarif(known, { name: "torn.sarif" })));
  await expect(page.getByText(/2 rows could not be read, and what they were about is not known: nothing of acme-code-check becomes “not detected”\./)).toBeVisible();
  await page.keyboard.press("a");
  await expect(state(page)).toContainText("Completed");
  await go(page, place.address("alerts"));
  await expectTabs(page, { "Needs Review": 3, Closed: 0 });
});
