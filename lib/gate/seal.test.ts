import { beforeEach, expect, it, vi } from "vitest";

const key = vi.hoisted(() => ({ now: "a".repeat(64) }));
vi.mock("@/lib/env", () => ({ needed: () => key.now }));

import { seal, unseal, type SealedFor } from "./seal";

const place: SealedFor = { record: "connector", id: 7, purpose: "secret" };
beforeEach(() => {
  key.now = "a".repeat(64);
});

it("opens where it was sealed, and looks another each time", () => {
  const [one, two] = [seal("pässword", place), seal("pässword", place)];
  expect([unseal(one, place), unseal(two, place)]).toEqual(["pässword", "pässword"]);
  expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false);
  expect(Buffer.from(one).includes("ssword")).toBe(false);
  expect(unseal(seal("", place), place)).toBe("");
});

it("a row that was swapped for another's opens nothing: neither another record's nor another purpose's", () => {
  const sealed = seal("token", place);
  for (const other of [{ ...place, id: 8 }, { ...place, purpose: "hook" as const }]) expect(unseal(sealed, other)).toBeNull();
});

it("one changed bit anywhere, a cut, another key: nothing opens", () => {
  const sealed = seal("token", place);
  for (let at = 0; at < sealed.length; at++) {
    const hurt = Uint8Array.from(sealed);
    hurt[at]! ^= 1;
    expect(unseal(hurt, place), `byte ${at}`).toBeNull();
    expect(unseal(sealed.subarray(0, at), place), `cut at ${at}`).toBeNull();
  }
  key.now = "b".repeat(64);
  expect(unseal(sealed, place)).toBeNull();
});
