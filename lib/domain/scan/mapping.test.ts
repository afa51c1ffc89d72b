import { describe, expect, it } from "vitest";
import { columnMapping, guessMapping, looksLikeFindings, MAPPED_FIELDS } from "./mapping";

describe("which column is what", () => {
  it.each([
    [["Name", "Risk", "Host", "Port"], { title: "Name", severity: "Risk", asset: "Host", port: "Port" }],
    [["SUMMARY", "ip address", "CVSS Base Score", "cve-id"], { title: "SUMMARY", asset: "ip address", cvss_score: "CVSS Base Score", cve: "cve-id" }],
    [["title", "file_path", "line", "cvssv3", "endpoints[].host"], { title: "title", location: "file_path", line: "line", cvss_vector: "cvssv3", asset: "endpoints[].host" }],
    [["Title", "Name", "Asset Name"], { title: "Title", asset: "Asset Name" }],
    [["toString", "__proto__", "", "constructor"], {}],
  ])("%j", (columns, guess) => {
    expect(guessMapping(columns)).toEqual(guess);
  });

  it.each([
    [["0", "10", "", "9"], "Status"],
    [["0", "Open"], undefined],
    [["7"], undefined],
    [["", ""], undefined],
  ])("a column called status with %j is the old status code: %s", (cells, found) => {
    const guess = guessMapping(["Title", "Status"], cells.map((cell) => ["t", cell]));
    expect([guess.status_code, guess.state]).toEqual([found, found === undefined ? "Status" : undefined]);
  });

  it("whether it was fixed is asked of the column that says so, before one called status", () => {
    expect(guessMapping(["Title", "Status", "is_mitigated", "mitigated", "active"])).toEqual({ title: "Title", state: "is_mitigated" });
    expect(guessMapping(["Title", "Status", "Analyst Response"], [["t", "Open", "Public"]])).toEqual({ title: "Title", status_code: "Analyst Response", state: undefined });
  });

  it.each([
    [["2026-01-31", "", "2026-02-01T10:00:00Z"], true],
    [["28/02/2026"], true],
    [["yes", "no"], false],
    [["true"], false],
    [["2026-01-31", "yes"], false],
    [["1.2.3"], false],
    [["", ""], false],
    [[], false],
  ])("a column called fixed, resolved or mitigated with %j says when it was: %s; a yes may mean that there is a fix", (cells, is) => {
    for (const name of ["Fixed", "resolved", "Mitigated"]) {
      expect(guessMapping(["Title", name], cells.map((cell) => ["t", cell])).state).toBe(is ? name : undefined);
    }
  });

  it("a list of names and descriptions is no report of findings", () => {
    expect(looksLikeFindings(guessMapping(["CWE-ID", "Name", "Status", "Description"]))).toBe(false);
    expect(looksLikeFindings(guessMapping(["Name", "Severity", "Host"]))).toBe(true);
  });
});

it("a mapping names a title, and nothing that is not known", () => {
  expect(columnMapping.safeParse({ asset: "Host" }).success).toBe(false);
  expect(columnMapping.safeParse({ title: "Name", owner: "Who" }).success).toBe(false);
  expect(columnMapping.safeParse({ title: "Name", severities: Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`w${String(at)}`, "low"])) }).success).toBe(false);
  const all = Object.fromEntries(MAPPED_FIELDS.map(({ field }) => [field, "x"]));
  expect(columnMapping.parse({ ...all, severities: { P1: "critical" }, delimiter: ";", list: "data.items" })).toMatchObject(all);
});
