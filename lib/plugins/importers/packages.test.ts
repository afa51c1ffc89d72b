import { describe, expect, it } from "vitest";
import type { Importer } from "./contract";
import { cyclonedx } from "./cyclonedx";
import { csaf } from "./csaf";
import { dependencyCheck } from "./dependency-check";
import { githubDependabot } from "./github-dependabot";
import { grype } from "./grype";
import { npmAudit } from "./npm-audit";
import { openvex } from "./openvex";
import { osvScanner } from "./osv-scanner";
import { retire } from "./retire";
import { faultOf, readAll } from "./samples/reading-samples";
import { snyk } from "./snyk";
import { trivy } from "./trivy";

const json = (value: unknown): string => JSON.stringify(value);
const bom = (more: object): string => json({ bomFormat: "CycloneDX", specVersion: "1.5", ...more });
const osv = (name: string, ecosystem: string): string =>
  json({ results: [{ source: { path: "pom.xml" }, packages: [{ package: { name, ecosystem, version: "1" }, vulnerabilities: [{ id: "CVE-2026-1111" }], groups: [] }] }] });
const dependabot = (name: string, ecosystem: string): string =>
  json([{ state: "open", dependency: { package: { name, ecosystem } }, security_advisory: { ghsa_id: "GHSA-2c3f-4g5h-6j7m" }, security_vulnerability: {} }]);
const snykOf = (name: string, packageManager: string): string =>
  json({ projectName: "p", packageManager, vulnerabilities: [{ id: "SNYK-X-1", packageName: name, version: "1" }] });
const grypeOf = (artifact: object): string => json({ matches: [{ vulnerability: { id: "CVE-2026-1111" }, artifact: { version: "1", ...artifact } }] });
const trivyOf = (entry: object, type: string): string =>
  json({ SchemaVersion: 2, ArtifactName: "a", Results: [{ Target: "t", Class: "lang-pkgs", Type: type, Vulnerabilities: [{ VulnerabilityID: "CVE-2026-1111", InstalledVersion: "1", ...entry }] }] });
const check = (id: string): string =>
  `<analysis xmlns="https://jeremylong.github.io/DependencyCheck/dependency-check.2.5.xsd"><projectInfo><name>p</name></projectInfo><dependencies><dependency><fileName>f</fileName><identifiers><package><id>${id}</id></package></identifiers><vulnerabilities><vulnerability><name>CVE-2026-1111</name></vulnerability></vulnerabilities></dependency></dependencies></analysis>`;
const billOf = (component: object): string =>
  bom({ components: [{ "bom-ref": "c", ...component }], vulnerabilities: [{ id: "CVE-2026-1111", affects: [{ ref: "c" }] }] });

describe("detectors that mean one package", () => {
  it.each<[string, [Importer, string][]]>([
    [
      "org.apache:log4j",
      [
        [grype, grypeOf({ name: "log4j", type: "java-archive", purl: "pkg:maven/org.apache/log4j@1" })],
        [trivy, trivyOf({ PkgName: "org.apache:log4j" }, "jar")],
        [snyk, snykOf("org.apache:log4j", "gradle")],
        [osvScanner, osv("org.apache:log4j", "Maven")],
        [githubDependabot, dependabot("org.apache:log4j", "maven")],
        [dependencyCheck, check("pkg:maven/org.apache/log4j@1")],
        [cyclonedx, billOf({ name: "log4j", purl: "pkg:maven/org.apache/log4j@1?type=jar" })],
      ],
    ],
    [
      "@scope/name",
      [
        [grype, grypeOf({ name: "@scope/name", type: "npm" })],
        [trivy, trivyOf({ PkgName: "@scope/name", PkgIdentifier: { PURL: "pkg:npm/%40scope/name@1" } }, "node-pkg")],
        [npmAudit, json({ auditReportVersion: 2, vulnerabilities: { "@scope/name": { via: [{ source: 1, severity: "low" }] } }, metadata: {} })],
        [npmAudit, json({ advisories: { 1: { id: 1, module_name: "@scope/name" } }, metadata: {} })],
        [retire, json({ version: "5", data: [{ file: "f", results: [{ component: "x", npmname: "@scope/name", vulnerabilities: [{ identifiers: { CVE: ["CVE-2026-1111"] } }] }] }] })],
        [cyclonedx, billOf({ group: "@scope", name: "name" })],
        [dependencyCheck, check("pkg:npm/%40scope%2Fname@1").replace("%2F", "/")],
      ],
    ],
    [
      "zope-interface",
      [
        [grype, grypeOf({ name: "zope.interface", type: "python" })],
        [trivy, trivyOf({ PkgName: "Zope.Interface" }, "python-pkg")],
        [snyk, snykOf("zope_interface", "pip")],
        [osvScanner, osv("zope.interface", "PyPI")],
        [githubDependabot, dependabot("Zope-Interface", "pip")],
      ],
    ],
    [
      "libssl3",
      [
        [grype, grypeOf({ name: "libssl3", type: "deb", purl: "pkg:deb/debian/libssl3@1?arch=amd64" })],
        [trivy, trivyOf({ PkgName: "libssl3" }, "debian")],
        [snyk, snykOf("openssl/libssl3", "deb")],
        [cyclonedx, billOf({ name: "whatever", purl: "pkg:deb/debian/libssl3@1" })],
      ],
    ],
  ])("all call it %s", async (name, reports) => {
    for (const [importer, content] of reports) {
      const { results } = await readAll(importer, content);
      expect(results.map((one) => one.package), `${importer.format} ${content}`).toEqual([name]);
    }
  });
});

describe("a weakness of a package", () => {
  const at = async (version: string, file: string): Promise<string | undefined> =>
    (await readAll(grype, grypeOf({ name: "x", type: "npm", version, locations: [{ path: file }] }))).results[0]?.fingerprint;

  it("stays the same finding through an upgrade that does not mend it, and is another one in another file", async () => {
    expect(await at("1.2.3", "/app/x-1.2.3/package.json")).toBe(await at("1.2.4", "/app/x-1.2.4/package.json"));
    expect(await at("1.2.3", "/app/package.json")).not.toBe(await at("1.2.3", "/other/package.json"));
  });

  it("keeps its name in npm's registry, which numbers its advisories anew whenever it likes", async () => {
    const audit = (id: number): string => json({ advisories: { [id]: { id, module_name: "x", url: "https://github.com/advisories/GHSA-2c3f-4g5h-6j7m" } }, metadata: {} });
    const [before, after] = await Promise.all([readAll(npmAudit, audit(1_059_337)), readAll(npmAudit, audit(1_099_999))]);
    expect(before.results[0]?.fingerprint).toBe(after.results[0]?.fingerprint);
  });

  it("has the severity of its vector when the report gives neither a word nor a score", async () => {
    const advisory = json({ id: "PYSEC-1", modified: "2026-01-01T00:00:00Z", severity: [{ type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }], affected: [{ package: { name: "x", ecosystem: "PyPI" } }] });
    expect((await readAll(osvScanner, advisory)).results[0]).toMatchObject({ severity: "critical", cvss: { score: null } });
    expect((await readAll(osvScanner, advisory.replace('"id"', '"withdrawn":"2026-02-01T00:00:00Z","id"'))).results).toEqual([]);
  });
});

describe("what is missing", () => {
  it.each<[string, Importer, string, string]>([
    ["a bill of materials that nobody scanned", cyclonedx, bom({ components: [{ name: "a" }] }), "a bill of materials without vulnerabilities"],
    ["the same as XML", cyclonedx, '<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components><component><name>a</name></component></components></bom>', "a bill of materials without vulnerabilities"],
    ["another BOM", cyclonedx, json({ bomFormat: "SPDX", vulnerabilities: [] }), "no CycloneDX"],
    ["vulnerabilities that are a text", cyclonedx, bom({ vulnerabilities: "none" }), "A list was expected"],
    ["CSAF of a later version", csaf, json({ document: { csaf_version: "3.0" }, vulnerabilities: [] }), "CSAF 3.0 is not read"],
    ["OpenVEX without its context", openvex, json({ statements: [] }), "does not name the context"],
    ["an empty list of alerts, which says nothing about a repository", githubDependabot, "[]", "neither alerts nor repositories"],
    ["entries that are no alerts", githubDependabot, "[1,{}]", "None of its 2 entries can be read as GitHub Dependabot alerts, the first one because an alert needs a ghsa_id and a package"],
    ["a list of something else", retire, "[1]", "no retire.js report"],
    ["an audit without anything", npmAudit, '{"auditReportVersion":2}', "no npm audit report"],
    ["a name that stands there twice", npmAudit, '{"auditReportVersion":2,"vulnerabilities":{"a":{},"a":{}}}', "twice"],
    ["a project of Dependency-Check", dependencyCheck, '<analysis xmlns="dependency-check"><dependencies/></analysis>', "names no project"],
  ])("is said: %s", async (_, importer, content, message) => {
    expect(await faultOf(importer, content)).toContain(message);
  });

  it("is no reason to close anything: pages that follow, projects that could not be tested, analysers that failed", async () => {
    const page = json({ data: { repository: { name: "r", vulnerabilityAlerts: { nodes: [], pageInfo: { hasNextPage: true } } } } });
    const project = json([{ projectName: "a", vulnerabilities: [] }, { ok: false, error: "no lockfile", path: "/b" }]);
    for (const [importer, content] of [[githubDependabot, page], [snyk, project]] as const) expect((await readAll(importer, content)).parts).toMatchObject([{ failed: true }]);
    expect((await readAll(snyk, json([{ projectName: "a", vulnerabilities: [] }, { projectName: "b", vulnerabilities: [] }]))).parts).toMatchObject([{ failed: false, scannedAssets: [{ name: "a" }, { name: "b" }] }]);
  });

  it.each<[string, object, { failed: boolean; provesItsEnd?: boolean }]>([
    ["a query that did not ask for pages", { nodes: [{}] }, { failed: false, provesItsEnd: false }],
    ["the last page of several", { nodes: [{}], pageInfo: { hasNextPage: false, hasPreviousPage: true } }, { failed: true }],
    ["fewer alerts than there are", { nodes: [{}], totalCount: 132 }, { failed: true }],
    ["all of them by their count", { edges: [{}], totalCount: 1 }, { failed: false }],
    ["one that none follows, perhaps the last of several", { nodes: [{}], pageInfo: { hasNextPage: false } }, { failed: false, provesItsEnd: false }],
    ["the one page that there is", { nodes: [{}], pageInfo: { hasNextPage: false, hasPreviousPage: false } }, { failed: false }],
    ["no alert at all", { nodes: [] }, { failed: false }],
  ])("is no reason to close anything either: alerts of GraphQL, %s", async (_, alerts, told) => {
    const alert = { securityVulnerability: { package: { name: "p", ecosystem: "NPM" }, advisory: { ghsaId: "GHSA-2c3f-4g5h-6j7m" } } };
    const filled: unknown = JSON.parse(json(alerts).replace("[{}]", json(alerts).includes("edges") ? json([{ node: alert }]) : json([alert])));
    const { parts } = await readAll(githubDependabot, json({ data: { search: { nodes: [{ nameWithOwner: "o/clean", vulnerabilityAlerts: { nodes: [] } }, { nameWithOwner: "o/r", vulnerabilityAlerts: filled }] } } }));
    expect(parts.map(({ failed, provesItsEnd }) => ({ failed, ...(provesItsEnd === undefined ? {} : { provesItsEnd }) }))).toEqual([told]);
  });

  it("is nothing when a bill says that it was scanned and found clean", async () => {
    const { results, parts } = await readAll(cyclonedx, bom({ components: [{ name: "a" }], vulnerabilities: [] }));
    expect(results).toEqual([]);
    expect(parts).toMatchObject([{ detector: "cyclonedx", failed: false }]);
  });
});

describe("an opinion about a vulnerability", () => {
  it("never observes anything when it comes without components, and never hides a result when it comes with them", async () => {
    const vulnerability = { id: "CVE-2026-1111", analysis: { state: "false_positive" }, affects: [{ ref: "c" }] };
    const vex = await readAll(cyclonedx, bom({ vulnerabilities: [vulnerability] }));
    expect([vex.results.length, vex.statements.length, vex.parts[0]?.statementsOnly]).toEqual([0, 1, true]);
    const bill = await readAll(cyclonedx, bom({ components: [{ "bom-ref": "c", name: "x" }], vulnerabilities: [vulnerability] }));
    expect([bill.results.length, bill.statements.length, bill.parts[0]?.statementsOnly]).toEqual([1, 1, undefined]);
    expect(bill.results[0]?.suppressed).toBe(false);
  });

  it("reaches no prototype by the names of its products, and does not follow one that contains itself", async () => {
    const branch: { name: string; product?: object; branches?: object[] } = { name: "a", product: { product_id: "__proto__", name: "proto" } };
    let tree = branch;
    for (let depth = 0; depth < 60; depth++) tree = { name: "b", branches: [tree] };
    const relation = { product_reference: "R", relates_to_product_reference: "R", full_product_name: { product_id: "R", name: "itself" } };
    const document = { document: { csaf_version: "2.0" }, product_tree: { branches: [tree], relationships: [relation] }, vulnerabilities: [{ cve: "CVE-2026-1111", product_status: { fixed: ["__proto__", "R", "constructor"] } }] };
    expect((await readAll(csaf, json(document))).statements[0]?.products).toEqual(["proto", "itself", "constructor"]);
  });

  it("of a document is in a statement, however many a status names; what is too much is told", async () => {
    const ids = (many: number): string[] => Array.from({ length: many }, (_, n) => `P${String(n)}`);
    const said = (known_affected: unknown): unknown => ({ document: { csaf_version: "2.0" }, vulnerabilities: [{ cve: "CVE-2026-1111", product_status: { known_affected } }] });
    const { statements } = await readAll(csaf, json(said(ids(2_500))));
    expect(statements.map(({ products }) => products.length)).toEqual([1_000, 1_000, 500]);
    expect(new Set(statements.flatMap(({ products }) => products)).size).toBe(2_500);
    const { statements: most, yields } = await readAll(csaf, json(said(ids(100_001))));
    expect(most).toHaveLength(100);
    expect(yields.find((one) => one.kind === "rejected")).toMatchObject({ why: "known_affected names 100001 products: the first 100000 are read" });
  });
});
