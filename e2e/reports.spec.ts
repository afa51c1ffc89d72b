import { deflateSync } from "node:zlib";
import { sarif, textReport, weaknesses, type Report } from "./reports";
import { awake, drawer, drop, go, open, row, rows } from "./sight";
import { expect, test } from "./stage";

const IMAGE = "<img src=x onerror=\"alert('image')\">";
const HOSTILE = [
  { rule: "script", title: "<script>alert('title')</script>", message: "<script>alert('message')</script><iframe src=\"javascript:alert(1)\"></iframe>", snippet: `</pre>${IMAGE}`, help: IMAGE },
  { rule: "formula", title: "=HYPERLINK(\"http://evil.test\",\"look\")", message: "@SUM(1+1)*cmd|' /C calc'!A0", helpUri: "javascript:alert('link')" },
  { rule: "bidi", title: "safe \u202Etxt.exe\u202C name", message: "\u2066\u202Ereversed" },
  { rule: "long", title: `Long ${"x".repeat(10_000)}`, file: `src/${"deep/".repeat(400)}file.ts` },
  { rule: "{{constructor.constructor('alert(1)')()}}", title: "${alert(1)} {{alert(1)}} %3Cscript%3E", message: "line\u0000one\u0007" },
];

test("whatever a scanner writes is shown as text; nothing of it runs, nothing of it leads away", async ({ place, as }) => {
  await place.load(sarif(HOSTILE, { name: "<img src=x onerror=alert(1)>.sarif" }));
  const page = await go(await as("manager"), place.address("alerts?sort=number"));
  await expect(rows(page)).toHaveCount(5);
  for (const { title } of HOSTILE.slice(0, 2)) await expect(row(page, title)).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBe(0);

  const numbers = (await rows(page).evaluateAll((all) => all.map((each) => each.getAttribute("data-number"))));
  for (const number of numbers) {
    await go(page, place.address(`alerts?tab=all&open=${number}`));
    await expect(drawer(page)).toContainText("Why it is here");
    await go(page, place.address(`findings/${number}`));
    expect(await page.locator("main :is(script, iframe, img, object, embed)").count()).toBe(0);
    expect(await page.locator("a[href^='javascript' i], a[href^='data' i]").count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  }
  await go(page, place.address("alerts?sort=number"));
  await open(page, "<script>alert('title')</script>");
  await expect(drawer(page).getByRole("region", { name: "Description" })).toContainText("<script>alert('message')</script>");
  await expect(drawer(page).getByRole("region", { name: "Observation" })).toContainText(IMAGE);
  for (const path of ["scans", "audit"]) await go(page, place.address(path));
});

const whole = sarif(weaknesses(30)).buffer.toString();
const BAD: readonly { what: string; report: Report; says: RegExp }[] = [
  { what: "cut short", report: textReport("cut.sarif", whole.slice(0, Math.floor(whole.length * 0.7)), "application/json"), says: /Not imported: .*(ends|end of|cut|truncated|incomplete)/i },
  { what: "no report at all", report: textReport("notes.txt", "These are my notes.\nNo scanner wrote them."), says: /Not imported: .*(format|recogni)/i },
  { what: "JSON of something else", report: textReport("package.json", "{\"name\": \"shop\", \"version\": \"1.0.0\"}", "application/json"), says: /Not imported: .*(format|recogni)/i },
  { what: "XML with a DOCTYPE", report: textReport("evil.nessus", "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>\n<NessusClientData_v2><Report name=\"r\">&b;</Report></NessusClientData_v2>", "text/xml"), says: /Not imported: .*DOCTYPE.*\(.*line 2/i },
  { what: "a fault in the middle", report: textReport("broken.sarif", whole.replace('"results":[{', '"results":[{,'), "application/json"), says: /Not imported: .*\((line \d+|at .*(results|\d))/i },
];

for (const { what, report, says } of BAD) {
  test(`a bad report is refused whole: ${what}`, async ({ place, as }) => {
    const page = await go(await as("analyst"), place.address("scans"));
    await drop(page, report);
    await page.getByRole("button", { name: "Import", exact: true }).click();
    const told = page.getByRole("region", { name: "Import" }).getByRole("alert");
    await expect(told).toContainText(says);
    await expect(told).toContainText(/nothing of this file was imported|no finding was stored/i);
    await expect(page.getByRole("table").getByRole("row", { name: report.name })).toContainText("Failed"); // the attempt stays
    await go(page, place.address("alerts?tab=all"));
    await expect(page.getByRole("heading", { name: "Import a first report" })).toBeVisible();
  });
}

test("an empty file is not even sent; the right one can be chosen in its place", async ({ place, as }) => {
  const page = await go(await as("analyst"), place.address("scans"));
  await drop(page, textReport("empty.sarif", ""));
  await expect(page.getByText("This file is empty.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Import", exact: true })).toBeDisabled();
  await page.getByLabel("Choose another").setInputFiles(sarif(weaknesses(2)));
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("region", { name: "Import" }).getByRole("link", { name: "2 new" })).toBeVisible();
});

test("a file that only claims to be compressed is refused like any other", async ({ place, as }) => {
  const page = await go(await as("analyst"), place.address("scans"));
  const zlib: Report = { name: "report.sarif.gz", mimeType: "application/gzip", buffer: Buffer.concat([Buffer.from([0x1f, 0x8b, 8]), deflateSync(whole)]) };
  await page.getByLabel("Choose a file").setInputFiles(zlib);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("region", { name: "Import" }).getByRole("alert")).toContainText("Not imported");
  await awake(page);
});
