import type { Locator, Page } from "@playwright/test";
import { prisma } from "@/lib/db/client";
import { hoursAgo, jsonReport, sarif, textReport, weaknesses } from "./reports";
import { awake, bulkBar, dialog, drop, go, messages, rows } from "./sight";
import { expect, test } from "./stage";

/** Opens a dialog by its control, lets it go by Escape, and finds the focus where it was. */
async function thereAndBack(page: Page, control: Locator, title: string | RegExp) {
  await control.focus();
  await page.keyboard.press("Enter");
  await expect(dialog(page, title)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog(page, title)).toBeHidden();
  await expect(control, `after ${String(title)}`).toBeFocused();
}

const main = (page: Page) => page.locator("#main");

test("alerts: each dialog gives the focus back to its button, and to the list when the button went with the deed", async ({ place, as }) => {
  await place.load(sarif(weaknesses(4)));
  const page = await go(await as("manager"), place.address("alerts"));
  const list = page.getByRole("grid", { name: "Findings" });
  await list.focus();
  for (const key of ["x", "j", "x"]) await page.keyboard.press(key);
  for (const [key, title] of [["e", "Record disposition"], ["r", "Accept risk"], ["a", "Assign"], ["l", "Tag"], ["?", "Keyboard shortcuts"]] as const) {
    await page.keyboard.press(key);
    await expect(dialog(page, title)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(list, `after ${title}`).toBeFocused();
  }
  for (const [name, title] of [[/^Close…/, "Record disposition"], [/^Accept risk…/, "Accept risk"], [/^Assign…/, "Assign"], [/^Tag…/, "Tag"]] as const) await thereAndBack(page, bulkBar(page).getByRole("button", { name }), title);

  await page.evaluate(() => { for (const said of document.querySelectorAll<HTMLElement>("[role=status]")) said.dataset.stood = ""; });
  const heard = page.locator("[role=status][data-stood]").filter({ hasText: /^F-\d+ is open beside the list/ }); // in a region that was there before: a new one is not read out
  await list.focus();
  await page.keyboard.press("Enter");
  await expect(heard).toHaveCount(1);
  await page.getByRole("button", { name: "Close the drawer" }).click();
  await expect(heard).toHaveCount(0);
  await expect(list, "after the drawer").toBeFocused();

  await bulkBar(page).getByRole("button", { name: /^Close…/ }).focus();
  await page.keyboard.press("Enter");
  await dialog(page, "Record disposition").getByRole("radio", { name: "False positive" }).check();
  await dialog(page, "Record disposition").getByRole("textbox").first().fill("A test double.");
  await page.keyboard.press("Control+Enter");
  await expect(rows(page)).toHaveCount(2);
  await expect(list).toBeFocused();
});

test("a finding: calibrating, adding evidence, deciding", async ({ place, as }) => {
  await place.load(sarif(weaknesses(1)));
  const page = await go(await as("manager"), place.address(`findings/${await place.finding("Weakness 01")}`));
  await page.getByRole("button", { name: "Calibrate…" }).click();
  await expect(dialog(page, "Calibrate severity")).toBeVisible();
  await expect(messages(page)).toHaveCount(1); // what is said now is read out: the dialog hides the rest of the page, not this
  await expect(page.getByRole("main")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await thereAndBack(page, page.getByRole("button", { name: "Calibrate…" }), "Calibrate severity");
  await thereAndBack(page, page.getByRole("region", { name: "Evidence of the fix" }).getByRole("button", { name: "Add…" }), "Add evidence");
  await thereAndBack(page, page.getByRole("button", { name: /^Close…/ }), "Record disposition");
});

test("assets: each dialog gives the focus back, and to the list when the bar went with the edit", async ({ place, as }) => {
  await place.load(sarif(weaknesses(1)));
  const page = await go(await as("manager"), place.address("assets"));
  const list = page.getByRole("grid", { name: "Assets" });
  await thereAndBack(page, page.getByRole("button", { name: "Import CSV" }), "Import assets");
  await thereAndBack(page, page.getByRole("button", { name: /^Add asset/ }), "Add an asset");
  await list.focus();
  await page.keyboard.press("x");
  const edit = page.getByRole("toolbar", { name: "1 selected" }).getByRole("button", { name: /^Edit…/ });
  await thereAndBack(page, edit, "Edit asset");
  await edit.focus();
  await page.keyboard.press("Enter");
  await dialog(page, "Edit asset").getByRole("combobox", { name: "Exposure" }).selectOption("internet");
  await page.keyboard.press("Control+Enter");
  await expect(messages(page)).toContainText("Changed 1 asset");
  await expect(list).toBeFocused();
});

test("scans: the policy, a table's columns, a release, and carrying all over", async ({ place, as }) => {
  const known = weaknesses(30);
  await place.load(sarif(known, { taken: hoursAgo(50) }));
  await place.respond("manager", ["Weakness 02", "Weakness 03"], { response: "closed", reason: "false_positive", note: "A test double." });
  const page = await go(await as("manager"), place.address("scans"));
  await thereAndBack(page, page.getByRole("button", { name: "Policy…" }), "Policy");
  await drop(page, textReport("pentest.csv", "What we saw;Where\nLogin without a lock;shop.test\n", "text/csv"));
  await thereAndBack(page, page.getByRole("button", { name: "Say which column is which…" }), "Which column is which");

  await go(page, place.address("scans"));
  await drop(page, sarif(known.map((one) => ({ ...one, rule: `${one.rule}-v2` })), { name: "upgraded.sarif" }));
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.waitForURL(/\/scans\/\d+$/);
  await awake(page);
  await expect(page.getByRole("region", { name: "Why it is held" })).toBeVisible();
  await page.getByRole("link", { name: "2 decided findings that are gone look like new ones: their decisions" }).click();
  await expect(page.getByRole("region", { name: "Rows: decisions to carry over" }).getByRole("listitem")).toHaveCount(2);
  await expect(page.getByRole("region", { name: "Rows: decisions to carry over" })).toContainText(/False positive since .* looks like it: the same title at the same place/);
  const release = page.getByRole("button", { name: /^Release…/ });
  await thereAndBack(page, release, /^Release scan/);
  await release.focus();
  await page.keyboard.press("Enter");
  await dialog(page, /^Release scan/).getByRole("textbox", { name: "Why is that right?" }).fill("An upgrade of the tool.");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("button", { name: "Carry all 2…" })).toBeVisible();
  await expect(main(page)).toBeFocused();
  await awake(page);

  await thereAndBack(page, page.getByRole("button", { name: "Carry all 2…" }), "Carry all decisions over");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  await expect(messages(page)).toContainText("Carried over: 2");
  await expect(page.getByRole("button", { name: "Carry all 2…" })).toHaveCount(0);
  await expect(main(page)).toBeFocused();
});

test("suggestions: after all of a kind are applied or ignored the focus stands at their head", async ({ place, as }) => {
  const packages = [["left-pad", "CVE-2026-1001", "not_affected"], ["lodash", "CVE-2026-1002", "not_affected"], ["minimist", "CVE-2026-1003", "under_investigation"]] as const;
  await place.load(jsonReport("trivy.json", {
    SchemaVersion: 2, CreatedAt: hoursAgo(3).toISOString(), ArtifactName: "shop", ArtifactType: "filesystem",
    Results: [{ Target: "package-lock.json", Class: "lang-pkgs", Type: "npm", Vulnerabilities: packages.map(([PkgName, VulnerabilityID]) => ({ VulnerabilityID, PkgName, InstalledVersion: "1.0.0", Severity: "HIGH", Title: `Weakness of ${PkgName}` })) }],
  }));
  const scan = await place.load(jsonReport("acme.openvex.json", {
    "@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://acme.example/vex/2", author: "Acme", timestamp: hoursAgo(2).toISOString(), version: 1,
    statements: packages.map(([name, cve, status]) => ({ vulnerability: { name: cve }, products: [{ "@id": `pkg:npm/${name}@1.0.0` }], status, ...(status === "not_affected" ? { justification: "vulnerable_code_not_present" } : {}) })),
  }));
  expect(await prisma.suggestion.count({ where: { environmentId: place.number } })).toBe(3);
  const page = await go(await as("analyst"), place.address(`scans/${scan}`));
  const head = page.getByRole("heading", { name: /^3 statements/ });
  const all = page.getByRole("button", { name: /^Apply all 2/ });
  await thereAndBack(page, all, /^Apply all/);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  await expect(messages(page)).toContainText("Applied: 2 suggestions");
  await expect(all).toHaveCount(0);
  await expect(head).toBeFocused();
  await page.getByRole("button", { name: /^Ignore all 1/ }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  await expect(messages(page)).toContainText("Ignored: 1 suggestion");
  await expect(head).toBeFocused();
});
