import { prisma } from "@/lib/db/client";
import { sarif, weaknesses } from "./reports";
import { drawer, expectTabs, go, messages, open, row } from "./sight";
import { expect, test } from "./stage";

/** Cuts every connection that Docket holds, as a database does that is restarted, and waits until they are gone. */
async function cutConnections(): Promise<number> {
  const [cut] = await prisma.$queryRaw<{ n: bigint }[]>`SELECT count(pg_terminate_backend(pid, 5000)) AS n FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`;
  return Number(cut?.n ?? 0);
}

test("a database that drops every connection is forgotten by the next action", async ({ place, as }) => {
  await place.load(sarif(weaknesses(6)));
  const page = await go(await as("analyst"), place.address("alerts"));
  for (let left = 6; left > 0; left -= 1) {
    expect(await cutConnections()).toBeGreaterThan(0);
    await page.keyboard.press("i"); // what is under the cursor; the cursor goes on
    await expectTabs(page, { "Needs Review": left - 1, Investigating: 7 - left }); // at once; the database follows
    await expect.poll(() => prisma.finding.count({ where: { environmentId: place.number, response: "investigating" } })).toBe(7 - left);
    await expect(messages(page)).toContainText("Investigating: 1 finding");
  }
  await expect(messages(page).getByRole("alert")).toHaveCount(0);
  await cutConnections();
  await go(page, place.address("alerts?tab=investigating"));
  await open(page, "Weakness 06");
});

test("a decision without an answer is sent again, then put back with a note; decided anew it goes through", async ({ place, as }) => {
  await place.load(sarif(weaknesses(2)));
  const page = await go(await as("analyst"), place.address("alerts"));
  await open(page, "Weakness 01");
  await page.route("**/decisions", (route) => route.abort("connectionreset"));
  await drawer(page).getByRole("button", { name: /^Investigate/ }).click();
  await expect(page.getByRole("alert").filter({ hasText: "One decision not saved: Docket did not answer" })).toBeVisible({ timeout: 20_000 });
  await expect(row(page, "Weakness 01")).toContainText("Needs Review");
  await expectTabs(page, { "Needs Review": 2, Investigating: 0 });

  await page.unroute("**/decisions");
  await open(page, "Weakness 01");
  await drawer(page).getByRole("button", { name: /^Investigate/ }).click();
  await expectTabs(page, { "Needs Review": 1, Investigating: 1 });
});

test("what had no answer is told and guarded on every page; taken back it is sent again under the same key first, since it may have been done", async ({ place, as }) => {
  await place.load(sarif(weaknesses(2)));
  const page = await go(await as("analyst"), place.address(`findings/${await place.finding("Weakness 01")}`));
  const state = () => prisma.finding.findFirstOrThrow({ where: { environmentId: place.number, title: "Weakness 01" }, select: { response: true, version: true } });
  const asked: { verb: string; key: string }[] = [];
  let isCut = true;
  await page.route("**/decisions", async (route) => {
    asked.push(route.request().postDataJSON());
    if (!isCut) return route.continue();
    if (asked.length === 1) await route.fetch(); // it arrives; its answer does not
    return route.abort("connectionreset");
  });
  const stuck = page.getByRole("alert").filter({ hasText: "One decision not saved: Docket did not answer" });
  const mayLeave = () => page.evaluate(() => window.dispatchEvent(new Event("beforeunload", { cancelable: true })));
  await page.keyboard.press("i");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Tickets/ }).click();
  await page.waitForURL(/\/tickets/);
  await expect(stuck).toBeVisible({ timeout: 20_000 });
  expect(await mayLeave()).toBe(false);

  await page.goBack();
  await expect(page.getByRole("heading", { name: "Weakness 01", level: 1 })).toBeVisible();
  isCut = false;
  await page.keyboard.press("z");
  await expect(messages(page)).toContainText("Taken back: 1 finding");
  await expect(stuck).toBeHidden();
  const sent = asked.filter(({ verb }) => verb === "decide");
  expect([sent.length > 1, new Set(sent.map(({ key }) => key)).size], "again, and nothing twice").toEqual([true, 1]);
  expect([await state(), await mayLeave()]).toEqual([{ response: "needs_review", version: 2 }, true]);
  await page.keyboard.press(".");
  await expect.poll(async () => (await state()).response).toBe("investigating");
});

test("a dialog whose code does not arrive is asked for again, then given up: keys work on, and the next try brings it", async ({ place, as }) => {
  await place.load(sarif(weaknesses(3)));
  const page = await as("analyst");
  const named = [...(await (await page.request.get(place.address("alerts"))).text()).matchAll(/\/_next\/static\/chunks\/[\w.~-]+\.js/g)].map(([path]) => path);
  let isAway = true;
  let asked = 0;
  await page.route("**/_next/static/chunks/*.js", (route) => { // what the page itself names arrives, what it fetches later does not
    const isLater = !named.includes(new URL(route.request().url()).pathname);
    asked += Number(isAway && isLater);
    return isAway && isLater ? route.abort("connectionreset") : route.continue();
  });
  await go(page, place.address("alerts"));
  await page.keyboard.press("e");
  await expect(messages(page).getByRole("alert")).toContainText("That part of Docket did not arrive", { timeout: 15_000 });
  expect(asked).toBeGreaterThan(1);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("i"); // no longer held
  await expectTabs(page, { "Needs Review": 2, Investigating: 1 });

  for (const key of ["s", "w", "?"]) { // a view, a reason, the keys: each is missing by itself, the list and what is in it stay
    await messages(page).getByRole("alert").getByRole("button", { name: "Dismiss" }).click();
    await expect(messages(page).getByRole("alert")).toHaveCount(0);
    await page.keyboard.press(key);
    await expect(messages(page).getByRole("alert"), `what ${key} opens`).toContainText("did not arrive", { timeout: 15_000 });
  }
  await expectTabs(page, { "Needs Review": 2, Investigating: 1 });

  isAway = false;
  await page.keyboard.press("e");
  await expect(page.getByRole("dialog", { name: "Record disposition" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("s");
  await expect(page.getByRole("dialog", { name: "Save as a view" })).toBeVisible();
});
