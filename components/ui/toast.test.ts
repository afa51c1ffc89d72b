import { expect, test } from "vitest";
import { dismissAbout, dismissToast, pressKept, pressToast, toast, toastStore } from "./toast";

const done: string[] = [];
const act = (title: string, undoes: string, about?: string) => toast({ tone: "plain", title, undoes, stays: 1, ...(about === undefined ? {} : { about }), action: { label: "Undo", onClick: () => done.push(title) } });
const titles = () => toastStore.read().map(({ title }) => title);

test("what a message offered to take back is taken back by key long after it has gone: newest first, each once, and only where it belongs", () => {
  for (const title of ["first", "second", "third"]) act(title, "here");
  act("elsewhere", "there");
  act("over", "here", "an action");
  for (const { id } of toastStore.read()) dismissToast(id); // their time was over
  dismissAbout("an action"); // taken back in its history meanwhile
  pressKept("here");
  pressKept("here");
  expect(done).toEqual(["third", "second"]);
  act("fourth", "here");
  const newest = toastStore.read().at(-1);
  if (newest) pressToast(newest); // its own button
  pressKept("here");
  expect(done).toEqual(["third", "second", "fourth", "first"]);
  pressKept("here");
  expect(titles()).toEqual(["Nothing more to take back"]);
  pressKept("there");
  expect(done.at(-1)).toBe("elsewhere");
});
