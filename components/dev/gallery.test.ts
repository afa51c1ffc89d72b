import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const HERE = import.meta.dirname;
const PARTS = join(HERE, "../ui");
/** The badges of the domain: small parts that are drawn wherever a finding is. */
const MARKS = ["due", "marks", "response-badge", "state-badge"].map((name) => join(HERE, "../finding", `${name}.tsx`));

/** Not drawn by the gallery itself: a hidden dialog is none, and messages are drawn by the layout of every page. */
const UNSEEN = ["HiddenDialog", "Toasts"];

const componentsIn = (file: string) => [...readFileSync(file, "utf8").matchAll(/^export (?:const|function) ([A-Z][a-z]\w*)\b/gm)].map(([, name]) => name ?? "");

test("every part of the house and every badge of a finding stands in the gallery: a new one that does not fails here", () => {
  const gallery = readdirSync(HERE).filter((name) => name.endsWith(".tsx")).map((name) => readFileSync(join(HERE, name), "utf8")).join("\n");
  const files = [...readdirSync(PARTS).filter((name) => name.endsWith(".tsx")).map((name) => join(PARTS, name)), ...MARKS];
  const known = files.flatMap(componentsIn).filter((name) => !UNSEEN.includes(name));
  expect(known.length).toBeGreaterThan(20);
  expect(known.filter((name) => !new RegExp(`<${name}[\\s/>]`).test(gallery))).toEqual([]);
});
