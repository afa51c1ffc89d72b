import { describe, expect, it } from "vitest";
import { ReportFault } from "../contract";
import { LIMITS, type Limits } from "../limits";
import { sourceOf } from "../samples/reading-samples";
import { readJsonLines } from "./json-lines";

async function read(text: string | Uint8Array, size = 65_536, limits: Limits = LIMITS): Promise<unknown> {
  const lines: unknown[] = [];
  try {
    for await (const batch of readJsonLines(sourceOf(text, size), limits)) for (const { value, line } of batch) lines.push([line, value]);
  } catch (error) {
    if (error instanceof ReportFault) return error.sentence;
    throw error;
  }
  return lines;
}

describe("JSON Lines", () => {
  const text = '\ufeff{"a":"é\\n"}\r\n\n  \n{"a":[1,{"b":"}{"}]}\n{"a":null}';

  it.each([65_536, 5, 1])("gives each object with its line, chunks of %i bytes, with or without an end of the last line", async (size) => {
    const objects = [[1, { a: "é\n" }], [4, { a: [1, { b: "}{" }] }], [5, { a: null }]];
    expect(await read(text, size)).toEqual(objects);
    expect(await read(`${text}\n`, size)).toEqual(objects);
  });

  it.each([
    ["nothing", "", "The report is empty (line 1)"],
    ["blanks", " \n\n", "The report is empty (line 3)"],
    ["a line cut short", '{"a":1}\n{"a":', "A line of the report is not valid JSON, or the report is cut short (line 2)"],
    ["a list in a line", '{"a":1}\n[1]', "A line of the report is no JSON object (line 2)"],
    ["a number that could be cut", "12", "A line of the report is no JSON object (line 1)"],
    ["UTF-16", Buffer.from('\ufeff{"a":1}', "utf16le"), "The report is UTF-16: save it as UTF-8"],
    ["bytes that are no text", Buffer.from('{"a":"é"}', "latin1"), "The report is not valid UTF-8"],
    ["nested 100,000 deep", `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, "The report is nested deeper than 200 levels (line 1)"],
  ])("refuses %s", async (_, content, sentence) => {
    expect(await read(content)).toBe(sentence);
  });

  it("holds one line at most, and not too large a one", async () => {
    const limits = { ...LIMITS, elementBytes: 100 };
    expect(await read(`{"a":"${"x".repeat(200)}"}`, 10, limits)).toBe("A single line of the report is larger than allowed (line 1)");
    expect(await read('{"a":"[[[[[["}\n'.repeat(50), 10, { ...limits, depth: 2 })).toHaveLength(50);
    expect(await read('{"a":1}\n'.repeat(50), 10, { ...limits, bytes: 300 })).toMatch(/^The report is larger/);
  });
});
