import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";

const root = path.resolve(import.meta.dirname, "..");
const read = <T>(file: string, schema: z.ZodType<T>): T => schema.parse(JSON.parse(fs.readFileSync(path.join(root, file), "utf8")));

const versions = z.record(z.string(), z.string());
const manifest = read("package.json", z.object({ dependencies: versions, devDependencies: versions }));
const lock = read("package-lock.json", z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) }));
const minimum = read("lib/minimum-versions.json", z.record(z.string(), z.object({ least: z.string(), why: z.string() })));
const direct = { ...manifest.dependencies, ...manifest.devDependencies };

/** Whether version `a` comes before `b`: by its three numbers; a pre-release counts as its release. */
function isOlder(a: string, b: string): boolean {
  const numbers = (version: string) => version.split(/[-+]/)[0]!.split(".").map(Number);
  const [left, right] = [numbers(a), numbers(b)];
  const differing = left.findIndex((part, index) => part !== right[index]);
  return differing !== -1 && left[differing]! < right[differing]!;
}

const installedAs = (name: string) =>
  Object.entries(lock.packages).filter(([place]) => place.endsWith(`node_modules/${name}`)).map(([place, { version = "" }]) => ({ place, version }));

test("versions are compared by number, not by letter", () => {
  expect(isOlder("8.0.9", "8.0.10")).toBe(true);
  expect(isOlder("10.6.0", "8.0.9")).toBe(false);
  expect(isOlder("1.2.3", "1.2.3")).toBe(false);
});

test.each(Object.entries(minimum))("%s is nowhere older than %o asks for", (name, { least }) => {
  expect(installedAs(name).filter(({ version }) => isOlder(version, least))).toEqual([]);
});

test("every version is exact: a caret once split the database client from its tools", () => {
  expect(Object.entries(direct).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version))).toEqual([]);
});

test("the lockfile holds just the versions that package.json names", () => {
  const differing = Object.entries(direct).filter(([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version);
  expect(differing).toEqual([]);
});

const PERMISSIVE = ["MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "MIT-0", "SIL OPEN FONT LICENSE"];
const TOOLS_TOO = [...PERMISSIVE, "MPL-2.0"]; // copyleft by file: fine for a tool that is never shipped

test.each([
  ["dependencies", manifest.dependencies, PERMISSIVE],
  ["devDependencies", manifest.devDependencies, TOOLS_TOO],
] as const)("%s are under licences that let a product be built on them", (_, names, allowed) => {
  const licence = z.object({ license: z.string().optional() });
  const stated = Object.keys(names).map((name) => `${name}: ${read(`node_modules/${name}/package.json`, licence).license ?? "none stated"}`);
  expect(stated.filter((line) => !allowed.some((word) => line.endsWith(`: ${word}`)))).toEqual([]);
});
