import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { effort } from "@/lib/testing/effort";
import { headText, importerNamed, recognise } from "./recognise";
import { IMPORTERS } from "./registry";
import { nessusOf, samples, sarifOf } from "./samples/reading-samples";

/** Files of this folder that are no format. */
const HOUSE = ["contract", "fingerprints", "limits", "recognise", "registry"];

describe("the registry", () => {
  it("names every format that has a file in the folder, and each has a sample", () => {
    const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
    const formats = files.map((name) => name.slice(0, -3)).filter((name) => !HOUSE.includes(name));
    expect(IMPORTERS.map((importer) => importer.format)).toEqual(formats.sort());
    expect([...new Set(samples().map((sample) => sample.importer.format))].sort()).toEqual(formats);
    expect(importerNamed("sarif")?.label).toBe("SARIF 2.1.0");
    expect(importerNamed("constructor")).toBeNull();
  });
});

describe("recognition", () => {
  const formatOf = (head: string): string => {
    const found = recognise(head);
    return found.kind === "found" ? found.importer.format : found.kind;
  };

  it.each([
    [sarifOf(""), "sarif"],
    ['\ufeff\r\n {"runs":[], "$schema":"https://json.schemastore.org/sarif-2.1.0.json"', "sarif"],
    ['{"runs":[{"results":[{"message":{"text":"cut in the mid', "sarif"],
    ['[{"Target":"a","Vulnerabilities":null}]', "trivy"],
    ['{"kind":"VulnerabilityReport","apiVersion":"aquasecurity.github.io/v1alpha1"}', "trivy"],
    ["<!-- exported --><NessusClientData_v2>", "nessus"],
    [nessusOf(""), "nessus"],
    ['{"comment":"runs","text":"\\"runs\\": [], \\"version\\": \\"2.1.0\\""}', "unknown"],
    ["<nmaprun>", "nmap"],
    ["pluginID,CVE\n1,2", "unknown"],
    ["", "unknown"],
  ])("takes %j for %s, whatever the file is called", (head, format) => {
    expect(formatOf(head)).toBe(format);
  });

  it("says of each format why it was not taken", () => {
    const found = recognise("<NessusClientData><Report/></NessusClientData>");
    expect(found.kind).toBe("unknown");
    if (found.kind === "found") return;
    expect(found.message).toBe(`This is none of the ${String(IMPORTERS.length)} formats that are read`);
    expect(found.tried.map(({ format, label }) => ({ format, label }))).toEqual(IMPORTERS.map(({ format, label }) => ({ format, label })));
    expect(Object.fromEntries(found.tried.map((one) => [one.format, one.why]))).toMatchObject({
      nessus: "Nessus v1 (.nessus of 2009): export it as v2",
      sarif: "a SARIF file is a JSON object",
      trivy: "neither `ArtifactName` with `Results` nor a report of the Trivy operator",
    });
  });

  it("calls a report ambiguous that is two formats at once, and names both", () => {
    const found = recognise('{"version":"2.1.0","runs":[],"ArtifactName":"a","Results":[]}');
    expect(found).toMatchObject({ kind: "ambiguous", message: "This could be SARIF 2.1.0 and Trivy JSON: say which format it is" });
  });

  it("is not slowed down by a head of nothing but quotes and backslashes", () => {
    const spent = effort();
    expect(formatOf(`{"${'\\"'.repeat(32_000)}`)).toBe("unknown");
    expect(formatOf(`{${'"a":"b",'.repeat(8_000)}`)).toBe("unknown");
    expect(spent()).toBeLessThan(2_000);
  });

  it("reads a head in UTF-16, so that the refusal can name the encoding", () => {
    expect(formatOf(headText(Buffer.from(`\ufeff${sarifOf("")}`, "utf16le")))).toBe("sarif");
  });
});
