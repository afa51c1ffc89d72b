import { expect, test } from "vitest";
import { fuzzy } from "./fuzzy";

test("the best answer is what begins with it, then what holds it, then what holds its letters at the beginnings of words", () => {
  const texts = ["Audit log", "Back to Needs Review", "Assign to me", "Assign…", "Keyboard settings"];
  const best = (typed: string) => texts.map((text) => [text, fuzzy(typed, text)] as const).filter((each) => each[1] !== null).sort((a, b) => Number(b[1]) - Number(a[1])).map(([text]) => text);
  expect(best("assign")).toEqual(["Assign…", "Assign to me"]);
  expect(best("review")).toEqual(["Back to Needs Review"]);
  expect(best("atm")[0]).toBe("Assign to me");
  expect(best("ks")[0]).toBe("Keyboard settings");
  expect(best("xyz")).toEqual([]);
  expect(fuzzy("", "anything")).toBe(0);
});
