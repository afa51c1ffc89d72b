import { expect, test } from "vitest";
import { Gathering } from "./gathering";

test("what comes while one is under way is done in one step, bounded, in its order, each with its own answer", async () => {
  const steps: number[][] = [];
  const gathering = new Gathering<number, string>({ calls: 3, size: 10 }, async (all) => {
    steps.push([...all]);
    await Promise.resolve();
    return all.map((one) => `answer ${one}`);
  });
  const asked = [[1, 1], [2, 4], [3, 4], [4, 4], [5, 20], [6, 1], [7, 1]].map(([one = 0, size]) => gathering.ask(one, size));
  expect(await Promise.all(asked)).toEqual([1, 2, 3, 4, 5, 6, 7].map((one) => `answer ${one}`));
  expect(steps).toEqual([[1], [2, 3], [4], [5], [6, 7]]);
  expect(await gathering.ask(8)).toBe("answer 8");
});

test("a step that fails fails for those in it alone", async () => {
  const gathering = new Gathering<number, number>({ calls: 10, size: 10 }, async (all) => {
    if (all.includes(2)) throw new Error("no");
    return all;
  });
  const [first, second, third] = await Promise.allSettled([gathering.ask(1), gathering.ask(2), gathering.ask(3)]);
  expect([first?.status, second?.status, third?.status]).toEqual(["fulfilled", "rejected", "rejected"]);
  expect(await gathering.ask(4)).toBe(4);
});
