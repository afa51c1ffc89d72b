import type { Page } from "@playwright/test";
import { sarif, weaknesses } from "./reports";
import { bulkBar, dialog, drawer, go, messages, open, row, rows, timeline } from "./sight";
import { expect, test, type Place } from "./stage";

const chip = (page: Page) => page.getByRole("button", { name: /^[\d,]+ re-review$/ });
const note = (page: Page, title: string) => dialog(page, title).getByRole("textbox", { name: "Note" });

/** Decided findings whose ticket was closed and came back: the screen asks somebody to look again. */
async function cameBack(place: Place, page: Page) {
  await place.load(sarif(weaknesses(4)));
  const all = ["Weakness 01", "Weakness 02", "Weakness 03", "Weakness 04"];
  const ticket = await place.ticket("analyst", all);
  await place.respond("analyst", all, { response: "closed", reason: "patched", note: "Shipped." });
  await go(page, place.address(`tickets/${ticket}`));
  await page.getByRole("button", { name: /^Close…/ }).click();
  await dialog(page, "Close ticket").getByLabel("Notes").fill("Released on Monday");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("button", { name: /^Reopen…/ }).click();
  await dialog(page, "Reopen ticket").getByLabel("Reason").fill("4.2.1 was rolled back");
  await page.keyboard.press("Control+Enter");
  await expect(timeline(page)).toContainText("4.2.1 was rolled back");
}

test("what a reopened ticket asks to look at again is kept, or put right, each with a note that the timeline keeps", async ({ place, as }) => {
  const page = await as("manager");
  await cameBack(place, page);
  await go(page, place.address("alerts?tab=all&is=re_review&sort=number"));
  await expect(chip(page)).toHaveText("4 re-review");

  await open(page, "Weakness 01");
  await expect(drawer(page)).toContainText("T-1 was reopened: 4.2.1 was rolled back");
  await drawer(page).getByRole("button", { name: /^Keep the decision/ }).click();
  await dialog(page, "Keep the decision").getByRole("button", { name: /^Keep/ }).click();
  await expect(dialog(page, "Keep the decision").getByRole("alert")).toContainText("Say why the decision still holds.");
  await note(page, "Keep the decision").fill("The rollback left this host alone");
  await page.keyboard.press("Control+Enter");
  await expect(messages(page)).toContainText("Decision kept: 1 finding");
  await expect(chip(page)).toHaveText("3 re-review");

  await go(page, place.address(`findings/${await place.finding("Weakness 02")}`));
  await page.keyboard.press("n");
  const amending = dialog(page, "Amend the decision");
  await amending.getByRole("radio", { name: /Mitigated/ }).check();
  await expect(amending).toContainText("The flag for re-review is answered with it.");
  await note(page, "Amend the decision").fill("A filter holds it meanwhile");
  await page.keyboard.press("Control+Enter");
  await expect(timeline(page)).toContainText("amended the decision");
  await expect(timeline(page)).toContainText("A filter holds it meanwhile");
  await expect(page.getByRole("region", { name: "Why it is here" })).not.toContainText("Look again");
  await page.keyboard.press("z");
  await expect(page.getByRole("region", { name: "Why it is here" })).toContainText("Look again");

  await go(page, place.address("alerts?tab=all&is=re_review&sort=number"));
  await expect(rows(page)).toHaveCount(3);
  for (const key of ["x", "j", "x", "j", "x"]) await page.keyboard.press(key);
  await bulkBar(page).getByRole("button", { name: /^Keep/ }).click();
  await note(page, "Keep the decision").fill("All of them hold");
  await page.keyboard.press("Control+Enter");
  await expect(messages(page)).toContainText("Decision kept: 3 findings");
  await expect(chip(page)).toHaveText("0 re-review");
});

test("an investigation is said to wait on a vendor, and a closed finding is closed otherwise, each with a note that says why", async ({ place, as }) => {
  await place.load(sarif(weaknesses(2)));
  await place.respond("analyst", ["Weakness 01"], { response: "investigating" });
  await place.respond("analyst", ["Weakness 02"], { response: "closed", reason: "patched" });
  const page = await go(await as("analyst"), place.address("alerts?tab=investigating"));
  await row(page, "Weakness 01").hover();
  await row(page, "Weakness 01").getByRole("button", { name: /^Close…/ }).click();
  const closing = dialog(page, "Record disposition");
  await closing.getByRole("radio", { name: /Vendor notified/ }).check();
  await expect(closing).toContainText("1 is In progress already: its reason, date or note is put right.");
  await closing.getByRole("button", { name: /^Record/ }).click();
  await expect(closing.getByRole("alert")).toContainText("needs a note");
  await note(page, "Record disposition").fill("Case 118 at the vendor");
  await page.keyboard.press("Control+Enter");
  await expect(messages(page)).toContainText("Decision amended: 1 finding");

  await go(page, place.address(`findings/${await place.finding("Weakness 02")}`));
  await page.getByRole("button", { name: /^Close…/ }).click();
  await expect(closing).toContainText("already recorded so");
  await expect(closing.getByRole("button", { name: /^Record/ })).toBeDisabled();
  await closing.getByRole("radio", { name: /Mitigated/ }).check();
  await note(page, "Record disposition").fill("A filter, not a fix");
  await page.keyboard.press("Control+Enter");
  await expect(timeline(page)).toContainText("amended the decision");
});
