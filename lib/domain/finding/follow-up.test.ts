import fc from "fast-check";
import { expect, test } from "vitest";
import { followUpAsked } from "@/lib/domain/finding/follow-up";

const [DAY, HOUR, MINUTE] = [86_400_000, 3_600_000, 60_000];
const mitigated = { governance: "resolved", closeReason: "mitigated" } as const;
const isAsked = (followUpOn: number, now: number) => followUpAsked({ ...mitigated, followUpOn: new Date(followUpOn) }, new Date(now)) !== null;

test("in whatever zone a day was chosen, it is asked on that day there: never the day before, and in its last minute at the latest", () => {
  fc.assert(fc.property(fc.integer({ min: 20_000, max: 30_000 }), fc.integer({ min: -12 * 4, max: 14 * 4 }), (day, quarters) => {
    const begins = day * DAY - quarters * (HOUR / 4); // of the day over there, as an instant
    const chosen = begins + DAY - 1_000; // a form sends the day's last second
    expect(isAsked(chosen, begins - 1)).toBe(false);
    expect(isAsked(chosen, begins + DAY - MINUTE)).toBe(true);
  }));
});

test("a day that a script names, which is its first instant in UTC, is asked from that instant on", () => {
  const day = Date.parse("2027-03-01");
  expect([isAsked(day, day - 1), isAsked(day, day)]).toEqual([false, true]);
});
