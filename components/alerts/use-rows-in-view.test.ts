import { expect, test } from "vitest";
import { leastScroll, lookAt } from "./use-rows-in-view";

const box = { scrollTop: 0, clientHeight: 600 };

test("the look stays the same until the list has moved by some rows, and always covers the window", () => {
  const looks = Array.from({ length: 4 * 36 }, (_, scrollTop) => lookAt({ ...box, scrollTop }, 36));
  expect(new Set(looks).size).toBe(1);
  for (const scrollTop of [0, 1, 35, 143, 144, 145, 3_599, 1_000_003]) {
    const look = lookAt({ ...box, scrollTop }, 36);
    const [first, fit] = [Math.floor(look / 1_000), look % 1_000];
    expect(first * 36).toBeLessThanOrEqual(scrollTop);
    expect((first + fit) * 36).toBeGreaterThanOrEqual(scrollTop + box.clientHeight);
  }
});

test("a window that is not drawn yet is taken for an ordinary one, and a rubber band pulled beyond the top for the top", () => {
  expect(lookAt({ scrollTop: 0, clientHeight: 0 }, 36)).toBe(lookAt(null, 36));
  expect(lookAt({ ...box, scrollTop: -80 }, 36)).toBe(lookAt(box, 36));
});

test("a row is shown by the least way: below the head, above what lies over the foot, and not at all when it is in view", () => {
  const reveal = (scrollTop: number, index: number) => leastScroll({ ...box, scrollTop }, { head: 30, row: 36 }, index);
  expect(reveal(0, 3)).toBe(0);
  expect(reveal(500, 3)).toBe(3 * 36);
  const down = reveal(0, 40);
  expect(30 + 41 * 36 - down).toBe(600 - 84); // its lower edge lies 84 above that of the window
  expect(reveal(down, 40)).toBe(down);
  expect(leastScroll({ scrollTop: 0, clientHeight: 100 }, { head: 30, row: 36 }, 5)).toBe(5 * 36); // no room for both: the row itself is what counts
});
