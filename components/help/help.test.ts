import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { capsOf } from "@/components/shell/chords";
import { commandOf, type CommandId } from "@/components/shell/keys";
import { GLOSSARY, TOPICS } from "./topics";
import { MODULE_TOPICS } from "./modules";
import { QUESTIONS } from "./questions";

test("the glossary says what status, response and detection are, and is read like a dictionary", () => {
  const words = GLOSSARY.map(([word]) => word);
  expect(words).toEqual(expect.arrayContaining(["Status", "Scanner status", "Response", "Detection", "Governance status", "Disposition", "Severity"]));
  expect(words).toEqual(words.toSorted((one, other) => one.localeCompare(other, "en")));
});

test("what people ask about the two axes has an answer, each under an address of its own", () => {
  const ids = [...QUESTIONS, ...TOPICS, ...MODULE_TOPICS].map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(["still-here", "came-back", "accepted-or-closed", "closed", "legacy", "notify"]));
  expect(ids).toEqual([...new Set(ids)]);
});

test.each([
  ["still-here", "finding.close"],
  ["look-again", "finding.keep"],
  ["look-again", "finding.amend"],
  ["same-again", "finding.carry"],
  ["suggestions", "suggestion.apply"],
  ["suggestions", "suggestion.ignore"],
  ["preview", "scan.apply"],
  ["filter", "filter.focus"],
] as const satisfies readonly (readonly [string, CommandId])[])("the answer %s names the key that %s has", (id, command) => {
  const answer = [...QUESTIONS, ...TOPICS].find((entry) => entry.id === id)?.answer;
  const [key = ""] = commandOf(command).keys;
  expect(renderToStaticMarkup(answer)).toContain(`<b>${capsOf(key, false).join(" ")}</b>`);
});
