import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { prisma } from "@/lib/db/client";
import { recordedOf } from "@/lib/domain/ticket/there";
import { sarif, weaknesses } from "./reports";
import { dialog, go, messages, timeline } from "./sight";
import { expect, test, type Place } from "./stage";

/** Opens the page of a ticket and one of its deeds by key. */
async function deed(page: Page, place: Place, key: string, title: string) {
  await go(page, place.address("tickets/1"));
  await page.keyboard.press(key);
  return dialog(page, title);
}

test("findings are added, taken off and split on the ticket's page, each refusal at its field, and tickets are merged with what survives in view", async ({ place, as }) => {
  await place.load(sarif(weaknesses(5)));
  await place.ticket("analyst", ["Weakness 01", "Weakness 02"], { title: "The first two" });
  await place.ticket("analyst", ["Weakness 03"], { title: "The third" });
  const number = (title: string) => place.finding(title);
  const page = await go(await as("analyst"), place.address("tickets/1"));

  const adding = await deed(page, place, "l", "Add findings");
  const numbers = adding.getByLabel("Numbers");
  await numbers.fill("F-999");
  await page.keyboard.press("Control+Enter");
  await expect(adding.getByRole("alert")).toHaveText("There is no finding F-999 here.");
  await expect(numbers).toBeFocused();
  await numbers.fill(`F-${await number("Weakness 01")}, ${await number("Weakness 03")} ${await number("Weakness 04")}`);
  const will = adding.getByRole("region", { name: "What will be added" });
  await expect(will).toContainText("1 finding will be added to T-1.");
  await expect(will).toContainText("is on it already and is left out");
  await page.keyboard.press("Control+Enter");
  await expect(adding.getByRole("alert")).toContainText("has an open ticket already: T-2");
  await adding.getByLabel("A second open ticket is meant").check();
  await expect(will).toContainText("2 findings will be added to T-1.");
  await page.keyboard.press("Control+Enter");
  await expect(adding.getByRole("alert")).toHaveText("Say why a second open ticket is meant.");
  await adding.getByLabel("Why").fill("Two teams mend it");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("region", { name: "Findings" })).toContainText("Weakness 04");
  await expect(timeline(page)).toContainText("Two teams mend it");

  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: /^Take findings off/ }).click();
  const parting = dialog(page, "Take findings off");
  for (const box of await parting.getByRole("checkbox").all()) await box.check();
  await page.keyboard.press("Control+Enter");
  await expect(parting.getByRole("alert").first()).toHaveText("One at least stays. Close the ticket instead.");
  for (const kept of ["Weakness 01", "Weakness 02", "Weakness 03"]) await parting.getByRole("checkbox", { name: new RegExp(kept) }).uncheck();
  await parting.getByLabel("Reason").fill("Another cause");
  await page.keyboard.press("Control+Enter");
  await expect(messages(page)).toContainText("Taken off T-1: 1 finding");
  await expect(page.getByRole("button", { name: "More", exact: true })).toBeFocused();

  const splitting = await deed(page, place, "s", "Split ticket");
  await splitting.getByRole("checkbox", { name: /Weakness 02/ }).check();
  await splitting.getByLabel("Title of the new ticket").fill("The second alone");
  await page.keyboard.press("Control+Enter");
  await messages(page).getByRole("button", { name: "Open T-3" }).click();
  await expect(page.getByRole("heading", { name: "The second alone" })).toBeVisible();

  const merging = await deed(page, place, "m", "Merge tickets");
  await merging.getByRole("radio", { name: /T-2 The third/ }).check();
  await expect(merging).toContainText("T-1 goes on with 2 findings; T-2 is closed as its duplicate.");
  await expect(merging).toContainText(`F-${await number("Weakness 03")} is on both`);
  await merging.getByRole("radio", { name: /^T-2/ }).check();
  await expect(merging).toContainText("T-2 goes on with 2 findings; T-1 is closed as its duplicate.");
  await page.keyboard.press("Control+Enter");
  await expect(merging.getByRole("alert")).toHaveText("Say why they are one piece of work.");
  await merging.getByLabel("Reason").fill("One fix for both");
  await page.keyboard.press("Control+Enter");
  await expect(timeline(page)).toContainText("Merged into T-2. One fix for both");
  expect(await prisma.ticket.findMany({ where: { environmentId: place.number }, orderBy: { number: "asc" }, select: { state: true, findingCount: true } })).toEqual([{ state: "closed", findingCount: 0 }, { state: "open", findingCount: 2 }, { state: "open", findingCount: 1 }]);
});

test("a vendor that was told gets a day from the ticket's page, which is moved by key and taken away again; who only reads is offered neither", async ({ place, as }) => {
  await place.load(sarif(weaknesses(1)));
  await place.ticket("analyst", ["Weakness 01"]);
  const page = await as("analyst");
  const closing = await deed(page, place, "e", "Close ticket");
  await closing.getByRole("radio", { name: "Vendor notified" }).check();
  await closing.getByLabel("Follow up on").fill("");
  await page.keyboard.press("Control+Enter");
  const [tasks, facts] = [page.getByRole("region", { name: "Tasks" }), page.getByRole("region", { name: "Ticket", exact: true })];
  await expect(tasks).toContainText("nobody has said when to ask again");
  await tasks.getByRole("button", { name: "Choose a day…" }).click();
  const asking = dialog(page, "Ask the vendor again");
  await expect(asking.getByRole("button", { name: "No day" })).toHaveCount(0);
  await asking.getByLabel("Day").fill("2001-01-01");
  await page.keyboard.press("Control+Enter");
  await expect(asking.getByRole("alert")).toHaveText("Choose a day to come.");
  await asking.getByLabel("Day").fill("2099-12-31");
  await page.keyboard.press("Control+Enter");
  await expect(facts).toContainText("31 Dec 2099");
  await expect(tasks).not.toContainText("nobody has said when to ask again");
  await expect(asking).toHaveCount(0);

  const reader = await go(await as("viewer"), place.address("tickets/1"));
  await expect(reader.getByRole("region", { name: "Ticket", exact: true })).toContainText("31 Dec 2099");
  await expect(reader.getByRole("button", { name: "Change the day…" })).toHaveCount(0);

  await page.keyboard.press("d");
  await expect(asking.getByLabel("Day")).toHaveValue("2099-12-31");
  await asking.getByLabel("Day").fill("2098-01-02");
  await page.keyboard.press("Control+Enter");
  await expect(facts).toContainText("2 Jan 2098");
  await facts.getByRole("button", { name: "Change the day…" }).click();
  await asking.getByRole("button", { name: "No day" }).click();
  await expect(facts).toContainText("no day");
  await expect(tasks).toContainText("nobody has said when to ask again");
});

test("a difference to the tracker is let be for a reason, which the log keeps", async ({ place, as }) => {
  await place.load(sarif(weaknesses(1)));
  const openUntil = new Date(Date.now() + 86_400_000); // nothing is sent meanwhile
  const { id } = await prisma.connector.create({ data: { environmentId: place.number, kind: "custom", name: "Own desk", hookId: randomUUID(), openUntil, settings: { address: "https://127.0.0.1:9/items" } } });
  await place.ticket("analyst", ["Weakness 01"], { title: "Named here", connector: id });
  const there = { sent: { title: "Named here" }, external: { ...recordedOf(null, null), title: "Renamed there" } };
  await prisma.ticket.updateMany({ where: { environmentId: place.number, number: 1 }, data: { ...there, drift: ["title"] } }); // as its tracker would have told it
  const page = await go(await as("analyst"), place.address("tickets/1"));
  const differs = page.getByRole("region", { name: "Differs over there" });
  await expect(differs).toContainText("Renamed there");
  await differs.getByRole("button", { name: "Keep both…" }).click();
  await differs.getByRole("button", { name: "Keep both", exact: true }).click();
  await expect(differs.getByRole("alert")).toHaveText("Say why both stay.");
  await differs.getByLabel("Why both stay").fill("Their board has names of its own");
  await page.keyboard.press("Enter");
  await expect(differs).toBeHidden();
  await expect(timeline(page)).toContainText("keeps T-1 different from the tracker");
  await expect(timeline(page)).toContainText("Their board has names of its own");
});
