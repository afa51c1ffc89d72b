import { describe, expect, it } from "vitest";
import { cves, cwes, ghsas, webAddresses } from "./identifiers";

describe("names that a text carries", () => {
  it("are found however they are spelt, once, in order", () => {
    expect(cves(["see cve-2024-12345, CVE-2023-0001.", null, "CVE-2024-12345", "CVE-20-1"], 9)).toEqual(["CVE-2023-0001", "CVE-2024-12345"]);
    expect(cwes(["external/cwe/cwe-079", "CWE:89 CWE 20", "cwe79", "CWE-0"], 9)).toEqual([20, 79, 89]);
    expect(ghsas(["ghsa-2C3F-4g5h-6j7m"], 9)).toEqual(["GHSA-2c3f-4g5h-6j7m"]);
    expect(cves(Array.from({ length: 50 }, (_, at) => `CVE-2024-${String(10_000 + at)}`), 3)).toHaveLength(3);
  });

  it("are addresses only when a browser may follow them without harm", () => {
    const texts = ["https://a.test/x?q=1#h", " http://b.test ", "javascript:alert(1)", "//c.test", "https://user:secret@d.test/", "https://bank.test@evil.test", "https://e.test/@scope/name", 'https://f.test/"onclick', "https://", "http://[::1", "ftp://g.test", null];
    expect(webAddresses(texts, 9)).toEqual(["https://a.test/x?q=1#h", "http://b.test", "https://e.test/@scope/name"]);
  });
});
