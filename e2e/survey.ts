import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./stage";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Rows of one list are alike: a dozen stands for all. */
const REPEATED = "[data-index='11'] ~ [data-index]";

/** The dialog that is open, for a look at it alone. */
export const DIALOG = "[role=dialog][data-state=open]";

/** What axe finds on this screen once nothing on it waits, in both looks (the dark one differs in its colours alone); a picture of each is kept beside the results. */
export async function survey(page: Page, name: string, within = "body") {
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({ path: `test-results/screens/${name}-${colorScheme}.png` });
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] }).include(within).exclude(REPEATED);
    const { violations } = await (colorScheme === "light" ? axe.withTags(WCAG) : axe.withRules(["color-contrast"])).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 5).map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary?.split("\n")[1]?.trim() ?? ""}`).join(" | ")}`);
    expect.soft(found, `axe on ${name}, ${colorScheme}`).toEqual([]);
  }
}
