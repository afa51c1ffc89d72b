import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { makeEnvironment } from "@/lib/testing/make";
import { imported, type TestReport } from "@/lib/testing/scans";

const HOUR = 3_600_000;
const base = Date.now() - 1000 * HOUR;
const at = (hour: number) => new Date(base + hour * HOUR);

const weakness = (is: string, name: string, version: string, cve: readonly string[], ghsa: readonly string[] = []) => ({ is, package: name, component: `${name} ${version}`, cve, ghsa });
type Stated = NonNullable<TestReport["statements"]>[number];
const inPackage = (name: string, version: string | null = null, parts: { name: string; version: string | null }[] = []) => [{ name, version, parts }];
const states = (vulnerability: string, about: Stated["about"], more: Partial<Stated> = {}): Stated => ({
  vulnerabilities: [vulnerability], products: (about ?? []).map(({ name }) => name), about, status: "not_affected", justification: "vulnerable_code_not_in_execute_path", note: null,
  author: "Acme Product Security", saidAt: new Date("2026-11-03T08:00:00Z"), ...more,
});

async function suggestions(environment: number) {
  const found = await prisma.suggestion.findMany({ where: { environmentId: environment }, include: { finding: true }, orderBy: { id: "asc" } });
  return found.map(({ finding, suggests, outcome }) => `${finding.title.replace("Weakness ", "")}: ${suggests}${outcome ? `, ${outcome}` : ""}`);
}
const document = (environment: number, statements: readonly Stated[], more: Partial<TestReport> = {}) => imported({ environment, takenAt: at(10), sees: [], statements, ...more });
const tally = (scan: number) => prisma.scan.findUniqueOrThrow({ where: { id: scan }, select: { statements: true, statementsMatched: true, findingsStated: true } });

test("a statement meets the package in the version it names, wherever that lies, and what it does not meet is counted", async () => {
  const environment = await makeEnvironment();
  const pad = ["CVE-2026-1001"];
  await imported({ environment, takenAt: at(1), asset: "shop", sees: [weakness("old", "left-pad", "1.0.0", pad), weakness("other name", "right-pad", "1.0.0", pad)] });
  await imported({ environment, takenAt: at(1), asset: "desk", sees: [weakness("elsewhere", "left-pad", "v1.0.0", pad), weakness("new", "left-pad", "1.1.0", pad), weakness("by advisory", "Zlib", "9", [], ["GHSA-abcd-efgh-2345"])] });
  const scan = await document(environment, [
    states("CVE-2026-1001", inPackage("left-pad", "1.0.0")),
    states("GHSA-abcd-efgh-2345", inPackage("zlib"), { status: "under_investigation", justification: null }),
    states("CVE-2026-1001", inPackage("left-pad", "2.0.0")),
    states("CVE-2026-9999", inPackage("left-pad")),
    states("SNYK-1", inPackage("left-pad")),
  ]);
  expect(await suggestions(environment)).toEqual(["old: false_positive", "elsewhere: false_positive", "by advisory: in_progress"]);
  expect(await tally(scan.scan)).toEqual({ statements: 5, statementsMatched: 2, findingsStated: 3 });
  const { statementsUnmatched } = await prisma.scan.findUniqueOrThrow({ where: { id: scan.scan } });
  expect(statementsUnmatched).toMatchObject([{ vulnerabilities: ["CVE-2026-1001"] }, { vulnerabilities: ["CVE-2026-9999"] }, { vulnerabilities: [] }]);
  const made = await prisma.suggestion.findFirstOrThrow({ where: { environmentId: environment } });
  expect(made.reason).toBe("Acme Product Security states on 3 Nov 2026 about CVE-2026-1001: not affected, vulnerable code not in execute path.");
  expect(await prisma.finding.count({ where: { environmentId: environment, version: { not: 0 } } }), "nothing is decided").toBe(0);
});

test("a product is the asset of its name; packages inside a product are not meant elsewhere; without a name the asset given at the upload is meant", async () => {
  const environment = await makeEnvironment();
  for (const asset of ["ghcr.io/acme/shop:2.0", "ghcr.io/acme/desk", "erp"]) {
    await imported({ environment, takenAt: at(1), asset, sees: [weakness(`left-pad on ${asset}`, "left-pad", "1.0.0", ["CVE-2026-1"]), weakness(`openssl on ${asset}`, "openssl", "3", ["CVE-2026-1"])] });
  }
  await document(environment, [states("CVE-2026-1", inPackage("shop", "2.0")), states("CVE-2026-1", inPackage("desk", null, [{ name: "openssl", version: null }]))]);
  expect((await suggestions(environment)).sort()).toEqual([
    "left-pad on ghcr.io/acme/shop:2.0: false_positive", "openssl on ghcr.io/acme/desk: false_positive", "openssl on ghcr.io/acme/shop:2.0: false_positive",
  ]);
  await document(environment, [states("CVE-2026-1", inPackage("shop", "1.0"), { author: "Old" })]);
  expect(await suggestions(environment), "another version").toHaveLength(3);
  await document(environment, [states("CVE-2026-1", [], { author: "Sender" })], { asset: "erp" });
  expect((await suggestions(environment)).slice(3).sort()).toEqual(["left-pad on erp: false_positive", "openssl on erp: false_positive"]);
  await document(environment, [states("CVE-2026-1", inPackage("what the sender calls erp", null, [{ name: "openssl", version: "3" }]), { author: "Vendor" })], { asset: "erp" });
  expect((await suggestions(environment)).slice(5)).toEqual(["openssl on erp: false_positive"]);
});

test("the same document again changes nothing; a newer word replaces the open one, an older one nothing", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: [weakness("a", "left-pad", "1", ["CVE-2026-1"])] });
  const said = (status: NonNullable<Stated["status"]>, day: number, author = "Acme") => states("CVE-2026-1", inPackage("left-pad"), { status, author, saidAt: new Date(Date.UTC(2026, 10, day)) });
  await document(environment, [said("under_investigation", 3)]);
  const again = await document(environment, [said("under_investigation", 3)]);
  expect(await suggestions(environment)).toEqual(["a: in_progress"]);
  expect(await tally(again.scan)).toEqual({ statements: 1, statementsMatched: 1, findingsStated: 1 });
  await document(environment, [said("not_affected", 5), said("affected", 4), said("affected", 4, "Somebody else")]);
  await document(environment, [said("affected", 1)]);
  expect((await suggestions(environment)).sort()).toEqual(["a: false_positive", "a: in_progress, superseded", "a: keep_open"]);
});

test("one name of many says nothing about the others, two names of one vulnerability are one, and two documents at once are one", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: [weakness("patch", "openssl", "1", ["CVE-2026-1", "CVE-2026-2", "CVE-2026-3"], ["GHSA-2222-3333-cccc"])] });
  const both = states("CVE-2026-1", inPackage("openssl"), { vulnerabilities: ["GHSA-2222-3333-cccc", "CVE-2026-1"], status: "fixed", justification: null });
  await Promise.all([document(environment, [both]), document(environment, [both])]);
  const [made, ...more] = await prisma.suggestion.findMany({ where: { environmentId: environment } });
  expect(more).toEqual([]);
  expect(made?.reason).toBe("Acme Product Security states on 3 Nov 2026 about CVE-2026-1: fixed. The finding names 2 other CVEs, about which this says nothing.");
});

test("hostile text stays text, and a bill that states things about its own weaknesses suggests at once", async () => {
  const environment = await makeEnvironment();
  const author = `'; DROP TABLE suggestion; -- <img src=x onerror=alert(1)> \\ {"a":1} %s`;
  await imported({
    environment, takenAt: at(1), sees: [weakness("a", "100%' \\_", "1", ["CVE-2026-1"])],
    statements: [states("CVE-2026-1", inPackage("100%' \\_"), { author, note: "x".repeat(90_000) }), states("CVE-2026-1", inPackage("100_' \\%"), { author: "Wild" })],
  });
  const [made, ...more] = await prisma.suggestion.findMany({ where: { environmentId: environment } });
  expect(more).toEqual([]);
  expect(made?.reason.startsWith(`${author} states on`)).toBe(true);
  expect(JSON.stringify(made?.restsOn).length).toBeLessThan(3_000);
});
