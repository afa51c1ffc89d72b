import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effort } from "@/lib/testing/effort";
import { LIMITS } from "./limits";
import { IMPORTERS } from "./registry";
import { faultOf, readAll, type Reading, type Sample, samples, sourceOf } from "./samples/reading-samples";

const SAMPLES = samples();
const asStored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
/** Some formats have a form that shows its end and one that does not: the golden file says which one this is. */
const proves = ({ importer, expected }: Sample): boolean => importer.provesItsEnd !== false || /"provesItsEnd": true/.test(readFileSync(expected, "utf8"));

/** Everything a report holds but its part, as text. */
const held = ({ yields }: Reading): string[] => yields.filter((one) => one.kind !== "part").map((one) => JSON.stringify(one));

describe.each(SAMPLES)("$name", ({ bytes, importer, expected }) => {
  it("reads as its golden file says, however the chunks are cut", async () => {
    const golden: unknown = JSON.parse(readFileSync(expected, "utf8"));
    for (const size of [65_536, 7, 1]) {
      const { yields } = await readAll(importer, sourceOf(bytes, size));
      expect(asStored(yields)).toEqual(golden);
    }
  });

  it("reads the same with Windows line ends and a byte order mark", async () => {
    const golden: unknown = JSON.parse(readFileSync(expected, "utf8"));
    const { yields } = await readAll(importer, `\ufeff${bytes.toString("utf8").replaceAll("\n", "\r\n")}`);
    expect(asStored(yields)).toEqual(golden);
  });

});

describe.each(SAMPLES.filter(proves))("$name", ({ bytes, importer }) => {
  it("is never taken when it is cut short, wherever that is", async () => {
    const whole = bytes.toString("utf8").trimEnd().length;
    for (let cut = 0; cut < 200; cut++) {
      const at = Math.floor(((cut + 0.5) * whole) / 200);
      const sentence = await faultOf(importer, bytes.subarray(0, at));
      expect(sentence, `cut at ${String(at)}`).not.toBeNull();
    }
    expect(await faultOf(importer, bytes.subarray(0, whole - 1))).not.toBeNull();
  });

  it("yields no part before the whole file was seen", async () => {
    const parts: unknown[] = [];
    const reading = async (): Promise<void> => {
      for await (const one of importer.parse(sourceOf(bytes.subarray(0, bytes.length - 4)), LIMITS)) if (one.kind === "part") parts.push(one);
    };
    await expect(reading()).rejects.toThrow();
    expect(parts).toEqual([]);
  });
});

describe.each(SAMPLES.filter((sample) => !proves(sample)))("$name", ({ bytes, importer }) => {
  it("gives the first of its records or is refused when it is cut short, wherever that is", async () => {
    const whole = held(await readAll(importer, bytes));
    for (let cut = 0; cut < 200; cut++) {
      const part = bytes.subarray(0, Math.floor(((cut + 0.5) * bytes.length) / 200));
      if ((await faultOf(importer, part)) !== null) continue;
      const read = held(await readAll(importer, part));
      // The last cell of a CSV row may be cut and nothing tells: what was read of this row is all that can be another.
      const sure = importer.media.includes("csv") ? Math.max(0, read.length - 1) : read.length;
      expect(read.slice(0, sure), `cut at ${String(part.length)}`).toEqual(whole.slice(0, sure));
      expect(read.length).toBeLessThanOrEqual(whole.length);
    }
  });
});

type Edit = { at: number; drop: number; put: Uint8Array };

/** Bytes that matter to one of the grammars, more often than chance would bring them. */
const PUT = fc.oneof(
  fc.uint8Array({ maxLength: 4 }),
  fc.constantFrom("{", "}", "[", "]", '"', ",", "null", "1e999", "\\ud800", "<", "</", "&lt;", "]]>", "<!DOCTYPE a>", "\u0000").map((text) => new Uint8Array(Buffer.from(text))),
);
const EDIT = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), drop: fc.nat({ max: 40 }), put: PUT });

function edited(bytes: Buffer, edits: readonly Edit[]): Buffer {
  return edits.reduce((before, { at, drop, put }) => {
    const from = Math.floor(at * before.length);
    return Buffer.concat([before.subarray(0, from), put, before.subarray(from + drop)]);
  }, bytes);
}

describe("a damaged report", () => {
  it("is read or refused, and nothing else happens to it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...SAMPLES), fc.array(EDIT, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 5_000 }), async (sample, edits, size) => {
        const spent = effort();
        const damaged = edited(sample.bytes, edits);
        const refused = await faultOf(sample.importer, sourceOf(damaged, size));
        if (refused === null) {
          const { parts, results } = await readAll(sample.importer, damaged);
          expect(parts.length).toBeGreaterThan(0);
          for (const result of results) expect(JSON.stringify(result)).not.toMatch(/\\u0000|\\ud[89a-f]/);
        }
        expect(spent()).toBeLessThan(2_000);
      }),
      { numRuns: 400 },
    );
  });

  it("is refused by every other format, but for those of people's own making, which take what they can", async () => {
    for (const sample of SAMPLES) {
      for (const other of IMPORTERS.filter((one) => one !== sample.importer && !one.format.startsWith("generic-"))) {
        expect(await faultOf(other, sample.bytes), `${sample.name} as ${other.format}`).not.toBeNull();
      }
    }
  }, 60_000);
});
