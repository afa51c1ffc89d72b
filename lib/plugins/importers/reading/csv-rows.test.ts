import { describe, expect, it } from "vitest";
import { ReportFault } from "../contract";
import { LIMITS, type Limits } from "../limits";
import { sourceOf } from "../samples/reading-samples";
import { csvHead, type CsvShape } from "./csv-head";
import { readCsv } from "./csv-rows";

const SHAPE: CsvShape = { report: "list", isHeader: (columns) => columns.has("name"), before: 1 };

async function read(content: string | Uint8Array, size = 65_536, limits: Limits = LIMITS): Promise<unknown> {
  const rows: unknown[] = [];
  try {
    for await (const batch of readCsv(sourceOf(content, size), limits, SHAPE)) for (const row of batch) rows.push([row.line, row.why ?? row.cells]);
  } catch (error) {
    if (error instanceof ReportFault) return error.sentence;
    throw error;
  }
  return rows;
}

describe("CSV rows", () => {
  const text = '\ufeffName,Note\n\na,"one\n""two"""\nb, "=1+1"\n,\nc,\u00e9€😀\nd,last';
  const rows = [[3, ["a", 'one\n"two"']], [5, ["b", "=1+1"]], [7, ["c", "é€😀"]], [8, ["d", "last"]]];

  it.each([65_536, 7, 1])("are given with the line on which they begin, chunks of %i bytes, whatever parts cells and lines", async (size) => {
    expect(await read(text, size)).toEqual(rows);
    expect(await read(`${text}\n`, size)).toEqual(rows);
    expect(await read(text.replaceAll(",", ";").replace("\ufeff", '"Made by";"us"\r\n').replace("\n\na", "\na"), size)).toEqual(rows);
    expect(await read(text.replaceAll(",", "\t"), size)).toEqual(rows);
    expect(await read(text.replace("\ufeff", "sep=,\n").replace("\n\n", "\n"), size)).toEqual(rows);
    const windows = [[3, ["a", 'one\r\n"two"']], ...rows.slice(1)];
    expect(await read(text.replaceAll("\n", "\r\n"), size)).toEqual(windows);
    expect(await read(text.replaceAll("\n", "\r\n").replace("\r\nd", "\nd"), size)).toEqual(windows);
  });

  it("of another width are given with the reason, and the others stay what they are", async () => {
    expect(await read("name,note\na\nb,1,2\nc,3,,\nTotal: 3\n")).toEqual([
      [2, "it has 1 cells where the header has 2"],
      [3, "it has 3 cells where the header has 2"],
      [4, ["c", "3", "", ""]],
      [5, "it has 1 cells where the header has 2"],
    ]);
  });

  it.each([
    ["nothing", "", "The report is empty"],
    ["no header", "Title;Host\na;b\nc;d\n", "This is no list: these columns were found: Title, Host (line 1)"],
    ["a header that names a column twice", "name, Name \na,b\n", "The header names the column name twice (line 1)"],
    ["a cut inside of quotes", 'name,note\na,b\n\nc,"d\n\n', "The report is cut short: a quoted cell does not end (line 3)"],
    ["a cut inside of a record", "name,note\na,b\nc", "The report is cut short: its last record has too few cells (line 3)"],
    ["a quote that goes on", 'name,note\n"a"b,c\n', "The report is not valid CSV: a quoted cell goes on after its quote (line 2)"],
    ["a quote in the middle", 'name,note\na"b",c\n', "The report is not valid CSV: a quote stands inside of a cell that is not quoted (line 2)"],
    ["NUL", "name,note\na,\u0000\n", "The report holds a NUL: it is no text (line 1)"],
    ["UTF-16", Buffer.from("\ufeffname,note\n", "utf16le"), "The report is UTF-16: save it as UTF-8"],
    ["another encoding", Buffer.from("name,note\né,b\n", "latin1"), "The report is not valid UTF-8"],
  ])("refuses %s", async (_, content, sentence) => {
    expect(await read(content)).toBe(sentence);
  });

  it("holds one record at most, and not too large a one, also of nothing but commas", async () => {
    const limits = { ...LIMITS, elementBytes: 1_000 };
    const sentence = "A single record of the report is larger than allowed (line 2)";
    expect(await read(`name,note\na,"${"x\n".repeat(2_000)}"\n`, 10, limits)).toBe(sentence);
    expect(await read(`name,note\n${",".repeat(200_000)}`, 10, limits)).toBe(sentence);
    expect(await read(`name,note\n${"a,b\n".repeat(2_000)}`, 10, limits)).toHaveLength(2_000);
    expect(await read(`name,note\n${"a,b\n".repeat(2_000)}`, 10, { ...limits, bytes: 2_000 })).toMatch(/^The report is larger/);
    expect(await read(`name${",".repeat(2_000)}\n`)).toMatch(/more than 1000 columns/);
  });
});

it("a header is found in a head that ends anywhere", () => {
  expect(csvHead('Name;"No;te"\na;"b', SHAPE)).toEqual({ columns: ["Name", "No;te"], delimiter: ";", rowsBefore: 0 });
  expect(csvHead('"x"\nName', SHAPE)?.rowsBefore).toBe(1);
  expect(csvHead('{"name": 1}', SHAPE)).toBeNull();
  expect(csvHead('"'.repeat(60_000), SHAPE)).toBeNull();
});
