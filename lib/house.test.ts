import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const files = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).split("\n").filter(Boolean);
const source = files.filter((file) => /^(app|components|lib)\/.*\.tsx?$/.test(file));

test("no file hides behind a name that says nothing", () => {
  const empty = /(^|\/)(utils?|helpers?|common|misc|shared|manager|service|types|index)\.[mc]?[jt]sx?$/;
  expect(files.filter((file) => empty.test(file))).toEqual([]);
});

test("every room of lib has its sentence in lib/README.md, and no sentence has lost its room", () => {
  const rooms = new Set(files.map((file) => /^lib\/([^/]+)\//.exec(file)?.[1]).filter(Boolean));
  const described = [...fs.readFileSync(path.join(root, "lib/README.md"), "utf8").matchAll(/^\| `([\w-]+)\/` \|/gm)].map(([, name]) => name);
  expect([...rooms].filter((name) => !described.includes(name))).toEqual([]);
  expect(described.filter((name) => !rooms.has(name))).toEqual([]);
});

test("decisions are numbered without a gap", () => {
  const numbers = fs.readdirSync(path.join(root, "lib/decisions")).map((name) => Number(name.slice(0, 3))).toSorted((a, b) => a - b);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});

test("a page is a sentence, a route handler less", () => {
  const long = source
    .filter((file) => /^app\/.*(page|route)\.tsx?$/.test(file))
    .map((file) => ({ file, lines: fs.readFileSync(path.join(root, file), "utf8").split("\n").filter((line) => line.trim() !== "").length }))
    .filter(({ file, lines }) => lines > (file.includes("page") ? 40 : 30));
  expect(long).toEqual([]);
});

test("no screen takes text for markup: what a scanner wrote stays text", () => {
  const asMarkup = /dangerouslySetInnerHTML|\b(inner|outer)HTML\b|insertAdjacentHTML|createContextualFragment|\bdocument\.write|\bsrcDoc\b/;
  const screens = source.filter((file) => /^(app|components)\//.test(file));
  expect(screens.filter((file) => asMarkup.test(fs.readFileSync(path.join(root, file), "utf8")))).toEqual([]);
});

test("a bench says what is promised, not the number that a list of requirements gave it", () => {
  const numbered = source.filter((file) => file.startsWith("lib/bench/")).filter((file) => /\b[KPQR]\d{1,2}\b/.test(fs.readFileSync(path.join(root, file), "utf8")));
  expect(numbered).toEqual([]);
});

test("no test is skipped, set apart or left for later: it would prove nothing, and fail a run where its data is not", () => {
  const apart = new RegExp(String.raw`\b(test|it|describe)(\.\w+)*\.(` + ["skip", "skipIf", "runIf", "only", "todo", "fixme", "fails", "slow"].join("|") + String.raw`)\(`);
  const tests = files.filter((file) => /\.(test|spec)\.tsx?$/.test(file));
  expect(tests.filter((file) => apart.test(fs.readFileSync(path.join(root, file), "utf8")))).toEqual([]);
});

test("what is fetched later is asked for again when it does not arrive: no part of a screen is lazy without it", () => {
  const lazily = source.filter((file) => /^(app|components)\//.test(file)).flatMap((file) => [...fs.readFileSync(path.join(root, file), "utf8").matchAll(/\b(?:dynamic|lazy)\((?!insist\()[^\n]*/g)].map(([found]) => `${file}: ${found}`));
  expect(lazily).toEqual([]);
});
