import { expect, test } from "vitest";
import { actDone, forgetAct, newestAct, rememberAct, takeAct, type Decided } from "./acts";

const on = (id: number, numbers: readonly number[], done: string | null): Decided => ({
  kind: "decided", id, before: new Map(), actionId: Promise.resolve(done),
  deed: { did: `Deed ${id}`, items: numbers.map((number) => ({ number, version: 0 })), guess: () => ({}), call: () => Promise.reject(new Error("not asked")) },
});

test("the newest is taken back first, a bulk action in its turn; what came to nothing, or was taken back otherwise, is passed over", async () => {
  for (const act of [on(1, [7], "a"), on(2, [8], null), { kind: "began", bulk: 5 } as const, on(3, [9], "c"), on(4, [9], null)]) rememberAct(1, act);
  await Promise.resolve();
  expect(forgetAct(1, (act) => act.kind === "decided" && act.done === "c")).toMatchObject({ id: 3 });
  expect(takeAct(1)).toEqual({ kind: "began", bulk: 5 });
  expect(takeAct(2), "another environment").toBeNull();
  expect(takeAct(1)).toMatchObject({ id: 1 });
  expect(takeAct(1)).toBeNull();
});

test("on a finding's own page only what was done to it is taken back, however many others it was done to", async () => {
  for (const act of [on(1, [7, 8], "a"), on(2, [9], "b"), { kind: "began", bulk: 6 } as const]) rememberAct(3, act);
  await Promise.resolve();
  expect(actDone(3, "a"), "and is known by what it did").toMatchObject({ id: 1 });
  expect(newestAct(3, 8), "looked at, it stays").toMatchObject({ id: 1, deed: { items: [{ number: 7 }, { number: 8 }] } });
  expect(takeAct(3, 8)).toMatchObject({ id: 1 });
  expect(takeAct(3, 8)).toBeNull();
  expect(takeAct(3)).toEqual({ kind: "began", bulk: 6 });
});

test("what is still on its way can be taken back too", () => {
  rememberAct(4, { ...on(1, [7], "a"), actionId: new Promise(() => undefined) });
  expect(takeAct(4)).toMatchObject({ id: 1 });
});
