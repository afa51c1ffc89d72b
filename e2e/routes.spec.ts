import { sarif, weaknesses } from "./reports";
import { bulkBar, dialog, drawer, go, messages, open, rows, timeline } from "./sight";
import { expect, test } from "./stage";
import { survey } from "./survey";

test("what nobody triaged can be paused and is not handed over; one action that investigates, calibrates, assigns and routes does all of it", async ({ place, as }) => {
  await place.load(sarif(weaknesses(12)));
  await place.respond("analyst", ["Weakness 02"], { response: "closed", reason: "false_positive", note: "A test file." });
  const page = await go(await as("manager"), place.address("alerts?tab=all"));

  await open(page, "Weakness 05");
  await drawer(page).getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Route…" }).click();
  await dialog(page, "Route").getByRole("radio", { name: "Ticket" }).check();
  await expect(dialog(page, "Route")).toContainText("1 will be skipped");
  await dialog(page, "Route").getByRole("radio", { name: "Paused" }).check();
  await page.keyboard.press("Control+Enter");
  await expect(dialog(page, "Route")).toContainText("Say why");
  await dialog(page, "Route").getByLabel("Reason").fill("The platform team names its owner on Monday.");
  await survey(page, "route-dialog");
  await page.keyboard.press("Control+Enter");
  await expect(messages(page)).toContainText("Routing paused");
  await expect(drawer(page)).toContainText("Route: paused");
  await expect(timeline(page)).toContainText("routed it");

  await page.keyboard.press("Escape");
  await go(page, place.address("alerts?tab=all&q=route:none"));
  await expect(rows(page)).toHaveCount(11);
  await rows(page).first().getByRole("checkbox").check({ force: true });
  await bulkBar(page).getByRole("button", { name: "Select all 11" }).click();
  await bulkBar(page).getByRole("button", { name: /in one…|at once…/ }).click();
  const form = dialog(page, "Change many");
  await form.getByLabel("Route").selectOption("sprint_batch");
  await form.getByLabel("Note").fill("Agreed in the weekly round.");
  await form.getByRole("button", { name: /^See what it does/ }).click();
  await expect(form).toContainText("0 of 11 will change");
  await expect(form.getByRole("button", { name: /Cannot be routed so/ }).first()).toBeVisible();
  await survey(page, "route-many");

  await form.getByRole("button", { name: "Back" }).click();
  await form.getByLabel("Response").selectOption("investigating");
  await form.getByLabel("Assign to").selectOption({ index: 1 });
  await form.getByLabel("Severity").selectOption("high");
  await form.getByRole("button", { name: /^See what it does/ }).click();
  await expect(form).toContainText("11 of 11 will change");
  await form.getByRole("button", { name: /^Change 11/ }).click();
  await expect(page.getByRole("region", { name: "Bulk actions" })).toContainText("11 findings changed", { timeout: 60_000 });
  await go(page, place.address("alerts?tab=all&q=route:sprint_batch response:investigating severity:high"));
  await expect(rows(page)).toHaveCount(11);
});
