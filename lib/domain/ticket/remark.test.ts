import { describe, expect, test } from "vitest";
import { remarkSought, wasSaid } from "./remark";

const [CLOSED, OPENED] = ["Ann closed T-7.", "Ann opened T-7 again."];
const day = (number: number) => new Date(Date.UTC(2026, 0, number));
/** Was the last of `ours` said, where the others were sent before, in this order? */
const isThere = (there: readonly string[], ...ours: readonly string[]) => {
  const [text = "", ...earlier] = ours.toReversed();
  const { before, again, ever } = remarkSought(text, day(20), earlier.map((one) => ({ text: one, at: day(10) })));
  return wasSaid(there, { words: text, before, again, ever });
};

describe("a remark of ours stands there", () => {
  test.each<[string, readonly string[], readonly string[], boolean]>([
    ["nothing was said", [], [CLOSED], false],
    ["it was, and people went on talking", ["Hello", CLOSED, "Thanks"], [CLOSED], true],
    ["closed, opened, and closed again in the same words: the first is not the second", [CLOSED, OPENED], [CLOSED, OPENED, CLOSED], false],
    ["the second was said too", [CLOSED, OPENED, "Again?", CLOSED], [CLOSED, OPENED, CLOSED], true],
    ["opened twice as well: the newest counts", [CLOSED, OPENED, CLOSED, OPENED], [CLOSED, OPENED, CLOSED, OPENED, CLOSED], false],
    ["somebody took the one before away: any of ours counts", [CLOSED], [OPENED, CLOSED], true],
    ["somebody took the one before away, and the same words stood there before it: that is the first, not ours", [CLOSED], [CLOSED, OPENED, CLOSED], false],
    ["somebody wrote in the one before: the first is not ours either", [CLOSED, `${OPENED} Why?`], [CLOSED, OPENED, CLOSED], false],
    ["the newest of the one before was taken away, an older one stands", [OPENED, CLOSED], [OPENED, CLOSED, OPENED, CLOSED], false],
    ["the one before was taken away, and ours is there", [CLOSED, CLOSED], [CLOSED, OPENED, CLOSED], true],
    ["the same twice in a row, once there", [OPENED, CLOSED], [OPENED, CLOSED, CLOSED], false],
    ["the same twice in a row, twice there", [OPENED, CLOSED, CLOSED], [OPENED, CLOSED, CLOSED], true],
    ["what was said before the other one does not count for it", [CLOSED, CLOSED, OPENED, CLOSED], [OPENED, CLOSED, CLOSED], false],
  ])("%s", (_, there, ours, is) => {
    expect(isThere(there, ...ours)).toBe(is);
  });

  test("it is read from a day before it was put in line; where the same words were sent before it, from a day before those", () => {
    const earlier = [{ text: CLOSED, at: day(9) }, { text: CLOSED, at: day(8) }, { text: OPENED, at: day(7) }];
    expect(remarkSought("Hello", day(10), earlier)).toEqual({ text: "Hello", before: CLOSED, again: 0, ever: 0, since: day(9) });
    expect(remarkSought(CLOSED, day(10), earlier)).toEqual({ text: CLOSED, before: OPENED, again: 2, ever: 2, since: day(7) });
    expect(remarkSought(CLOSED, day(10), [])).toEqual({ text: CLOSED, before: null, again: 0, ever: 0, since: day(9) });
    expect(remarkSought(OPENED, day(10), earlier), "all of the same words are counted, so all are read").toEqual({ text: OPENED, before: CLOSED, again: 0, ever: 1, since: day(6) });
  });
});
