import { request, type Page } from "@playwright/test";
import { sarif, weaknesses } from "./reports";
import { bulkBar, drawer, go, messages, open, row, rows } from "./sight";
import { expect, hire, openPlace, test } from "./stage";

async function expectNothingHere(page: Page, address: string) {
  const answer = await page.goto(address);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
}

test("a viewer reads everything and finds no button that decides", async ({ place, as }) => {
  await place.load(sarif(weaknesses(3)));
  const page = await go(await as("viewer"), place.address("alerts"));
  await expect(rows(page)).toHaveCount(3);
  await expect(page.getByRole("link", { name: "Import report" })).toBeHidden();
  await row(page, "Weakness 01").hover();
  await expect(page.getByRole("button", { name: /^(Investigate|Close…|Accept risk…)/ })).toHaveCount(0);

  await open(page, "Weakness 01");
  await expect(drawer(page)).toContainText("Your role reads here. Analysts and managers decide.");
  await expect(drawer(page).getByRole("button", { name: /Investigate|Close…|Accept|Calibrate|Add…|Change…|Take back/ })).toHaveCount(0);
  await page.keyboard.press("i");
  await expect(messages(page)).toContainText("Your role may read here, not decide");
  await page.keyboard.press("Escape");
  await page.keyboard.press("x");
  await expect(bulkBar(page)).toBeHidden();

  await go(page, place.address("scans"));
  await expect(page.getByText("Your role reads scans.")).toBeVisible();
  await expect(page.getByText("Drop a scanner's report here")).toBeHidden();
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Audit log" })).toBeHidden();
  await go(page, place.address("audit"));
  await expect(page.getByRole("heading", { name: "Your role may not read the whole log" })).toBeVisible();
});

test("an auditor answers who decided this, when and why in two clicks, and changes nothing", async ({ place, as }) => {
  await place.load(sarif(weaknesses(2)));
  await place.respond("analyst", ["Weakness 02"], { response: "closed", reason: "false_positive", note: "The file is a test fixture." });
  const page = await go(await as("auditor"), place.address("alerts?tab=closed"));
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Audit log" }).click();
  const event = page.getByRole("list", { name: "Events" }).getByRole("listitem").filter({ hasText: "Disposition recorded" });
  await event.getByText("Disposition recorded").click();
  await expect(event).toContainText("Ana Analyst");
  await expect(event).toContainText("The file is a test fixture.");

  await event.getByRole("link", { name: `F-${await place.finding("Weakness 02")}` }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Weakness 02" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("button", { name: /Investigate|Needs Review|Accept|Calibrate|Add…|Take back/ })).toHaveCount(0);
});

test("another environment is not found: neither its screens nor its findings, and not a hint that they exist", async ({ place, as }) => {
  await place.load(sarif(weaknesses(1)));
  const closed = await openPlace(["manager"]);
  await closed.load(sarif(weaknesses(2)));
  const page = await as("analyst");
  for (const path of ["alerts", "scans", "audit", "findings/1", "help"]) await expectNothingHere(page, closed.address(path));
  const unknown = await page.request.get("/e/99999999/alerts");
  const foreign = await page.request.get(closed.address("alerts"));
  expect([foreign.status(), unknown.status()]).toEqual([404, 404]);
  await expectNothingHere(page, place.address("findings/77"));
  await go(page, place.address("alerts"));
  await page.getByRole("button", { name: /^Environment: / }).click();
  await expect(page.getByRole("menuitem", { name: place.name })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: closed.name })).toBeHidden();
});

test("who is signed out comes back to where they were going; a link from outside leads nowhere else", async ({ place, stranger }) => {
  await place.load(sarif(weaknesses(2)));
  const me = await hire(place, "viewer");
  const page = await stranger();
  await page.goto(place.address("alerts?tab=all&severity=critical"));
  await expect(page).toHaveURL(/\/login\?/);
  const signIn = async () => {
    await page.getByRole("textbox", { name: "E-mail" }).fill(me.email);
    await page.getByLabel("Password").fill(me.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  };
  await go(page, page.url());
  await signIn();
  await expect(page).toHaveURL(/\/alerts\?tab=all&severity=critical$/);
  await expect(rows(page)).toHaveCount(2);

  const copy = await page.context().storageState();
  const question = { data: { text: "F-1" }, headers: { "Sec-Fetch-Site": "same-origin" } };
  expect((await page.request.post(`/api${place.address("search")}`, question)).status()).toBe(200);
  await page.getByRole("button", { name: /account$/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login$/);
  const thief = await request.newContext({ baseURL: new URL(page.url()).origin, storageState: copy });
  expect((await thief.post(`/api${place.address("search")}`, question)).status(), "a copy of the cookie").toBe(401);
  await thief.dispose();
  await go(page, "/login?callbackUrl=https%3A%2F%2Felsewhere.test%2F");
  await signIn();
  await expect(page).toHaveURL(/\/e\/\d+\/alerts/);
});

test("a person who is shut out is out at the next click", async ({ place, stranger }) => {
  await place.load(sarif(weaknesses(2)));
  const me = await hire(place, "analyst");
  const page = await go(await stranger(), place.address("alerts"));
  await page.getByRole("textbox", { name: "E-mail" }).fill(me.email);
  await page.getByLabel("Password").fill(me.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(rows(page)).toHaveCount(2);
  await open(page, "Weakness 01");

  await me.shutOut();
  await drawer(page).getByRole("button", { name: /^Investigate/ }).click();
  const line = page.getByRole("region", { name: "Decisions on their way" });
  await expect(line).toContainText("One decision not saved: You are signed out.");
  await expect(row(page, "Weakness 01")).toContainText("Needs Review");
  await line.getByRole("button", { name: "Discard" }).click(); // a page with what is not saved asks before it goes
  await page.reload();
  await expect(page).toHaveURL(/\/login/);
  await go(page, page.url());
  await page.getByRole("textbox", { name: "E-mail" }).fill(me.email);
  await page.getByLabel("Password").fill(me.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("E-mail or password is wrong.");
});
