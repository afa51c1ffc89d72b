import type { Page } from "@playwright/test";
import { hoursAgo, sarif, textReport, weaknesses } from "./reports";
import { awake, dialog, go, messages } from "./sight";
import { expect, test } from "./stage";
import { DIALOG, survey } from "./survey";

const grid = (page: Page) => page.getByRole("grid", { name: "Assets" });
const line = (page: Page, name: string) => grid(page).getByRole("row", { name });
const SHEET = "name;kind;exposure;data sensitivity;owner;team;decommission_on;floor\nvpn.test;host;Internet;confidential;Network lead;Network;;2\nerp.test;application;internal;restricted;;Finance;2027-03-31;1\ngit.example.test/shop/web;;moon;;;;;\n;host;;;;;;\n";

test("a manager imports a sheet, sees first what it will do, edits two by keyboard, and opens one with its drift", async ({ place, as }) => {
  await place.load(sarif(weaknesses(6), { taken: hoursAgo(50) }));
  await place.load(sarif(weaknesses(4), { taken: hoursAgo(2) }));
  const page = await go(await as("manager"), place.address("assets"));
  await expect(grid(page).getByRole("row")).toHaveCount(2);

  await page.getByRole("button", { name: "Import CSV" }).click();
  await dialog(page, "Import assets").getByLabel("Choose a file").setInputFiles(textReport("assets.csv", SHEET, "text/csv"));
  const told = dialog(page, "Import assets").getByRole("list", { name: "What the sheet would do" });
  await expect(told).toContainText("2 new0 changed0 the same2 refused");
  await expect(dialog(page, "Import assets")).toContainText(/line 4.*Exposure "moon": none of internet/);
  await expect(dialog(page, "Import assets")).toContainText("Left aside, since they mean nothing here: floor");
  await survey(page, "assets-import", DIALOG);
  await dialog(page, "Import assets").getByRole("button", { name: "Apply" }).click();
  await expect(messages(page)).toContainText("Imported: 2 new, 0 assets changed, 2 refused");
  await expect(grid(page).getByRole("row")).toHaveCount(4);
  await expect(line(page, "vpn.test")).toContainText("Never scanned");
  await awake(page);

  await grid(page).focus();
  for (const key of ["k", "x", "j", "x", "e"]) await page.keyboard.press(key); // the cursor stayed with the repository: up to erp.test, and back
  await expect(dialog(page, "Edit assets")).toContainText("2 assets");
  await dialog(page, "Edit assets").getByLabel("Owner", { exact: false }).first().fill("Shop lead");
  await dialog(page, "Edit assets").getByRole("combobox", { name: "Exposure" }).selectOption("partner");
  await survey(page, "assets-edit", DIALOG);
  await page.keyboard.press("Control+Enter");
  await expect(messages(page)).toContainText("Changed 2 assets");
  await expect(line(page, "erp.test")).toContainText("Partners");
  await expect(line(page, "erp.test")).toContainText("Restricted"); // was not touched
  await expect(line(page, "git.example.test")).toContainText("Shop lead");
  await survey(page, "assets-story");

  await line(page, "git.example.test").getByRole("link", { name: /^git.example/ }).click();
  await expect(page.getByRole("region", { name: "Drift" }).getByRole("img", { name: /Detected findings from .*2 looks/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "Drift" }).getByRole("row", { name: /acme-code-check/ })).toHaveCount(2);
  await expect(page.getByRole("region", { name: "History" })).toContainText(/Exposure: Unknown →\s*to Partners/);
  await survey(page, "asset");
  await page.getByRole("link", { name: "Live findings" }).click();
  await expect(page.getByRole("grid", { name: "Findings" }).getByRole("row").filter({ has: page.getByRole("gridcell") })).toHaveCount(4);
});

test("an edit of many is taken back by z, and one of them again from its history; what a colleague changed since stays", async ({ place, as }) => {
  const page = await go(await as("manager"), place.address("assets"));
  await page.getByRole("button", { name: "Import CSV" }).click();
  await dialog(page, "Import assets").getByLabel("Choose a file").setInputFiles(textReport("assets.csv", "name,exposure\na.test,internal\nb.test,internal\n", "text/csv"));
  await dialog(page, "Import assets").getByRole("button", { name: "Apply" }).click();
  await expect(grid(page).getByRole("row")).toHaveCount(3);
  await awake(page);
  await grid(page).focus();
  for (const key of ["x", "j", "x", "e"]) await page.keyboard.press(key);
  await dialog(page, "Edit assets").getByRole("combobox", { name: "Exposure" }).selectOption("internet");
  await page.keyboard.press("Control+Enter");
  await expect(messages(page)).toContainText("Changed 2 assets");
  await expect(line(page, "b.test")).toContainText("Internet");

  const colleague = await go(await as("admin"), place.address("assets"));
  await line(colleague, "b.test").getByRole("link", { name: "b.test" }).click();
  await expect(colleague.getByRole("region", { name: "History" }).getByRole("button", { name: "Take back" })).toHaveCount(1);
  await awake(colleague);
  await colleague.keyboard.press("e");
  await dialog(colleague, "Edit asset").getByLabel("Team", { exact: false }).first().fill("Shop");
  await colleague.keyboard.press("Control+Enter");
  await expect(messages(colleague)).toContainText("Changed 1 asset");

  await page.keyboard.press("z");
  await expect(messages(page)).toContainText(/Taken back: 1 asset, 1 skipped/);
  await expect(messages(page)).toContainText(/changed b\.test at .*, after this/);
  await expect(line(page, "a.test")).toContainText("Internal");
  await expect(line(page, "b.test")).toContainText("Internet");

  await line(page, "a.test").getByRole("link", { name: "a.test" }).click();
  const history = page.getByRole("region", { name: "History" });
  await expect(history.getByRole("listitem").first()).toContainText(/Asset change taken back.*Exposure: Internet.*Internal/);
  await awake(page);
  await history.getByRole("button", { name: "Take back" }).click();
  await expect(history.getByRole("listitem").first()).toContainText(/Exposure: Internal.*Internet/);
  await expect(page.locator("#history")).toBeFocused();
});

test("the same sheet again changes nothing, and says so before it is sent", async ({ place, as }) => {
  const page = await go(await as("manager"), place.address("assets"));
  for (const says of ["2 new0 changed0 the same2 refused", "0 new0 changed2 the same2 refused"]) {
    await page.getByRole("button", { name: "Import CSV" }).click();
    await dialog(page, "Import assets").getByLabel("Choose a file").setInputFiles(textReport("assets.csv", SHEET, "text/csv"));
    await expect(dialog(page, "Import assets").getByRole("list", { name: "What the sheet would do" })).toContainText(says);
    const apply = dialog(page, "Import assets").getByRole("button", { name: "Apply" });
    if (says.startsWith("0")) await expect(apply).toBeDisabled();
    else await apply.click();
    await expect(dialog(page, "Import assets")).toHaveCount(says.startsWith("0") ? 1 : 0);
  }
});

test("where there is no room a long name loses its beginning: its end tells it apart, and it is read out whole", async ({ place, as }) => {
  const names = ["blue", "green"].map((end) => `storefront-${"of-the-customers-in-europe-".repeat(3)}${end}.example.test`);
  for (const repository of names) await place.load(sarif(weaknesses(1), { repository, tool: `Check ${repository.slice(-18, -13)}` }));
  const page = await go(await as("analyst", { viewport: { width: 420, height: 800 } }), place.address("assets"));
  for (const name of names) {
    await expect(line(page, name)).toHaveCount(1);
    const whole = grid(page).getByTitle(name, { exact: true });
    await expect(whole).toHaveText(name);
    for (const width of ["", "60px"]) {
      const shown = await whole.evaluate((part, width) => {
        Object.assign(part instanceof HTMLElement ? part.style : {}, { width });
        return { cut: part.scrollWidth > part.clientWidth, past: Math.round((part.firstElementChild?.getBoundingClientRect().right ?? 0) - part.getBoundingClientRect().right) };
      }, width);
      expect(shown, `${name} shows its end`).toEqual({ cut: true, past: 0 });
    }
  }
});

test("a viewer reads the inventory and sees no control that would change it; no key does either", async ({ place, as }) => {
  await place.load(sarif(weaknesses(2)));
  const page = await go(await as("viewer"), place.address("assets"));
  await expect(grid(page).getByRole("row")).toHaveCount(2);
  await expect(page.getByRole("main").getByRole("button", { name: /Import CSV|Add asset|Edit/ })).toHaveCount(0);
  await expect(grid(page).getByRole("checkbox")).toHaveCount(0);
  await grid(page).focus();
  for (const key of ["x", "e", "n"]) await page.keyboard.press(key);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: /^git.example/ })).toBeVisible();
  await expect(page.getByRole("main").getByRole("button", { name: /Edit/ })).toHaveCount(0);
});

test("the demo's inventory, and what it looks like when nothing fits", async ({ as }) => {
  const page = await go(await as("manager"), "/e/1/alerts");
  for (const key of ["g", "i"]) await page.keyboard.press(key);
  await expect(line(page, "web-1.acme.test")).toBeVisible();
  await go(page, "/e/1/assets?sort=exposed");
  await survey(page, "assets");
  await page.getByRole("link", { name: /not scanned$/ }).click();
  await expect(line(page, "erp.acme.test")).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("no such asset");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "No asset matches" })).toBeVisible();
  await page.getByRole("button", { name: "Clear the filter" }).click();
  await expect(line(page, "web-1.acme.test")).toBeVisible();
});
