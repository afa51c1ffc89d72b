import { expect, test } from "vitest";
import type { AssetLook } from "@/lib/domain/views/assets";
import { driftOf } from "./drift";

const look = (scope: number, day: number, live: number, more: Partial<AssetLook> = {}): AssetLook => ({
  scan: day, scope, detector: `d${scope}`, file: null, takenAt: `2026-11-${String(day).padStart(2, "0")}T00:00:00.000Z`, coverage: "full", isHistory: false, live, appeared: 0, refound: 0, vanished: 0, ...more,
});
const told = (looks: readonly AssetLook[], full = 60) => driftOf(looks, full).map(({ at, live }) => `${Number(at.slice(8, 10))}:${live}`);

test("each look counts with the newest of the other detectors, whatever order they come in", () => {
  expect(told([look(2, 3, 10), look(1, 1, 5), look(1, 4, 2), look(2, 2, 7)])).toEqual(["1:5", "2:12", "3:15", "4:12"]);
});

test("two detectors in one report make one point", () => {
  expect(told([look(1, 1, 5), look(2, 1, 7)])).toEqual(["1:12"]);
});

test("a late report fills history and bends no line; a failed run says nothing", () => {
  expect(told([look(1, 1, 5), look(1, 2, 99, { isHistory: true }), look(1, 3, 0, { coverage: "nothing" }), look(1, 4, 6)])).toEqual(["1:5", "4:6"]);
});

test("where older looks were left out the line begins later, not too low", () => {
  expect(told([look(1, 1, 5), look(2, 3, 7), look(2, 4, 8)], 2)).toEqual(["3:12", "4:13"]);
});
