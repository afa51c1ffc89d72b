import type { Page } from "@playwright/test";
import { sarif } from "./reports";
import { awake, dialog, drawer, drop, expectTabs, go, hop, messages, open, row, tab, timeline } from "./sight";
import { expect, hire, test } from "./stage";

/** Holds the upload back until it is let through, so that its progress can be seen. */
async function holdUpload(page: Page) {
  let letThrough = () => {};
  const gate = new Promise<void>((resolve) => { letThrough = resolve; });
  await page.route(/\/api\/e\/\d+\/scans\?/, async (route) => {
    await gate;
    await route.continue();
  });
  return () => letThrough();
}

const REPORT = sarif([
  { rule: "sql", title: "SQL built from strings", score: 9.8, file: "src/login.ts", snippet: "db.query('select ' + name)", help: "Bind the values." },
  { rule: "xss", title: "Cross-site scripting", score: 7.2, file: "src/search.ts" },
  { rule: "md5", title: "Weak hash", score: 3.1, file: "src/cache.ts" },
], { name: "first.sarif" });

test("a newcomer signs in, drops a report, decides, and the decision stands in the log", async ({ place, stranger, as }) => {
  const me = await hire(place, "analyst");
  const page = await go(await stranger(), place.address("alerts"));
  await page.getByRole("textbox", { name: "E-mail" }).fill(me.email);
  await page.getByLabel("Password").fill(me.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(new RegExp(`${place.address("alerts")}$`)); // where they were going

  await page.getByRole("link", { name: "Import a report" }).click();
  await page.waitForURL(/\/scans$/);
  await awake(page);
  const letThrough = await holdUpload(page);
  await drop(page, REPORT);
  await expect(page.getByText("first.sarif")).toBeVisible();
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("progressbar")).toBeVisible();
  letThrough();

  const done = page.getByRole("region", { name: "Import" });
  await expect(done.getByRole("link", { name: "3 new" })).toBeVisible();
  await expect(done).toContainText("3 results in the report");
  await expect(page.getByRole("table").getByText("first.sarif")).toBeVisible();
  await done.getByRole("link", { name: "Triage" }).click();
  await page.waitForURL(/\/alerts/);
  await awake(page);
  await expectTabs(page, { "Needs Review": "3 of 3", Investigating: "0 of 0", Closed: "0 of 0", All: "3 of 3" }); // of the scan, of all

  const details = await open(page, "SQL built from strings");
  await expect(details.getByRole("region", { name: "Observation" })).toContainText("db.query('select ' + name)");
  await details.getByRole("button", { name: /^Investigate/ }).click();
  await expectTabs(page, { "Needs Review": "2 of 2", Investigating: "1 of 1" });
  await expect(drawer(page).getByRole("heading", { name: "Cross-site scripting" })).toBeVisible(); // on to the next

  await tab(page, "Investigating").click();
  await open(page, "SQL built from strings");
  await drawer(page).getByRole("button", { name: /^Close…/ }).click();
  const form = dialog(page, "Record disposition");
  await form.getByRole("radio", { name: "Patched" }).check();
  await form.getByRole("textbox", { name: "Note" }).fill("Bound parameters since release 4.2.");
  await form.getByRole("button", { name: "Commit" }).click();
  await form.getByRole("textbox", { name: "Reference" }).fill("9f1c0d1e");
  await form.getByRole("button", { name: "Record" }).click();
  await expect(messages(page)).toContainText("Patched: 1 finding");
  await expectTabs(page, { "Needs Review": "2 of 2", Investigating: "0 of 0", "Accepted Risk": "0 of 0", Closed: "1 of 1", All: "3 of 3" });

  await tab(page, "Closed").click();
  await expect(row(page, "SQL built from strings").getByRole("img", { name: "Currently Detected" })).toBeVisible(); // a decision hides nothing
  await open(page, "SQL built from strings");
  await expect(timeline(page)).toContainText("Robin Brief");
  await expect(timeline(page)).toContainText(hop("In progress", "Resolved"));
  await expect(timeline(page)).toContainText("Bound parameters since release 4.2.");
  await expect(timeline(page)).toContainText("commit 9f1c0d1e");

  const manager = await go(await as("manager"), place.address("audit?action=finding.acknowledged"));
  const event = manager.getByRole("list", { name: "Events" }).getByRole("listitem");
  await expect(event).toHaveCount(1);
  await expect(event).toContainText("Robin Brief");
  await event.getByText("Disposition recorded").click();
  await expect(event).toContainText("Bound parameters since release 4.2.");
  await expect(event).toContainText(/Hash\s*[0-9a-f]{64}/);
});
