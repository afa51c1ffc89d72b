import { expect, type Locator, type Page } from "@playwright/test";
import type { Report } from "./reports";

/** Waits until the page answers: every control of its main part has been taken over by the browser's side, and the screen says that it hears. */
export async function awake(page: Page): Promise<Page> {
  await page.waitForFunction(() => {
    const controls = [...document.querySelectorAll("main :is(a, button, input, select)")];
    return !document.querySelector("[data-screen=drawn]") && controls.length > 0 && controls.every((control) => Object.keys(control).some((key) => key.startsWith("__reactProps")));
  });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));
  return page;
}

/** Goes to an address and waits until the page answers. */
export async function go(page: Page, address: string): Promise<Page> {
  await page.goto(address);
  return awake(page);
}

/** A page that hears nothing of what others do. */
export async function deaf(page: Page): Promise<Page> {
  await page.route("**/api/e/*/events", (route) => route.abort());
  return page;
}

export const grid = (page: Page) => page.getByRole("grid", { name: "Findings" });
export const row = (page: Page, title: string | RegExp) => grid(page).getByRole("row", { name: title });
export const rows = (page: Page) => grid(page).getByRole("row").filter({ has: page.getByRole("gridcell") });
export const drawer = (page: Page) => page.getByRole("complementary", { name: /^Finding F-/ });
export const bulkBar = (page: Page) => page.getByRole("toolbar", { name: /selected$/ });
export const messages = (page: Page) => page.getByRole("region", { name: "Messages" });
export const timeline = (page: Page) => page.getByRole("region", { name: "Timeline" });
export const dialog = (page: Page, title: string | RegExp) => page.getByRole("dialog", { name: title });
export const tab = (page: Page, name: string) => page.getByRole("navigation", { name: "Tabs" }).getByRole("link", { name: new RegExp(`^${name} `) });
export const kpi = (page: Page, label: string) => page.getByRole("region", { name: "Responses, detected or not" }).getByRole("link", { name: new RegExp(` ?${label}$`) });

/** A step of the timeline, as it is drawn and as it is read out. */
export const hop = (from: string, to: string) => new RegExp(`${from}\\s*→\\s*to\\s*${to}`);

/** The counts of the tabs by name, as they stand above the list. */
export async function expectTabs(page: Page, counts: Readonly<Record<string, number | string>>) {
  for (const [name, count] of Object.entries(counts)) await expect(tab(page, name), `the tab ${name}`).toHaveText(`${name} ${count}`);
}

/** Opens a finding beside the list with the mouse and waits for its details. */
export async function open(page: Page, title: string): Promise<Locator> {
  await row(page, title).getByRole("link", { name: title }).click();
  await expect(drawer(page).getByRole("heading", { name: title, exact: true })).toBeVisible();
  await expect(timeline(page)).toBeVisible();
  return drawer(page);
}

/** Lets go of a file over the drop zone, as a hand does. */
export async function drop(page: Page, { name, mimeType, buffer }: Report) {
  const transfer = await page.evaluateHandle(({ name, mimeType, text }) => {
    const dropped = new DataTransfer();
    dropped.items.add(new File([text], name, { type: mimeType }));
    return dropped;
  }, { name, mimeType, text: buffer.toString() });
  await page.getByText("Drop a scanner's report here").dispatchEvent("drop", { dataTransfer: transfer });
}
