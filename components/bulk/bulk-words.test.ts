import { expect, test } from "vitest";
import { deedOf, takenBackWords } from "./bulk-words";

test("what a bulk action left alone when it was taken back is told with its number, and that nothing was is not told as if it were", () => {
  const done = { id: 9, status: "completed", total: 300 } as const;
  expect(takenBackWords(7, { ...done, changed: 300, left: 0 })).toEqual({ title: "Taken back: 300 findings" });
  expect(takenBackWords(7, { ...done, changed: 295, left: 5 })).toMatchObject({ title: "Taken back: 295 findings, 5 left alone", description: expect.stringContaining("moved since") });
  expect(takenBackWords(7, { ...done, changed: 0, left: 300 }).title).toBe("Nothing of bulk action 7 was taken back, 300 left alone");
  expect(takenBackWords(7, { id: 9, status: "queued", total: 3_000, changed: 0, left: 0 }).title).toBe("Bulk action 7 is being taken back");
});

test("a bulk action is called by what it does, whatever it consists of: which tags, and begun like a title", () => {
  const called = (action: unknown) => deedOf({ action, undo_of: null });
  expect(called({ tags: { add: ["pci", "edge"], remove: [] } })).toBe("Tag pci and edge");
  expect(called({ tags: { remove: ["old"] }, assignee: null })).toBe("Unassign, untag old");
  expect(called({ response: "investigating", assignee: 3, tags: { add: ["sweep"] } })).toBe("Investigating, assign, tag sweep");
  expect(called({ severity: "high" })).toBe("Severity high");
  expect(called({ tags: { add: ["a", "b", "c", "d", "e"] }, severity: "low" })).toBe("Tag a, b, c and 2 more, severity low");
  expect(called({ response: "investigating", tags: null })).toBe("Investigating");
  expect(called({})).toBe("Bulk action");
});
