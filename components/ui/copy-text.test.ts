import { afterEach, expect, test, vi } from "vitest";
import { copyText } from "./copy-text";
import { toastStore } from "./toast";

afterEach(() => vi.unstubAllGlobals());

/** A page whose browser marks and copies, or does not. */
function page(mayCopy: boolean): { marked: string[]; left: number } {
  const seen = { marked: new Array<string>(), left: 0 };
  const make = () => {
    const field = { value: "", readOnly: false, style: {}, setAttribute: () => {}, select: () => seen.marked.push(field.value), remove: () => seen.left-- };
    return field;
  };
  vi.stubGlobal("document", { activeElement: null, createElement: make, execCommand: () => mayCopy, body: { append: () => seen.left++ } });
  vi.stubGlobal("HTMLElement", class {});
  return seen;
}

test("where the browser has a clipboard for pages, that is taken; where it refuses or has none, what is marked is copied", async () => {
  const seen = page(true);
  const written: string[] = [];
  vi.stubGlobal("navigator", { clipboard: { writeText: (text: string) => (text === "no" ? Promise.reject(new Error("denied")) : Promise.resolve(written.push(text))) } });
  expect([await copyText("a"), await copyText("no")]).toEqual([true, true]);
  vi.stubGlobal("navigator", {});
  expect(await copyText("b")).toBe(true);
  expect([written, seen]).toEqual([["a"], { marked: ["no", "b"], left: 0 }]);
});

test("where nothing lets a page copy, it says so and what to do", async () => {
  page(false);
  vi.stubGlobal("navigator", {});
  expect(await copyText("c")).toBe(false);
  expect(toastStore.read().at(-1)).toMatchObject({ tone: "error", title: expect.stringContaining("Ctrl C") });
});
