import { expect, test } from "vitest";
import { createDraft, faultsOf, termsOf } from "./create-draft";

const two = [{ number: 1, version: 1 }, { number: 2, version: 4 }];

test("what nobody touched is left to the findings", () => {
  expect(termsOf(createDraft(), 3, two)).toEqual({ environment: 3, items: two, grouping: "one", connector: null, insist: false });
});

test("nobody is somebody's word, a title is for one ticket alone, and lists are words said once", () => {
  const draft = { ...createDraft(), assignee: "none", title: "All of it ", grouping: "rule" as const, labels: "Web web, api", cc: "a@x.test; B@x.test" };
  expect(termsOf(draft, 3, two)).toEqual({ environment: 3, items: two, grouping: "rule", connector: null, insist: false, assignee: null, labels: ["web", "api"], cc: ["a@x.test", "b@x.test"] });
  expect(termsOf(draft, 3, two.slice(0, 1))).toMatchObject({ grouping: "each", title: "All of it" });
});

test("an address without its sign is named, and no day is a fault", () => {
  expect(faultsOf({ ...createDraft(), cc: "ops@x.test, ops" })).toEqual({ cc: "“ops” is no e-mail address." });
  expect(Object.keys(faultsOf({ ...createDraft(), dueOn: "soon" }))).toEqual(["dueOn"]);
});
