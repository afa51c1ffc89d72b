import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { sarif, weaknesses } from "./reports";
import { bulkBar, dialog, go, timeline } from "./sight";
import { expect, test } from "./stage";
import { expectTargets } from "./target-sizes";

const WINDOWS = [
  { width: 1280, height: 800 },
  { width: 1440, height: 900 },
  { width: 640, height: 400 }, // 1280x800 at 200 % zoom
] as const;

const SCREENS = ["alerts", "alerts?tab=closed", "alerts?tab=all&q=nothing+like+it", "scans", "scans/1", "assets", "assets?coverage=never&sort=exposed", "assets/1", "audit", "help", "findings/1", "tickets"] as const;

/** What sticks out of the window to the side, or lies under its right edge where nobody can scroll to it. */
async function expectWithin(page: Page, what: string) {
  const out = await page.evaluate(() => {
    const root = document.documentElement;
    const shown = [...document.querySelectorAll("main :is(h1, h2, h3, p, a, button, input, select, textarea)")].filter((each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }));
    const scrolls = (each: Element | null): boolean => each !== null && (/(auto|scroll)/.test(getComputedStyle(each).overflowX) && each.scrollWidth > each.clientWidth ? true : scrolls(each.parentElement));
    const lost = shown.filter((each) => { const box = each.getBoundingClientRect(); return box.width > 1 && box.right > innerWidth + 1 && !scrolls(each); });
    return { wide: root.scrollWidth - root.clientWidth, lost: lost.slice(0, 5).map((each) => each.outerHTML.slice(0, 120)) };
  });
  expect.soft(out, what).toEqual({ wide: 0, lost: [] });
}

for (const viewport of WINDOWS) {
  test(`nothing sticks out of a window ${viewport.width} wide`, async ({ as }) => {
    const page = await as("manager", { viewport });
    for (const path of SCREENS) {
      await go(page, `/e/1/${path}`);
      await expectWithin(page, `${path} at ${viewport.width}`);
      await expectTargets(page, `${path} at ${viewport.width}`);
    }
    await go(page, "/e/1/alerts?tab=needs_review");
    for (const { key, title } of [{ key: "e", title: "Record disposition" }, { key: "r", title: "Accept risk" }, { key: "?", title: "Keyboard shortcuts" }]) {
      await page.keyboard.press(key);
      const send = dialog(page, title).getByRole("button").last();
      await expect(send).toBeInViewport({ ratio: 1 });
      await expectWithin(page, `${title} at ${viewport.width}`);
      await expectTargets(page, `${title} at ${viewport.width}`);
      await page.keyboard.press("Escape");
      await expect(dialog(page, title)).toBeHidden();
    }
    await page.keyboard.press("Enter");
    await expect(timeline(page)).toBeAttached();
    await expectWithin(page, `the drawer at ${viewport.width}`);
    await page.screenshot({ path: `test-results/screens/window-${viewport.width}-drawer.png` });
  });

  test(`the bar of what is selected never hides the last row, ${viewport.width} wide`, async ({ place, as }) => {
    await place.load(sarif(weaknesses(40)));
    const page = await go(await as("analyst", { viewport }), place.address("alerts?sort=number"));
    await page.keyboard.press("x");
    await expect(bulkBar(page)).toBeVisible();
    for (let step = 1; step < 40; step += 1) await page.keyboard.press("j");
    const last = page.locator("[aria-rowindex='41']");
    await expect.poll(async () => {
      const [bar, cell] = [await bulkBar(page).boundingBox(), await last.boundingBox()];
      return bar !== null && cell !== null && cell.y + cell.height <= bar.y;
    }, { message: "the last row lies above the bar" }).toBe(true);
    await page.screenshot({ path: `test-results/screens/window-${viewport.width}-selected.png` });
  });
}

const MOST = 200 * 1024;

test("the alerts page loads at most 200 KB of scripts before it answers", async ({ as }) => {
  const page = await as("analyst", { javaScriptEnabled: false }); // what the page itself names; what it fetches ahead for the links comes after
  await page.goto("/e/1/alerts");
  // those for browsers without modules are never asked for by one that has them
  const first = await page.locator("script[src]:not([nomodule])").evaluateAll((all) => all.map((each) => (each instanceof HTMLScriptElement ? each.src : "")));
  let sum = 0;
  for (const url of first) sum += gzipSync(await (await page.request.get(url)).body(), { level: 6 }).length;
  console.log(`first-load JavaScript of the alerts page: ${(sum / 1024).toFixed(1)} KB gzip in ${first.length} files`);
  expect(sum).toBeGreaterThan(0);
  expect(sum).toBeLessThanOrEqual(MOST);
});

/** How much the layout shifted by itself since the page came; `also` what followed a key within half a second, which nobody minds where it was asked for. */
async function shiftsOf(page: Page, also: boolean): Promise<number> {
  return page.evaluate((all) => new Promise<number>((done) => {
    let sum = 0;
    const value = (entry: PerformanceEntry) => ("value" in entry && typeof entry.value === "number" && "hadRecentInput" in entry && (all || entry.hadRecentInput !== true) ? entry.value : 0);
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += value(entry); }).observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum))));
  }), also);
}

/** What is fetched once the queue stands, and has no place in its flow. */
const lateParts = (page: Page) => page.getByRole("region", { name: "Refused decisions" });

test("the queue and the drawer come without shifting what is there; what is loaded later moves nothing", async ({ place, as }) => {
  await place.load(sarif(weaknesses(40)));
  const number = await place.finding("Weakness 07");
  const page = await as("analyst");
  for (const address of ["alerts", `alerts?open=${number}`]) {
    await go(page, place.address(address));
    await expect(lateParts(page)).toBeAttached();
    if (address !== "alerts") await expect(timeline(page)).toBeVisible();
    expect(await shiftsOf(page, true), address).toBeLessThanOrEqual(0.05);
  }
  await go(page, place.address("alerts"));
  await expect(lateParts(page)).toBeAttached();
  await page.keyboard.press("x");
  await expect(bulkBar(page)).toBeVisible();
  expect(await shiftsOf(page, true), "the bar").toBeLessThanOrEqual(0.05);
  await page.keyboard.press("Enter"); // the list makes room for the drawer
  await expect(timeline(page)).toBeVisible();
  expect(await shiftsOf(page, false), "the drawer").toBeLessThanOrEqual(0.05);
});

test("the bar of filters is one line, whatever stands in it: no row moves when the drawer opens or a filter is added", async ({ place, as }) => {
  await place.load(sarif(weaknesses(12)));
  for (const width of [1440, 1280]) {
    const page = await go(await as("analyst", { viewport: { width, height: 900 } }), place.address("alerts?tab=needs_review"));
    const top = async () => (await page.locator("[data-index='0']").boundingBox())?.y;
    const before = await top();
    await page.keyboard.press("Enter");
    await expect(timeline(page)).toBeVisible();
    expect(await top(), `beside the drawer at ${width}`).toBe(before);
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByRole("dialog", { name: "Filters to choose from" }).getByText("Severity", { exact: true }).click();
    await page.screenshot({ path: `test-results/screens/filters-${width}.png` });
    await go(page, place.address("alerts?tab=all&q=severity:critical,high,medium,low+governance:open,reopened,in_progress+-tag:pci+weakness&open=1"));
    await expect(timeline(page)).toBeVisible();
    expect(await top(), `with four filters at ${width}`).toBe(before);
    await page.screenshot({ path: `test-results/screens/filters-chips-${width}.png` });
  }
});
