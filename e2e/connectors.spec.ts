import type { Page } from "@playwright/test";
import { StubTracker } from "@/lib/testing/tracker";
import { sarif, weaknesses } from "./reports";
import { dialog, go, messages, open } from "./sight";
import { expect, test, type Place } from "./stage";
import { DIALOG, survey } from "./survey";

const TOKEN = "github_pat_of_the_story";
/** The worker looks every second; a sending and its news take a moment more. */
const SENT = { timeout: 20_000 };

const card = (page: Page, name: string) => page.getByRole("list", { name: "Connectors" }).getByRole("listitem", { name });
const checks = (page: Page) => page.getByRole("list", { name: "What was tested" });
const delivery = (page: Page, ticket: string) => page.getByRole("list", { name: "Deliveries" }).getByRole("listitem", { name: new RegExp(`^${ticket}:`) });

/** Makes a ticket of a finding that goes to the tracker, as an analyst does. */
async function send(page: Page, place: Place, title: string) {
  await go(page, place.address("alerts?tab=all"));
  await open(page, title);
  await page.keyboard.press("t");
  await dialog(page, "Create ticket").getByLabel("Goes to").selectOption({ label: "Platform team" });
  await expect(page.getByRole("region", { name: "What will be made" })).toContainText("1 ticket of 1 finding.");
  await page.keyboard.press("Control+Enter");
  await expect(messages(page).getByRole("button", { name: /^Open T-/ })).toBeVisible();
}

test("a tracker is tried, set up and told of; its ticket comes back with a key; when it refuses us, the page says what to mend", async ({ place, as }) => {
  const tracker = await StubTracker.start({ vendor: "github", authorization: `Bearer ${TOKEN}` });
  await place.load(sarif(weaknesses(2)));
  const admin = await go(await as("admin"), place.address("settings/connectors"));
  await survey(admin, "connectors-none");

  await admin.getByRole("main").getByRole("button", { name: "Add a connector" }).click();
  const form = dialog(admin, "Add a connector");
  await form.getByLabel("Kind").selectOption({ label: "GitHub issues" });
  await form.getByLabel(/^Name/).fill("Platform team");
  await form.getByLabel(/^Address/).fill(tracker.address);
  await form.getByRole("button", { name: "Test", exact: true }).click();
  await expect(form.getByLabel(/^Repository/)).toHaveAttribute("aria-invalid", "true");
  await form.getByLabel(/^Repository/).fill("acme/app");
  await form.getByLabel(/^Token/).fill("mistyped");
  await form.getByRole("button", { name: "Test", exact: true }).click();
  await expect(checks(admin).getByRole("listitem").filter({ hasText: "at fault" })).toContainText("Credentials");
  await survey(admin, "connector-refused", DIALOG);
  await form.getByLabel(/^Token/).fill(TOKEN);
  await form.getByRole("button", { name: "Test", exact: true }).click();
  await expect(checks(admin)).toContainText("The token sees acme/app.");
  await expect(checks(admin)).not.toContainText("at fault");
  await form.getByRole("button", { name: "Show the request" }).click();
  await expect(form.getByRole("region", { name: "The request", exact: true })).toContainText(`POST ${tracker.address}/repos/acme/app/issues`);
  await expect(form.getByRole("region", { name: "The request", exact: true })).not.toContainText(TOKEN);
  await form.getByRole("button", { name: "Add", exact: true }).click();
  await expect(card(admin, "Platform team")).toContainText("On");

  const analyst = await as("analyst");
  await send(analyst, place, "Weakness 01");
  await go(analyst, place.address("settings/deliveries?tab=all"));
  await expect(delivery(analyst, "T-1")).toContainText("Sent", SENT);
  expect(tracker.issues.map(({ title }) => title)).toEqual([expect.stringContaining("Weakness 01")]);
  await survey(analyst, "deliveries");
  await delivery(analyst, "T-1").getByRole("link", { name: "T-1" }).click();
  await expect(analyst.getByRole("link", { name: /^1\s*, opens in a new tab$/ }).first()).toHaveAttribute("href", /\/issues\/1$/);

  tracker.wish = { vendor: "github", authorization: "Bearer another since this morning" };
  await send(analyst, place, "Weakness 02");
  await expect(card(admin, "Platform team")).toContainText("Paused by failures", SENT);
  await expect(card(admin, "Platform team")).toContainText("1 waiting");
  await survey(admin, "connectors");
  const manager = await go(await as("manager"), place.address("settings/health"));
  await expect(manager.getByRole("list", { name: "Warnings" })).toContainText("Ticketing API unavailable: Platform team");
  await expect(manager.getByRole("region", { name: "Jobs by name" }).getByRole("row", { name: /^Tickets to a tracker/ })).not.toContainText("never yet");
  await manager.getByRole("link", { name: "Look now" }).click();
  await expect(manager.getByText("counts: holds", { exact: true })).toBeVisible();
  await survey(manager, "health");

  tracker.wish = { vendor: "github", authorization: `Bearer ${TOKEN}` };
  await card(admin, "Platform team").getByRole("button", { name: "Test Platform team" }).click();
  await expect(card(admin, "Platform team").getByText("On", { exact: true })).toBeVisible();
  await go(analyst, place.address("settings/deliveries?tab=all"));
  await expect(delivery(analyst, "T-2")).toContainText("Sent", SENT);
  expect(tracker.issues).toHaveLength(2);
  await tracker.close();
});

test("a secret is asked for anew at another address, a webhook's is shown once, removing asks for the name; an analyst reads without secrets, a viewer not at all", async ({ place, as }) => {
  const tracker = await StubTracker.start({ vendor: "github", authorization: `Bearer ${TOKEN}` });
  const admin = await go(await as("admin"), place.address("settings/connectors"));
  await admin.getByRole("main").getByRole("button", { name: "Add a connector" }).click();
  const form = dialog(admin, "Add a connector");
  await form.getByLabel("Kind").selectOption({ label: "Custom API" });
  await form.getByLabel(/^Name/).fill("Own desk");
  await form.getByLabel(/^Address/).fill(`${tracker.address}/items`);
  await form.getByLabel(/^Value of the secret header/).fill(TOKEN);
  await form.getByRole("button", { name: "Add a line: Fields of the body" }).click();
  await form.getByLabel("Fields of the body, 4, left").fill("meta.link");
  await form.getByLabel("Fields of the body, 4, right").fill("{permalink}");
  await form.getByRole("button", { name: "Show the request" }).click();
  await expect(form.getByRole("region", { name: "The request", exact: true })).toContainText('"meta": {');
  await survey(admin, "connector-custom", DIALOG);
  await form.getByRole("button", { name: "Add", exact: true }).click();

  await card(admin, "Own desk").getByRole("button", { name: "Change Own desk" }).click();
  const change = dialog(admin, "Change Own desk");
  await expect(change).toContainText(/Set on .*, and never shown again/);
  await change.getByLabel(/^Address/).fill("https://elsewhere.example.test/items");
  await change.getByRole("button", { name: "Save", exact: true }).click();
  await expect(change.getByRole("alert")).toContainText("The address is another one");
  await admin.keyboard.press("Escape");

  await card(admin, "Own desk").getByRole("button", { name: "Webhooks of Own desk" }).click();
  const hooks = dialog(admin, "Webhooks of Own desk");
  await expect(hooks).toContainText("/api/webhooks/");
  await hooks.getByRole("button", { name: "Make a secret" }).click();
  await expect(hooks).toContainText("It is shown this once.");
  await survey(admin, "connector-webhooks", DIALOG);
  await hooks.getByRole("button", { name: "Done" }).click();

  const analyst = await go(await as("analyst"), place.address("settings/connectors"));
  await expect(card(analyst, "Own desk")).toBeVisible();
  await expect(analyst.getByRole("button", { name: /^(Add|Change|Test|Remove|Webhooks)/ })).toHaveCount(0);
  expect(await analyst.content()).not.toContain(TOKEN);
  await go(analyst, place.address("settings/health"));
  await expect(analyst.getByRole("heading", { name: /^Your role may not read the health/ })).toBeVisible();
  const viewer = await as("viewer");
  for (const part of ["connectors", "deliveries", "health"]) {
    await go(viewer, place.address(`settings/${part}`));
    await expect(viewer.getByRole("heading", { name: /^Your role may not/ })).toBeVisible();
  }

  await card(admin, "Own desk").getByRole("button", { name: "Remove Own desk" }).click();
  const removing = dialog(admin, "Remove Own desk");
  await removing.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(removing.getByRole("alert")).toContainText("This is not its name.");
  await survey(admin, "connector-remove", DIALOG);
  await removing.getByRole("textbox").fill("Own desk");
  await admin.keyboard.press("Control+Enter");
  await expect(admin.getByRole("heading", { name: "No connector yet" })).toBeVisible();
  await tracker.close();
});
