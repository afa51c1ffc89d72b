import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ReportFault } from "@/lib/plugins/importers/contract";
import { zipOf, type ZipEntry } from "@/lib/testing/zip";
import { reportIn, type UnpackLimits } from "./unpack";

/** The bytes as a stored file that comes in pieces of this size. */
function stored(bytes: Uint8Array, size = 65_536) {
  async function* open(from: number, to: number): AsyncGenerator<Uint8Array> {
    for (let at = from; at < to; at += size) yield bytes.subarray(at, Math.min(at + size, to));
  }
  return { bytes: bytes.length, open };
}

const isReport = (head: string): boolean => head.startsWith('[{"n"');

async function read(bytes: Uint8Array, size?: number, limits?: UnpackLimits): Promise<string> {
  const source = await reportIn(stored(bytes, size), isReport, limits);
  const pieces: Uint8Array[] = [];
  for await (const piece of source.open()) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/** Why it is refused. Any other error than a fault of the report is passed on. */
async function refusal(bytes: Uint8Array, size?: number, limits?: UnpackLimits): Promise<string | null> {
  try {
    await read(bytes, size, limits);
    return null;
  } catch (error) {
    if (error instanceof ReportFault) return error.message;
    throw error;
  }
}

const text = JSON.stringify(Array.from({ length: 5_000 }, (_, n) => ({ n, word: `result ${n * 7919}` })));
const report: ZipEntry = { name: "out/report.json", content: text };
const other: ZipEntry = { name: "README.txt", content: "How this was made." };

test("plain, gzip or zip, in whatever pieces it comes, the report is the same, as often as it is opened", async () => {
  const ways = [Buffer.from(text), gzipSync(text), zipOf([report]), zipOf([{ ...report, stored: true }], { comment: "of March" }), zipOf([other, report], { zip64: true })];
  for (const bytes of ways) {
    for (const size of [7, 65_536]) expect(await read(bytes, size)).toBe(text);
    const source = await reportIn(stored(bytes), isReport);
    for (const _ of [1, 2]) {
      let count = 0;
      for await (const piece of source.open()) count += piece.length;
      expect(count).toBe(Buffer.byteLength(text));
    }
  }
});

test("a packed file cut at any place is refused, never taken for a short report", async () => {
  const packed = gzipSync(text);
  for (let cut = 3; cut < packed.length; cut += Math.ceil(packed.length / 40)) expect(await refusal(packed.subarray(0, cut), 1_000)).toContain("cut short");
  const hurt = Buffer.from(packed).fill(255, 200, 220);
  expect(await refusal(hurt, 1_000)).toMatch(/damaged|cut short/);

  const inner = zipOf([{ ...report, stored: true }]);
  for (const zip of [zipOf([report]), zipOf([report], { zip64: true }), zipOf([{ ...report, stored: true }, other]), zipOf([{ name: "a.zip", content: inner, stored: true }, other])]) {
    for (let n = 0; n < 200; n++) {
      const cut = 4 + Math.floor(((zip.length - 4) * n) / 200);
      expect(await refusal(zip.subarray(0, cut)), `cut at ${cut}`).toMatch(/^The (directory of the )?zip file/);
    }
  }
});

test("a small file that unpacks to a mountain is refused before the mountain is there", async () => {
  const mountain = Buffer.alloc(100 * 1024 ** 2);
  for (const bomb of [gzipSync(mountain), zipOf([{ name: "a", content: mountain }]), zipOf([{ name: "a", content: mountain, bytes: 1e12 }], { zip64: true })]) {
    let passed = 0;
    const reading = async () => {
      for await (const piece of (await reportIn(stored(bomb, 10_000), isReport)).open()) passed += piece.length;
    };
    await expect(reading()).rejects.toThrow("more than 200 times");
    expect(passed).toBeLessThan(70 * 1024 ** 2);
  }
  for (const bytes of [Buffer.from(text), gzipSync(text), zipOf([report])]) expect(await refusal(bytes, 1_000, { bytes: 1_000, ratio: 200 })).toContain("larger than");
});

test("of a zip's files the one report is taken; names are shown and never followed", async () => {
  const odd = [{ name: "../../etc/passwd", content: text }, { name: "/etc/passwd", content: text }, { name: "C:\\Windows\\win.ini", content: text, flags: 0 }, { name: "", content: text }];
  for (const entry of odd) expect(await read(zipOf([entry]))).toBe(text);
  const litter = [{ name: "out/", content: "", stored: true }, { name: "__MACOSX/out/._report.json", content: text }, { name: "out/.DS_Store", content: text }];
  expect(await read(zipOf([...litter, report]))).toBe(text);
  expect(await read(zipOf([other, report, { name: "empty", content: "", stored: true }]))).toBe(text);
  expect(await read(zipOf([other])), "the one file there is, whatever it holds: its format is told elsewhere").toBe("How this was made.");
});

test.each<[string, Uint8Array, string]>([
  ["two reports", zipOf([report, other, { ...report, name: "../b.json" }]), "The zip file holds 2 reports: out/report.json, ../b.json. Send each by itself."],
  ["no report", zipOf([other, { ...other, name: "LICENSE" }]), "None of the 2 files in the zip file is a report of a format that is read: README.txt, LICENSE."],
  ["many reports", zipOf(Array.from({ length: 40 }, (_, n) => ({ ...report, name: `${n}.json` }))), "40 reports: 0.json, 1.json, 2.json, 3.json, 4.json, 5.json, 6.json, 7.json, 8.json, 9.json and 30 more."],
  ["names made to mislead", zipOf([{ ...report, name: `a\u202egnp\u0000\u001b[31m\n${"x".repeat(5_000)}` }, { ...report, name: "\u200b" }]), `agnp[31m${"x".repeat(71)}…, (without a name).`],
  ["nothing", zipOf([]), "holds no file"],
  ["directories alone", zipOf([{ name: "a/", content: "", stored: true }]), "holds no file"],
  ["another zip in it", zipOf([{ name: "inner.zip", content: zipOf([report]) }]), "inner.zip in the zip file is packed once more"],
  ["gzip beside a report", zipOf([report, { name: "b.json.gz", content: gzipSync(text) }]), "b.json.gz in the zip file is packed once more"],
  ["an encrypted entry", zipOf([report, { ...other, flags: 1 }]), "README.txt in the zip file is encrypted"],
  ["strong encryption", zipOf([{ ...report, flags: 0x41 }]), "encrypted"],
  ["a method of another kind", zipOf([{ ...report, method: 14 }]), "out/report.json in the zip file is packed with method 14"],
  ["a false checksum", zipOf([{ ...report, crc32: 1 }]), "out/report.json in the zip file is damaged"],
  ["a stored file with a false checksum", zipOf([{ ...report, stored: true, crc32: 1 }]), "is damaged"],
  ["less than it says", zipOf([{ ...report, bytes: text.length + 1 }]), "is damaged"],
  ["more than it says", zipOf([{ ...report, bytes: 10 }]), "is damaged"],
  ["two entries in one place", zipOf([report, { ...report, name: "again.json", at: 0 }]), "overlap"],
  ["an entry inside the directory", zipOf([report, { ...other, at: 10_000_000 }]), "points behind its end"],
  ["more entries than it says", zipOf([report, { ...report, name: "hidden.json" }], { entries: 1 }), "holds more than its directory says"],
  ["fewer entries than it says", zipOf([report], { entries: 2 }), "points behind its end"],
  ["too many entries", zipOf(Array.from({ length: 1_001 }, (_, n) => ({ ...other, name: `${n}` }))), "more than 1,000 entries"],
  ["something behind its end", Buffer.concat([zipOf([report]), Buffer.from("more")]), "does not end where it says"],
])("a zip is refused that holds %s", async (_, zip, message) => {
  expect(await refusal(zip)).toContain(message);
});

test("the last piece of a damaged file never passes: nothing can be taken for whole before its checksum is right", async () => {
  const source = await reportIn(stored(zipOf([{ ...report, crc32: 1 }]), 500), isReport);
  let passed = "";
  const reading = async () => {
    for await (const piece of source.open()) passed += Buffer.from(piece).toString();
  };
  await expect(reading()).rejects.toThrow("damaged");
  expect(passed.length).toBeLessThan(text.length);
});

test("a zip that was hurt anywhere is read as it was or refused, and nothing else happens", async () => {
  const zips = [zipOf([other, report]), zipOf([report], { zip64: true }), zipOf([{ ...report, stored: true }], { comment: "c" })];
  const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), fromEnd: fc.boolean(), byte: fc.nat({ max: 255 }) });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...zips), fc.array(edit, { minLength: 1, maxLength: 4 }), async (zip, edits) => {
      const hurt = Buffer.from(zip);
      for (const { at, fromEnd, byte } of edits) hurt[fromEnd ? hurt.length - 1 - Math.floor(at * 150) : 4 + Math.floor(at * (hurt.length - 5))] = byte;
      const outcome = await refusal(hurt);
      if (outcome === null) expect([text, "How this was made."]).toContain(await read(hurt));
    }),
    { numRuns: 500 },
  );
});

test("a store that fails is no damaged report", async () => {
  const zip = zipOf([report]);
  const file = { bytes: zip.length, open: (from: number, to: number) => (from > 10 ? failing() : stored(zip).open(from, to)) };
  await expect(reportIn({ ...file, open: (from, to) => (to > 4 ? failing() : stored(zip).open(from, to)) }, isReport)).rejects.toThrow("connection lost");
  await expect(reportIn(file, isReport).then((source) => source.open()[Symbol.asyncIterator]().next())).rejects.toThrow("connection lost");
});

async function* failing(): AsyncGenerator<Uint8Array> {
  throw new Error("connection lost");
}
