import { describe, expect, it } from "vitest";
import { columnMapping } from "@/lib/domain/scan/mapping";
import { columnsIn, mappedImporter } from "./generic/mapped";
import { genericCsv } from "./generic-csv";
import { genericJson } from "./generic-json";
import { recognise } from "./recognise";
import { faultOf, readAll } from "./samples/reading-samples";

const csv = (mapping: object) => mappedImporter("generic-csv", columnMapping.parse(mapping));
const json = (mapping: object) => mappedImporter("generic-json", columnMapping.parse(mapping));

describe("a CSV of one's own", () => {
  it("is read by the columns that somebody named, below whatever stands above them", async () => {
    const text = "Quarterly review;;\nWhat;Where;How bad\nOpen door;cellar;P-Eins\nWindow;roof;?\n";
    const { results } = await readAll(csv({ title: "what", asset: "Where", severity: "How bad", severities: { "p-eins": "critical" } }), text);
    expect(results.map(({ title, asset, severity, severityWord }) => [title, asset, severity, severityWord])).toEqual([
      ["Open door", "cellar", "critical", "P-Eins"],
      ["Window", "roof", "medium", "?"],
    ]);
  });

  it("is cut where the mapping says", async () => {
    const { results } = await readAll(csv({ title: "a,b", delimiter: "|" }), "a,b|c\nx,y|z\n");
    expect(results[0]?.title).toBe("x,y");
  });

  it.each([
    ["Finding No;Where\n1;x\n", "No column was found that could be the title: these columns were found: Finding No, Where; say which is which (line 1)"],
    ["Title,Host\n,a\n,b\n", "None of its 2 entries can be read as CSV of your own (columns mapped), the first one because it has no title; choose another format or mapping, or export the report as an earlier version of the tool wrote it (line 2)"],
  ])("is refused with what it has: %j", async (text, sentence) => {
    expect(await faultOf(genericCsv, text)).toBe(sentence);
    expect(await faultOf(csv({ title: "Name" }), text)).toContain("these columns were found");
  });

  it.each([
    ["Status", "2", "2"],
    ["status_code", "7", "7"],
    ["Analyst Response", "To Be Closed", "3"],
    ["Analyst Response", "Public", "2"],
    ["Response Code", "what?", "what?"],
  ])("carries the old code of a column %s: %s", async (column, cell, code) => {
    const { results } = await readAll(genericCsv, `Title,Severity,${column}\na,low,${cell}\n`);
    expect(results[0]?.legacyCode).toBe(code);
  });

  it("is known again when severity, line and version move, and not when rule or place do", async () => {
    const rows = ["a,low,src/x.c,1,R1,lib,1.0", "b,high,./src/x.c,9,R1,lib,2.0", "a,low,src/y.c,1,R1,lib,1.0", "a,low,src/x.c,1,R2,lib,1.0"];
    const { results } = await readAll(genericCsv, `Title,Severity,File,Line,Rule,Package,Version\n${rows.join("\n")}\n`);
    expect(new Set(results.map((one) => one.fingerprint)).size).toBe(3);
    expect(results[1]?.fingerprint).toBe(results[0]?.fingerprint);
  });
});

describe("JSON of one's own", () => {
  it("is read by the paths that somebody named", async () => {
    const text = '{"data":{"items":[{"n":{"t":"Leak"},"hosts":[{"ip":"192.0.2.1"},{"ip":"192.0.2.2"}],"ids":["x","CVE-2024-0001"],"sev":4}]}}';
    const { results } = await readAll(json({ list: "data.items", title: "n.t", asset: "hosts[0].ip", cve: "ids[]", severity: "sev", severities: { "4": "critical" } }), text);
    expect(results[0]).toMatchObject({ title: "Leak", asset: "192.0.2.1", cve: ["CVE-2024-0001"], severity: "critical" });
  });

  it.each([
    ['{"tickets":[{"title":"a"}]}', "holds no list of findings"],
    ['[{"what":"a","where":{"x":1}}]', "these values were found: what, where.x; say which is which"],
    ['[1,2]', "None of its 2 entries"],
    ['[{"title":"a"}', "cut short"],
  ])("is refused with what it has: %s", async (text, sentence) => {
    expect(await faultOf(genericJson, text)).toContain(sentence);
  });

  it("cannot be mapped onto what an object inherits", async () => {
    expect(await faultOf(json({ title: "constructor.name" }), '[{"a":1}]')).toContain("Its one entry cannot");
  });
});

describe("what is shown to whoever maps a report", () => {
  it("are its columns, some rows and the guess", () => {
    expect(columnsIn("Name;Where;How bad\na;b;c\n")).toEqual({ format: "generic-csv", columns: ["Name", "Where", "How bad"], rows: [["a", "b", "c"]], guess: { title: "Name" } });
    expect(columnsIn('[{"name":"a","in":{"host":"h"}},{"name":"b","tags":["x","y"]},{"na')).toEqual({
      format: "generic-json",
      columns: ["name", "in.host", "tags[]"],
      rows: [["a", "h", ""], ["b", "", "x, y"]],
      guess: { title: "name" },
    });
    expect(columnsIn("<xml/>")).toBeNull();
    expect(columnsIn('{"a":1}')).toBeNull();
  });

  it.each(["Plugin ID,Risk,Host,Name\n1,High,h,n\n", '{"ArtifactName":"a","Results":[],"findings":[{"title":"t","severity":"low","host":"h"}]}'])("gives way to a format that is sure: %.20s", (head) => {
    const found = recognise(head);
    expect(found.kind === "found" && found.importer.format.startsWith("generic")).toBe(false);
    expect(found.kind).toBe("found");
  });
});
