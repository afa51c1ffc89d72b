import { describe, expect, it } from "vitest";
import { isStorable, storable, unstorableIn } from "./storable";

describe("text that the database cannot hold", () => {
  it.each(["", "plain", "tab\t and line\n", "naïve 漢字", "a whole pair 😀"])("lets %j through", (text) => {
    expect(isStorable(text)).toBe(true);
  });

  it.each(["\0", "a\0b", "\ud800", "x\udc00y", "\ude00\ud83d"])("stops %j", (text) => {
    expect(isStorable(text)).toBe(false);
  });

  it("names the place, in values and in names", () => {
    expect(unstorableIn({ items: [{ number: 1 }], note: "fine", tags: { add: ["ok", "a\0"] } })?.path).toBe("tags.add.1");
    expect(unstorableIn({ filter: { "a\0": "x" } })?.path).toBe("filter");
    expect(unstorableIn({ note: "fine", at: new Date(0), none: null })).toBeNull();
  });

  it("cuts without leaving half a character behind, and takes out what cannot be stored", () => {
    for (const text of ["a\0\ud800b", "\u{1f600}\u{1f600}", "\0".repeat(9)]) for (let most = 0; most < 6; most++) expect(isStorable(storable(text, most))).toBe(true);
    expect(storable("plain text", 5)).toBe("plain");
  });

  it("looks as deep as the sender went", () => {
    const deep: unknown = JSON.parse(`${"[".repeat(20_000)}"\\u0000"${"]".repeat(20_000)}`);
    expect(unstorableIn(deep)).not.toBeNull();
  });
});
