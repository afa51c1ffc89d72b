import { expect, test } from "vitest";
import { brakesOf, DEFAULT_IMPORT_POLICY } from "./brake";

const trivy = { detector: "trivy", asset: "web-1" };
const held = (live: number, vanishing: number) => brakesOf([{ ...trivy, live, vanishing }], [], DEFAULT_IMPORT_POLICY).length > 0;

test("more than a fifth and at least 25: neither alone, and exactly a fifth is not more", () => {
  expect(held(124, 25), "25 of 124 is more than 20 %").toBe(true);
  expect(held(125, 25), "25 of 125 is exactly 20 %").toBe(false);
  expect(held(24, 24), "all of them, and fewer than 25").toBe(false);
  expect(held(25, 25)).toBe(true);
  expect(held(1_000, 200), "many, and exactly a fifth").toBe(false);
  expect(held(1_000, 201)).toBe(true);
});

test("the reason says how many of how many, of what, where, and what the limit is; the worst stands first", () => {
  const brakes = brakesOf([{ ...trivy, live: 80, vanishing: 34 }, { detector: "zap", asset: "app", live: 90, vanishing: 90 }], [], DEFAULT_IMPORT_POLICY);
  expect(brakes.map(({ why }) => why)).toEqual([
    "90 of 90 detected findings of zap on app would vanish (100 %; the limit is 20 % and 25).",
    "34 of 80 detected findings of trivy on web-1 would vanish (42 %; the limit is 20 % and 25).",
  ]);
});

test("a policy of one percent and one holds at the first that vanishes of fewer than a hundred", () => {
  const strict = { ...DEFAULT_IMPORT_POLICY, brakePercent: 1, brakeLeast: 1 };
  expect(brakesOf([{ ...trivy, live: 100, vanishing: 1 }], [], strict)).toEqual([]);
  expect(brakesOf([{ ...trivy, live: 99, vanishing: 1 }], [], strict)).toHaveLength(1);
});

test("checks that fell silent hold a scan though no asset loses much", () => {
  const spread = Array.from({ length: 40 }, (_, n) => ({ detector: "zap", asset: `app-${n}`, live: 50, vanishing: 1 }));
  const [brake] = brakesOf(spread, [{ detector: "zap", checks: 2, live: 2_000, vanishing: 40 }], DEFAULT_IMPORT_POLICY);
  expect(brake).toMatchObject({ asset: null, percent: 2 });
  expect(brake?.why).toContain("2 checks of zap that had found something found nothing at all this time: 40 of its 2000 detected findings would vanish");
  expect(brakesOf(spread, [{ detector: "zap", checks: 2, live: 2_000, vanishing: 24 }], DEFAULT_IMPORT_POLICY)).toEqual([]);
});
