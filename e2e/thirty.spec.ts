import type { Page } from "@playwright/test";
import { prisma } from "@/lib/db/client";
import { sarif, weaknesses } from "./reports";
import { deaf, dialog, drawer, expectTabs, go, grid, row, tab } from "./sight";
import { expect, hire, test } from "./stage";
import { DIALOG, survey } from "./survey";

const press = async (page: Page, ...keys: string[]) => { for (const key of keys) await page.keyboard.press(key); };
const title = (place: number) => `Weakness ${String(place).padStart(2, "0")}`;
const cursorOn = (page: Page, wanted: string) => expect.poll(async () => page.locator(`#${await grid(page).getAttribute("aria-activedescendant")}`).textContent()).toContain(wanted);

/** Every task of the page longer than 50 ms from here on, and how long keys took to their paint. */
async function measure(page: Page) {
  await page.evaluate(() => {
    const seen: { long: number[]; keys: number[] } = { long: [], keys: [] };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.long.push(Math.round(entry.duration)); }).observe({ type: "longtask" });
    const eachKey = { type: "event", durationThreshold: 16 }; // the type library does not know the second yet
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (entry.name === "keydown") seen.keys.push(Math.round(entry.duration)); }).observe(eachKey);
  });
  return () => page.evaluate(() => JSON.stringify(Reflect.get(window, "seen")));
}

test("thirty findings decided by keyboard alone: a slow server, a network that fails and a colleague in between lose none", async ({ place, as }) => {
  await place.load(sarif(weaknesses(32)));
  const page = await go(await as("analyst"), place.address("alerts?tab=needs_review&sort=title"));
  const measured = await measure(page);
  let slow = 0;
  let broken = 0;
  let calls = 0;
  await page.route("**/decisions", async (route) => {
    calls += 1;
    if (broken > 0) { broken -= 1; return route.abort("connectionreset"); }
    if (slow > 0) { slow -= 1; await new Promise((done) => setTimeout(done, 1_500)); }
    return route.continue();
  });
  await grid(page).focus();

  const began = Date.now();
  await press(page, "e"); // the first dialog of a page just opened may be a moment late
  await expect(dialog(page, "Record disposition")).toBeVisible();
  await press(page, "1", "Control+Enter"); // 1: patched
  await cursorOn(page, title(2));
  slow = 6;
  await press(page, "i", "i", "i", "i", "i"); // 2 to 6, far quicker than the server
  await expectTabs(page, { "Needs Review": 26 });
  await cursorOn(page, title(7));

  await press(page, "r");
  await dialog(page, "Accept risk").getByRole("textbox", { name: "Justification" }).focus();
  await page.keyboard.type("Behind the VPN.");
  await press(page, "Control+Enter");
  await expect(dialog(page, "Accept risk")).toBeHidden();
  await cursorOn(page, title(8));
  await press(page, ".", ".", "."); // 8 to 10: the same acceptance
  await cursorOn(page, title(11));

  await press(page, "e", "5", "Tab");
  await page.keyboard.type("Never called with what a visitor sends.");
  await press(page, "Control+Enter");
  await cursorOn(page, title(12));
  broken = 2; // no answer twice: sent again by itself
  await press(page, "."); // 12
  await cursorOn(page, title(13));
  await press(page, "x", "Shift+j", "Shift+j", "e", "1", "Control+Enter"); // 13 to 15 at once
  await cursorOn(page, title(16));
  for (let each = 16; each <= 28; each += 1) await press(page, ".");
  await cursorOn(page, title(29));
  await press(page, "z", "z"); // 28 and 27 are taken back
  await cursorOn(page, title(27));
  await press(page, ".", "."); // and decided once more
  await press(page, "i", "i"); // 29 and 30
  expect(Date.now() - began, "a minute is enough").toBeLessThan(60_000);

  await expect.poll(() => prisma.finding.groupBy({ by: ["governanceStatus"], where: { environmentId: place.number }, _count: true, orderBy: { governanceStatus: "asc" } }).then((groups) => Object.fromEntries(groups.map((group) => [group.governanceStatus, group._count]))), { timeout: 40_000 })
    .toEqual({ open: 2, in_progress: 7, accepted_risk: 4, false_positive: 2, resolved: 17 });
  const doubled = await prisma.$queryRaw<unknown[]>`SELECT finding_id FROM audit_event WHERE environment_id = ${place.number} AND action = 'finding.transitioned' GROUP BY finding_id, from_status, to_status HAVING count(*) > 2`;
  expect(doubled).toEqual([]);
  expect(calls, "what is taken back before it was sent is not sent at all").toBeGreaterThanOrEqual(30);
  await expectTabs(page, { "Needs Review": 2, Investigating: 7, "Accepted Risk": 4, Closed: 19 });
  const figures: { long: number[]; keys: number[] } = JSON.parse(await measured());
  console.log(`thirty decisions: ${figures.long.length} tasks over 50 ms (${figures.long.join(", ")}), slowest key to paint ${Math.max(0, ...figures.keys)} ms`);
});

test("a refused decision comes back with its reason while somebody types elsewhere; what had no answer waits to be sent again", async ({ place, as }) => {
  await place.load(sarif(weaknesses(5)));
  const page = await go(await as("analyst"), place.address("alerts"));
  const colleague = () => place.respond("manager", [title(1)], { response: "accepted_risk", note: "Known.", expiresAt: new Date(Date.now() + 9 * 86_400_000).toISOString() });
  await page.route("**/decisions", async (route) => {
    await colleague(); // decides first, while this one is on its way
    return route.continue();
  }, { times: 1 });
  await grid(page).focus();
  await press(page, "i", "l"); // decided on what has moved, and on to a tag for the next
  await expect(dialog(page, "Tag")).toBeVisible();
  await page.keyboard.type("internet");
  await expect(page.locator("section[aria-label=Messages]")).toContainText(/Max Manager/, { timeout: 15_000 });
  await expect(dialog(page, "Tag").getByRole("textbox", { name: "Add" })).toHaveValue("internet"); // not stolen
  await press(page, "Escape");
  await cursorOn(page, title(2));
  await expectTabs(page, { "Needs Review": 4, Investigating: 0, "Accepted Risk": 1 });

  await page.route("**/decisions", (route) => route.abort("connectionreset"));
  await cursorOn(page, title(2));
  await press(page, "i");
  const strip = page.getByRole("alert").filter({ hasText: "not saved" });
  await expect(strip).toBeVisible({ timeout: 20_000 });
  await expect(row(page, title(2))).toContainText("Docket did not answer");
  await page.unroute("**/decisions");
  await strip.getByRole("button", { name: "Try again" }).click();
  await expect(strip).toBeHidden();
  await expect.poll(() => prisma.finding.count({ where: { environmentId: place.number, response: "investigating" } })).toBe(1);
});

test("while another list is on its way keys decide nothing that is not on the screen, and tabs and the filter go on; the cursor keeps its place also where rows above it went", async ({ place, as }) => {
  await place.load(sarif(weaknesses(7)));
  await place.respond("manager", [title(7)], { response: "investigating" });
  const page = await go(await deaf(await as("analyst")), place.address("alerts?sort=title"));
  const sent: string[] = [];
  page.on("request", (request) => { if (request.url().endsWith("/decisions")) sent.push(request.url()); });
  let arrive: () => void = () => undefined;
  const under = new Promise<void>((done) => { arrive = done; });
  await page.route("**/alerts?*", async (route) => {
    if (route.request().headers().rsc) await under;
    await route.continue();
  });
  await grid(page).focus();
  await press(page, "3", "i", "x", "e", "Enter", ".", "2");
  await expect(tab(page, "Investigating")).toHaveAttribute("aria-current", "page");
  await expect(grid(page)).toHaveAttribute("aria-busy", "true");
  await press(page, "i", "/");
  await expect(page.locator("#queue-filter")).toBeFocused();
  await press(page, "Escape");
  arrive();
  await expect(row(page, title(7))).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(sent).toEqual([]);
  await grid(page).focus();
  await press(page, "u");
  await expectTabs(page, { "Needs Review": 7, Investigating: 0 });

  await press(page, "1");
  await expect(row(page, title(1))).toBeVisible();
  await cursorOn(page, title(1));
  await press(page, "x", "j", "x", "j", "i"); // the two above the cursor go
  await cursorOn(page, title(3));
  await expect(row(page, title(1))).toBeHidden();
  await place.respond("manager", [title(3)], { response: "investigating" }); // unheard
  await press(page, "3");
  await expect(tab(page, "Accepted Risk")).toHaveAttribute("aria-current", "page");
  await expect(grid(page)).toHaveAttribute("aria-busy", "false");
  await press(page, "1");
  await expect(row(page, title(4))).toBeVisible();
  await cursorOn(page, title(4));
});

test("the palette: a finding by its number, a deed on what is selected, a page; all by keyboard", async ({ place, as }) => {
  await place.load(sarif(weaknesses(4)));
  const page = await go(await as("analyst"), place.address("alerts"));
  await press(page, "Control+k");
  const palette = page.getByRole("combobox", { name: "Search, go or do anything" });
  await expect(palette).toBeFocused();
  await survey(page, "palette", DIALOG);
  await page.keyboard.type("investig");
  await expect(page.getByRole("option", { name: /^Investigate/ })).toHaveAttribute("aria-selected", "true");
  await press(page, "Enter");
  await expectTabs(page, { "Needs Review": 3, Investigating: 1 });
  await press(page, "Control+k");
  await page.keyboard.type("filter and s");
  await press(page, "Enter");
  const field = page.getByRole("combobox", { name: "Filter and search" });
  await expect(field).toBeFocused();
  await page.keyboard.type("is:"); // where one was led to: in the list the i is a decision
  await expect(field).toHaveValue("is:");

  const number = await place.finding(title(3));
  await press(page, "Control+k");
  await page.keyboard.type(`F-${number}`);
  await expect(page.getByRole("option", { name: new RegExp(title(3)) })).toBeVisible();
  await press(page, "Enter");
  await page.waitForURL(new RegExp(`/findings/${number}$`));
  await press(page, "Control+k");
  await page.keyboard.type("scans");
  await press(page, "Enter");
  await page.waitForURL(/\/scans$/);
});

test("keys are changed by pressing others, hold at once and after a new sign-in, and tell what they clash with", async ({ place, stranger }) => {
  await place.load(sarif(weaknesses(3)));
  const me = await hire(place, "analyst");
  const page = await go(await stranger(), place.address("settings"));
  await page.getByLabel("E-mail").fill(me.email);
  await page.getByLabel("Password").fill(me.password);
  await press(page, "Enter");
  await page.waitForURL(/\/settings$/);
  await page.getByRole("button", { name: "Change the key of: Investigate" }).click();
  await press(page, "x");
  await expect(page.getByText(/x stands for: Select, deselect/)).toBeVisible();
  await press(page, "q");
  await expect(page.getByText("Investigate is on q now.")).toBeVisible();
  await page.getByRole("checkbox", { name: /^Go on to the next finding/ }).uncheck();
  await expect.poll(async () => (await prisma.person.findUniqueOrThrow({ where: { email: me.email } })).keyboard).toEqual({ letters: true, advance: false, keys: { "finding.investigate": ["q"] } });

  await go(page, place.address("alerts?tab=all"));
  await press(page, "j", "i");
  await press(page, "q");
  await expectTabs(page, { Investigating: 1 });
  await cursorOn(page, title(2)); // stays
  await expect(drawer(page)).toBeHidden();
  await press(page, "?");
  await expect(dialog(page, "Keyboard shortcuts").getByRole("definition").filter({ hasText: "q" }).first()).toBeVisible();
});
