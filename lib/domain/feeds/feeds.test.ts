import { describe, expect, it } from "vitest";
import { readEpss } from "./epss";
import { readKev } from "./kev";

const entry = (cveID: string) => ({ cveID, vulnerabilityName: "Hole", dateAdded: "2025-01-02", dueDate: "2025-02-02", knownRansomwareCampaignUse: "Known" });
const kev = (more: object) => JSON.stringify({ dateReleased: "2025-08-25T17:04:19.9796Z", count: 1, vulnerabilities: [entry("cve-2025-0001")], ...more });

describe("the KEV catalogue", () => {
  it("is read with its date; a CVE is spelt in one way", () => {
    expect(readKev(kev({}))).toEqual({
      releasedAt: new Date("2025-08-25T17:04:19.979Z"),
      entries: [{ cve: "CVE-2025-0001", name: "Hole", addedOn: "2025-01-02", dueOn: "2025-02-02", ransomware: true }],
    });
  });

  it.each([
    ["cut short", kev({}).slice(0, -9), "no whole JSON document"],
    ["holding fewer entries than it says", kev({ count: 2 }), "says that it holds 2 entries, and 1 are there"],
    ["without entries", kev({ vulnerabilities: [], count: 0 }), "vulnerabilities"],
    ["with an entry that names no CVE", kev({ vulnerabilities: [entry("GHSA-1")] }), "vulnerabilities.0.cveID"],
    ["another document", "{}", "dateReleased"],
  ])("is refused when it is %s", (_, text, message) => {
    expect(() => readKev(text)).toThrow(message);
  });
});

describe("the EPSS file", () => {
  const head = "#model_version:v2025.03.14,score_date:2025-08-25T12:55:00+0000\ncve,epss,percentile\n";

  it("is read to three decimals, tiny numbers and Windows line ends too", () => {
    const { releasedAt, entries } = readEpss(`${head}CVE-2024-0001,0.123456,0.98765\nCVE-2024-0002,4e-05,1.0\n`.replaceAll("\n", "\r\n"));
    expect(releasedAt.toISOString()).toBe("2025-08-25T12:55:00.000Z");
    expect(entries).toEqual([{ cve: "CVE-2024-0001", score: 0.123, percentile: 0.988 }, { cve: "CVE-2024-0002", score: 0, percentile: 1 }]);
  });

  it.each([
    ["a score above one", `${head}CVE-2024-0001,1.5,0.1\n`, "Line 3"],
    ["a formula", `${head}=1+1,0.5,0.1\n`, "Line 3"],
    ["no date", "cve,epss,percentile\nCVE-2024-0001,0.1,0.1\n", "score_date"],
    ["nothing but its head", head, "no score"],
  ])("is refused with %s", (_, text, message) => {
    expect(() => readEpss(text)).toThrow(message);
  });
});
