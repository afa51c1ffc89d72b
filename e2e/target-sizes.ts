import type { Page } from "@playwright/test";
import { expect } from "./stage";

/**
 * Whoever points finds what they point at (WCAG 2.2, 2.5.8): a target is 24 by 24 pixels, or so far from every other that a circle of
 * 24 pixels around its middle meets none of them. Links inside a sentence are as high as its line, and the title of a row does what the whole
 * row does. What lies under a dialog is no target.
 */
export async function expectTargets(page: Page, what: string) {
  const small = await page.evaluate(() => {
    const least = 24;
    const isShown = (each: Element) => each.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && !each.closest(".sr-only, [inert]");
    const isInline = (each: Element) => each.tagName === "A" && getComputedStyle(each).display === "inline" && each.parentElement?.textContent?.trim() !== each.textContent?.trim();
    const isOnTop = (each: Element, box: DOMRect) => {
      const hit = document.elementFromPoint(Math.min(innerWidth - 1, Math.max(0, box.left + box.width / 2)), Math.min(innerHeight - 1, Math.max(0, box.top + box.height / 2)));
      return hit !== null && (each.contains(hit) || hit.contains(each) || each.closest("label")?.contains(hit) === true) && (document.querySelector("[role=dialog][data-state=open]")?.contains(each) ?? true);
    };
    const targets = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [role=option], [role=menuitem]")]
      .filter((each) => isShown(each) && !isInline(each) && !each.matches("[role=row] a[tabindex='-1']"))
      .map((each) => ({ each, box: (each.closest("label") ?? each).getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && box.height > 1 && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight)
      .filter(({ each, box }) => isOnTop(each, box));
    const middle = ({ left, top, width, height }: DOMRect) => ({ x: left + width / 2, y: top + height / 2 });
    const isNear = (box: DOMRect, other: DOMRect) => {
      const { x, y } = middle(box);
      const [dx, dy] = [x - Math.max(other.left, Math.min(x, other.right)), y - Math.max(other.top, Math.min(y, other.bottom))];
      return dx * dx + dy * dy < (least / 2) * (least / 2);
    };
    return targets.filter(({ each, box }) => {
      if (box.width >= least - 0.5 && box.height >= least - 0.5) return false;
      return targets.some((other) => other.each !== each && !other.each.contains(each) && !each.contains(other.each) && isNear(box, other.box));
    }).slice(0, 8).map(({ each, box }) => `${Math.round(box.width)}x${Math.round(box.height)} ${each.outerHTML.slice(0, 140)}`);
  });
  expect.soft(small, `targets of ${what}`).toEqual([]);
}
