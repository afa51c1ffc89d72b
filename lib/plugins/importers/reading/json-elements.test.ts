import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ReportFault } from "../contract";
import { LIMITS, type Limits } from "../limits";
import { sourceOf } from "../samples/reading-samples";
import { type Cut, cutElements, elementsOf } from "./json-elements";

async function cuts(text: string | Uint8Array, wanted: string[], size = 65_536, limits: Limits = LIMITS): Promise<Cut[]> {
  const all: Cut[] = [];
  for await (const batch of cutElements(sourceOf(text, size), elementsOf(wanted, limits))) all.push(...batch);
  return all;
}

async function fault(text: string | Uint8Array, wanted = ["list[]"], limits: Limits = LIMITS): Promise<ReportFault> {
  const error: unknown = await cuts(text, wanted, 65_536, limits).then(() => null, (reason: unknown) => reason);
  if (error instanceof ReportFault) return error;
  throw new Error(`expected a fault, got ${String(error)}`);
}

describe("the element cutter", () => {
  it("cuts what JSON.parse would have given, whatever the values and the chunks", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue({ maxDepth: 4 })), fc.jsonValue(), fc.integer({ min: 1, max: 40 }), fc.nat({ max: 3 }), async (list, other, size, space) => {
        const text = JSON.stringify({ other, deep: [{ list }, { "li\u0073t": [other] }], more: [[other]] }, null, space);
        const parsed: { deep: { list: unknown[] }[] } = JSON.parse(text);
        const expected = parsed.deep.flatMap((one, at) => one.list.map((value, index) => ({ at: [at, index], value })));
        const found = await cuts(text, ["deep[].list[]"], size);
        expect(found.map(({ at, value }) => ({ at, value }))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it("gives an entry of a list that is null, as a row that says nothing; a fact that is null is as good as absent", async () => {
    const found = await cuts('{"rows":[null,{"a":1},null],"fact":null}', ["rows[]", "fact"]);
    expect(found.map(({ path, at, value }) => [path, at[0], value])).toEqual([["rows[]", 0, null], ["rows[]", 1, { a: 1 }], ["rows[]", 2, null]]);
  });

  it("refuses whatever JSON.parse refuses, also far from what was wanted", async () => {
    const text = JSON.stringify({ other: { a: [1, "x\\\"y", true, null, -1.5e3] }, list: [{ b: "\u00e9" }, [2]], tail: [{}, []] });
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: text.length }), fc.nat({ max: 3 }), fc.constantFrom("", ",", "}", "]", "{", "[", '"', ":", "0", "\\", "x", "\n", "null"), async (at, drop, put) => {
        const damaged = text.slice(0, at) + put + text.slice(at + drop);
        let sound = true;
        try {
          JSON.parse(damaged);
        } catch {
          sound = false;
        }
        if (!sound) await fault(damaged);
      }),
      { numRuns: 500 },
    );
  });

  it("says where: path, line and byte", async () => {
    const error = await fault('{"list": [\n  {"a": 1},\n  {"a": }\n]}');
    expect(error.sentence).toBe("The report is not valid JSON (list[1], line 3)");
    expect(error.offset).toBe(25);
  });

  it.each([
    ['{"list":[1', "cut short"],
    ['{"list":[1]} {}', "goes on after its end"],
    ['{"list":[1]}x', "goes on after its end"],
    ['{"list":[1],"list":[2]}', "twice"],
    ['{"list":{"a":1}}', "A list was expected"],
    ['{"list":7}', "A list was expected"],
    ["[]", "An object was expected"],
    ["", "empty"],
    [" \n ", "empty"],
    ['{"list":[1,]}', "not valid JSON"],
    ['{"other":[1,]}', "not valid JSON"],
    ['{"other":"\u0001"}', "not valid JSON"],
    ['{"list":["a\nb"]}', "not valid JSON"],
    ["{'list':[]}", "not valid JSON"],
    [`{"list":[${"[".repeat(100_000)}`, "nested deeper than 200"],
    [`{"other":${'{"a":'.repeat(100_000)}`, "nested deeper than 200"],
    [`{"${"k".repeat(70_000)}":1}`, "larger than allowed"],
  ])("refuses %.40s", async (text, message) => {
    expect((await fault(text)).message).toContain(message);
  });

  it("cuts every member of an object, whatever it is called, and says its name", async () => {
    const text = '{"advisories":{"12":{"id":12},"__proto__":{"id":1},"skipped":null,"named":{"list":[{"id":2},{"id":3}]}},"more":[{"a":{"x":5}}]}';
    const found = await cuts(text, ["advisories.*", "advisories.named.list[]", "more[].*.x"], 3);
    expect(found.map(({ path, at, keys, value }) => [path, at, keys, value])).toEqual([
      ["advisories.*", [], ["12"], { id: 12 }],
      ["advisories.*", [], ["__proto__"], { id: 1 }],
      ["advisories.named.list[]", [0], [], { id: 2 }],
      ["advisories.named.list[]", [1], [], { id: 3 }],
      ["more[].*.x", [0], ["a"], 5],
    ]);
    expect((await fault('{"list":{"a":1,"b":2,"a":3}}', ["list.*"])).sentence).toContain("twice (list.a");
    expect((await fault('{"list":[1]}', ["list.*"])).message).toContain("An object was expected");
    expect((await fault(`{"list":{"${"k".repeat(900)}":1}}`, ["list.*"], { ...LIMITS, tableBytes: 900 })).message).toContain("names in the report");
  });

  it("refuses one element that is larger than allowed before it holds it", async () => {
    const limits = { ...LIMITS, elementBytes: 1_000 };
    expect((await fault(`{"list":["${"x".repeat(2_000)}"]}`, ["list[]"], limits)).sentence).toContain("list[0]");
    expect(await cuts(`{"list":["${"x".repeat(900)}"]}`, ["list[]"], 10, limits)).toHaveLength(1);
  });

  it("refuses bytes that are not UTF-8 and says near which one, also when a chunk ends inside a character", async () => {
    const bytes = Buffer.concat([Buffer.from('{"list":["'), Buffer.from([0xc3, 0x28]), Buffer.from('"]}')]);
    const error = await fault(bytes);
    expect(error.message).toBe("The report is not valid UTF-8");
    expect(Math.abs((error.offset ?? 0) - 10)).toBeLessThan(6);
    expect((await fault(Buffer.from('\ufeff{"list":[]}', "utf16le"))).message).toContain("UTF-16");
    const [cut] = await cuts('{"list":["€😀é"]}', ["list[]"], 1);
    expect(cut?.value).toBe("€😀é");
  });
});
