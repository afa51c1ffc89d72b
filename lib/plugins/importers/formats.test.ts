import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { REPORT_FORMATS } from "@/lib/domain/scan/formats";
import { IMPORTERS } from "./registry";

it("the screens offer exactly the formats that there are importers for", () => {
  expect(REPORT_FORMATS).toEqual(IMPORTERS.map(({ format, label }) => ({ format, label })));
});

it("the README's table holds each of them under the label that the screens show, and none besides", () => {
  const [, section = ""] = readFileSync(join(import.meta.dirname, "../../../README.md"), "utf8").split("## Report formats");
  const rows = section.split("\n## ")[0]?.split("\n").filter((line) => line.startsWith("| ")).slice(2) ?? [];
  expect(rows.map((row) => row.split("|")[2]?.trim()).sort()).toEqual(IMPORTERS.map(({ label }) => label).sort());
});
