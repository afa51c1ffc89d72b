import { expect, test } from "vitest";
import { tagFault, tagsIn } from "./tags-in";

test("tags are taken as they were typed; one that is too long is said to be, and never cut to another tag", () => {
  expect(tagsIn(" #pci, edge proxy,, # pci ,")).toEqual(["pci", "edge proxy"]);
  const long = `ticket-${"x".repeat(60)}`;
  expect(tagsIn(long)).toEqual([long]);
  expect(tagFault(["pci", long])).toMatch(/at most 64 characters; “ticket-x+…” has 67/);
  expect(tagFault(["x".repeat(64)])).toBeUndefined();
});
