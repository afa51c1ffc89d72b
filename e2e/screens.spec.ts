import type { Page } from "@playwright/test";
import type { Role } from "@/lib/domain/access/can";
import { sarif, weaknesses } from "./reports";
import { awake, dialog, drawer, go, rows, timeline } from "./sight";
import { expect, openPlace, test } from "./stage";
import { DIALOG, survey } from "./survey";

test.use({ trace: "off" }); // the pictures tell more, and a trace of every row costs more than the test

async function openFirst(page: Page) {
  await rows(page).first().getByRole("link").click();
  await expect(timeline(page)).toBeVisible();
}

const DIALOGS = [
  { key: "e", title: "Record disposition" },
  { key: "r", title: "Accept risk" },
  { key: "a", title: "Assign" },
  { key: "l", title: "Tag" },
  { key: "?", title: "Keyboard shortcuts" },
] as const;

test("sign-in: readable by everyone, in light and dark", async ({ stranger }) => {
  const page = await go(await stranger(), "/login");
  await survey(page, "login");
  await page.getByRole("textbox", { name: "E-mail" }).fill("nobody@demo.test");
  await page.getByLabel("Password").fill("wrong");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("wrong");
  await survey(page, "login-refused");
});

for (const name of ["needs_review", "investigating", "accepted_risk", "closed", "all"] as const) {
  test(`alerts, tab ${name}, with a finding open`, async ({ as }) => {
    const page = await go(await as("manager"), `/e/1/alerts?tab=${name}`);
    if (name === "needs_review") await survey(page, "alerts");
    await openFirst(page);
    await survey(page, `alerts-${name}`);
  });
}

test("every dialog of the queue, and the bar of what is selected", async ({ as }) => {
  const page = await go(await as("manager"), "/e/1/alerts");
  for (const key of ["x", "j", "x", "j", "x"]) await page.keyboard.press(key);
  await expect(page.getByRole("toolbar", { name: "3 selected" })).toBeVisible();
  await survey(page, "selected");
  for (const { key, title } of DIALOGS) {
    await page.keyboard.press(key);
    await expect(dialog(page, title)).toBeVisible();
    await survey(page, `dialog-${title.toLowerCase().replaceAll(" ", "-")}`, DIALOG);
    await page.keyboard.press("Escape");
    await expect(dialog(page, title)).toBeHidden();
  }
});

test("a disposition that misses something says what, at the field", async ({ as }) => {
  const page = await go(await as("analyst"), "/e/1/alerts");
  await page.keyboard.press("e");
  await dialog(page, "Record disposition").getByRole("radio", { name: "False positive" }).check();
  await dialog(page, "Record disposition").getByRole("button", { name: "Record" }).click();
  await expect(dialog(page, "Record disposition").getByRole("alert")).toBeVisible();
  await survey(page, "dialog-fault", DIALOG);
});

test("the dialogs of one finding: calibrate, evidence, back to Needs Review", async ({ as }) => {
  const page = await go(await as("manager"), "/e/1/alerts?tab=closed&governance=resolved");
  await openFirst(page);
  const doors = [
    { title: "Calibrate severity", by: drawer(page).getByRole("button", { name: "Calibrate…" }) },
    { title: "Add evidence", by: drawer(page).getByRole("region", { name: "Evidence of the fix" }).getByRole("button", { name: "Add…" }) },
    { title: "Back to Needs Review", by: drawer(page).getByRole("button", { name: /^Needs Review/ }) },
  ];
  for (const { title, by } of doors) {
    await by.click();
    await expect(dialog(page, title)).toBeVisible();
    await survey(page, `dialog-${title.toLowerCase().replaceAll(" ", "-")}`, DIALOG);
    await page.keyboard.press("Escape");
  }
});

test("menus hang open where everyone can read them", async ({ as }) => {
  const page = await go(await as("manager"), "/e/1/alerts");
  for (const name of ["Severity", "Is", "Assignee"]) {
    await page.getByRole("group", { name: "Filters" }).getByRole("button", { name, exact: true }).click();
    await expect(page.getByRole("dialog", { name: `Filter by ${name.toLowerCase()}` })).toBeVisible();
    await survey(page, `menu-${name.toLowerCase()}`, "[popover]:popover-open");
    await page.keyboard.press("Escape");
  }
});

const PAGES: readonly { name: string; address: string; role: Role }[] = [
  { name: "scans", address: "/e/1/scans", role: "analyst" },
  { name: "scan", address: "/e/1/scans/1", role: "analyst" },
  { name: "audit", address: "/e/1/audit", role: "auditor" },
  { name: "help", address: "/e/1/help", role: "viewer" },
  { name: "tickets-demo", address: "/e/1/tickets?tab=all", role: "viewer" },
  { name: "missing", address: "/e/999999/alerts", role: "viewer" },
  { name: "missing-finding", address: "/e/1/findings/999999", role: "viewer" },
  { name: "no-permission", address: "/e/1/audit", role: "viewer" },
  { name: "viewer", address: "/e/1/alerts?tab=all&open=1", role: "viewer" },
];

for (const { name, address, role } of PAGES) {
  test(`${name}, as ${role}`, async ({ as }) => {
    await survey(await go(await as(role), address), name);
  });
}

test("a finding on a page of its own", async ({ as }) => {
  const page = await go(await as("manager"), "/e/1/alerts?tab=all&is=regressed");
  await rows(page).first().click();
  await page.keyboard.press("o");
  await page.waitForURL(/\/findings\/\d+$/);
  await awake(page);
  await survey(page, "finding");
});

test("an event of the log, opened", async ({ as }) => {
  const page = await go(await as("auditor"), "/e/1/audit?action=finding.acknowledged");
  await page.getByRole("list", { name: "Events" }).getByRole("listitem").first().locator("summary").click();
  await survey(page, "audit-open");
});

test("tickets: the list, the page of one, and what makes, closes and reopens them", async ({ place, as }) => {
  await place.load(sarif(weaknesses(6)));
  const page = await go(await as("manager"), place.address("tickets"));
  await expect(page.getByRole("heading", { name: "No ticket yet" })).toBeVisible();
  await survey(page, "empty-tickets");
  await place.ticket("analyst", ["Weakness 01", "Weakness 02", "Weakness 03"], { title: "The first three of them, with a title that is longer than most" });
  await place.ticket("analyst", ["Weakness 04"]);
  await go(page, place.address("tickets"));
  await page.keyboard.press("x");
  await survey(page, "tickets");
  await page.keyboard.press("e");
  await expect(dialog(page, "Close ticket")).toBeVisible();
  await survey(page, "dialog-close-ticket", DIALOG);
  await dialog(page, "Close ticket").getByLabel("Notes").fill("Shipped");
  await page.keyboard.press("Control+Enter");
  await expect(dialog(page, "Close ticket")).toBeHidden();
  await go(page, place.address("tickets/1"));
  await survey(page, "ticket");
  await page.keyboard.press("o");
  await expect(dialog(page, "Reopen ticket")).toBeVisible();
  await survey(page, "dialog-reopen-ticket", DIALOG);
  await go(page, place.address("alerts"));
  for (const key of ["x", "j", "x", "j", "x", "j", "x", "t"]) await page.keyboard.press(key);
  await expect(dialog(page, "Create ticket")).toContainText("has an open ticket already");
  await survey(page, "dialog-create-ticket", DIALOG);
});

test("nothing yet, nothing found, nothing left: each says what to do next", async ({ as }) => {
  const empty = await openPlace(["analyst"]);
  const page = await go(await as("analyst"), empty.address("alerts"));
  await expect(page.getByRole("heading", { name: "Import a first report" })).toBeVisible();
  await survey(page, "empty");
  await go(page, empty.address("scans"));
  await survey(page, "empty-scans");
  await go(page, "/e/1/alerts?tab=investigating&q=no%20such%20words");
  await expect(page.getByRole("heading", { name: "No finding matches" })).toBeVisible();
  await survey(page, "no-match");
});
