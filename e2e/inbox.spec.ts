import type { Page } from "@playwright/test";
import { sarif, weaknesses } from "./reports";
import { dialog, go, open, rows } from "./sight";
import { expect, test } from "./stage";
import { survey } from "./survey";

/** As long as a message may take: the outbox, the worker, the stream. */
const SOON = { timeout: 10_000 };

const bell = (page: Page) => page.getByRole("link", { name: /^Inbox/ });
const received = (page: Page) => page.getByRole("list", { name: "Messages" }).getByRole("listitem");
const FALSE_POSITIVE = { response: "closed", reason: "false_positive", note: "The path is dead code." };

test("what a colleague decides on mine counts at my bell within seconds, is read when I open it, and stays away once I say so", async ({ place, as }) => {
  await place.load(sarif(weaknesses(3)));
  const mine = await go(await as("analyst"), place.address("alerts?tab=all&sort=title"));
  await expect(rows(mine)).toHaveCount(3);
  for (const key of ["x", "j", "x", "m"]) await mine.keyboard.press(key);
  await expect(mine.getByRole("region", { name: "Messages" })).toContainText("Assigned");
  await expect(bell(mine)).toHaveText("Inbox");

  await place.respond("manager", ["Weakness 01"], FALSE_POSITIVE);
  await expect(bell(mine)).toHaveText("Inbox1 unread", SOON);
  await bell(mine).click();
  await expect(received(mine)).toHaveCount(1);
  await expect(received(mine)).toContainText("You get this because");
  await survey(mine, "inbox");
  await received(mine).getByRole("link").click();
  await expect(mine).toHaveURL(/\/findings\/\d+$/);
  await expect(bell(mine)).toHaveText("Inbox");

  await go(mine, place.address("settings#messages"));
  const box = mine.getByRole("checkbox", { name: "Somebody else decided on what is yours: inbox" });
  const kept = mine.waitForResponse((answer) => answer.request().method() === "POST" && answer.url().includes("/settings"));
  await box.uncheck();
  await kept;
  await survey(mine, "settings");
  await place.respond("manager", ["Weakness 02"], FALSE_POSITIVE);

  // the next message comes after the one that was switched off would have
  const manager = await go(await as("manager"), place.address("alerts?tab=all"));
  await open(manager, "Weakness 03");
  await manager.keyboard.press("a");
  await dialog(manager, "Assign").getByRole("combobox", { name: "Person" }).fill("analyst@demo.test");
  await manager.keyboard.press("Enter");
  await expect(bell(mine)).toHaveText("Inbox1 unread", SOON);
  await go(mine, place.address("inbox"));
  await expect(received(mine)).toHaveCount(2);
  await expect(received(mine).first()).toContainText("Weakness 03");
});
