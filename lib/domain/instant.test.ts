import { expect, test } from "vitest";
import { spokenInstant } from "./instant";

test("an instant is said as people read it, in one zone, at midnight too", () => {
  expect(spokenInstant(new Date("2026-11-21T14:05:59.999Z"))).toBe("21 Nov 2026, 14:05 UTC");
  expect(spokenInstant(new Date("2026-03-01T01:00:00+01:00"))).toBe("1 Mar 2026, 00:00 UTC");
});
