import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./stage";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What axe finds on this screen, in both looks; a picture of each is kept beside the results. */
export async function survey(page: Page, name: string, within = "body") {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({ path: `test-results/screens/${name}-${colorScheme}.png` });
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] }).include(within);
    const { violations } = await (colorScheme === "light" ? axe.withTags(WCAG) : axe.withRules(["color-contrast"])).analyze();
    expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | ")}`), `axe on ${name}, ${colorScheme}`).toEqual([]);
  }
}
