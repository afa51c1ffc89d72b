import { describe, expect, it } from "vitest";
import { bandit } from "../bandit";
import { checkov } from "../checkov";
import type { Importer } from "../contract";
import { dependencyCheck } from "../dependency-check";
import { githubDependabot } from "../github-dependabot";
import { grype } from "../grype";
import { LIMITS } from "../limits";
import { nessus } from "../nessus";
import { npmAudit } from "../npm-audit";
import { osvScanner } from "../osv-scanner";
import { readWhole } from "./whole";
import { faultOf, nessusOf, readAll, sarifOf, sourceOf } from "../samples/reading-samples";
import { sarif } from "../sarif";
import { snyk } from "../snyk";
import { trivy } from "../trivy";
import { wapiti } from "../wapiti";
import { wpscan } from "../wpscan";
import { zap } from "../zap";

const json = (value: unknown): string => JSON.stringify(value);
const iac = (more: object): object => ({ projectName: "shop", packageManager: "terraformconfig", vulnerabilities: [], dependencyCount: 0, targetFile: "a.tf", projectType: "terraformconfig", ...more });

describe("a tool that gave its fields other names", () => {
  it.each<[string, Importer, string, string]>([
    ["Trivy", trivy, json({ ArtifactName: "a", Results: [{ Target: "t", Vulnerabilities: [{ ID: "CVE-2026-1111" }, { ID: "CVE-2026-2222" }] }] }), "None of its 2 entries can be read as Trivy JSON, the first one because"],
    ["SARIF", sarif, sarifOf('{"check":"a"},{"check":"b"}'), "None of its 2 entries can be read as SARIF 2.1.0"],
    ["Nessus", nessus, nessusOf('<ReportHost name="h"><ReportItem plugin="1" severity="1"></ReportItem></ReportHost>'), "Its one entry cannot be read as Nessus v2 because"],
    ["Grype", grype, json({ matches: [{ cve: "CVE-2026-1111" }], descriptor: { name: "grype" } }), "Its one entry cannot be read as Grype JSON"],
    ["Snyk", snyk, json({ projectName: "a", vulnerabilities: [{ key: "SNYK-JS-A-1" }] }), "Its one entry cannot be read as Snyk JSON because a vulnerability needs an id and a packageName"],
    ["npm audit", npmAudit, json({ auditReportVersion: 3, vulnerabilities: { a: 1 } }), "Its one entry cannot be read as npm audit JSON because an entry must be an object"],
  ])("is no clean scan: %s", async (_, importer, content, message) => {
    const sentence = await faultOf(importer, content);
    expect(sentence).toContain(message);
    expect(sentence).toContain("choose another format or mapping, or export the report as an earlier version of the tool wrote it (");
  });

  it("counts all of its rows and says where the first one stands", async () => {
    const rows = Array.from({ length: 1_200 }, () => ({ filename: "a.py" }));
    expect(await faultOf(bandit, json({ generated_at: "2026-01-01T00:00:00Z", metrics: {}, results: rows }))).toMatch(/^None of its 1,200 entries .+ \(results\[0\], line 1\)$/);
  });

  it("in one of two runs covers nothing there, and the other run is read", async () => {
    const report = `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Old"}},"results":[{"ruleId":"a"},{}]},{"tool":{"driver":{"name":"New"}},"results":[{}]}]}`;
    const { parts, results, rejected } = await readAll(sarif, report);
    expect([results.length, rejected.length]).toEqual([1, 2]);
    expect(parts).toMatchObject([{ detector: "old", failed: false }, { detector: "new", failed: true }]);
  });
});

describe("a report without the list that its format promises", () => {
  it.each<[string, Importer, string, string]>([
    ["infrastructure that Snyk tells under a name of tomorrow", snyk, json({ ...iac({}), vulnerabilities: undefined, cloudIssues: [{ id: "SNYK-CC-TF-1" }] }), "neither `vulnerabilities` nor `infrastructureAsCodeIssues`"],
    ["one project of two", snyk, json([{ projectName: "a", vulnerabilities: [] }, { projectName: "b", packageManager: "npm" }]), "([1])"],
    ["Grype", grype, json({ descriptor: { name: "grype" }, source: { type: "image", target: { userInput: "a:1" } } }), "no `matches`"],
    ["Dependency-Check", dependencyCheck, json({ reportSchema: "1.1", projectInfo: { name: "a" } }), "no list of `dependencies`"],
    ["Dependency-Check in XML", dependencyCheck, '<analysis xmlns="https://jeremylong.github.io/DependencyCheck/dependency-check.2.5.xsd"><projectInfo><name>a</name></projectInfo></analysis>', "no list of `dependencies`"],
    ["Checkov", checkov, json({ check_type: "terraform", results: { passed_checks: [] } }), "no `failed_checks`"],
    ["ZAP without sites", zap, json({ "@programName": "ZAP", "@version": "2.16" }), "no list `site`"],
    ["ZAP with a site that tells nothing", zap, json({ "@programName": "ZAP", "@version": "2.16", site: [{ "@name": "https://a.example.test" }] }), "no list `alerts`"],
    ["Wapiti", wapiti, json({ infos: { target: "https://a.example.test/" }, classifications: {}, anomalies: {} }), "no `vulnerabilities`"],
    ["WPScan", wpscan, json({ target_url: "https://a.example.test/", banner: {} }), "holds none of interesting_findings"],
    ["packages that the operator of Trivy lists", trivy, json({ apiVersion: "aquasecurity.github.io/v1alpha1", kind: "SbomReport", metadata: { name: "a" }, report: { components: {} } }), "A SbomReport of the Trivy operator holds no findings"],
  ])("is refused: %s", async (_, importer, content, message) => {
    expect(await faultOf(importer, content)).toContain(message);
  });

  it("is a run of SARIF that looked at nothing, be the list missing or null, and an advisory about no package", async () => {
    const run = (results: string): string => `{"tool":{"driver":{"name":"T"}}${results}}`;
    const { parts } = await readAll(sarif, `{"version":"2.1.0","runs":[${[run(',"results":[]'), run(""), run(',"results":null')].join(",")}]}`);
    expect(parts.map(({ failed }) => failed)).toEqual([false, true, true]);
    expect((await readAll(osvScanner, json({ id: "GHSA-xxxx-xxxx-xxxx", modified: "2026-01-01T00:00:00Z" }))).parts).toMatchObject([{ failed: true }]);
  });

  it("is none where the list is there and empty", async () => {
    const clean: [Importer, string][] = [[snyk, json([iac({ infrastructureAsCodeIssues: [] })])], [grype, json({ matches: [], descriptor: { name: "grype" } })], [checkov, json({ check_type: "terraform", results: { failed_checks: [] } })]];
    for (const [importer, content] of clean) expect((await readAll(importer, content)).parts).toMatchObject([{ failed: false }]);
  });
});

describe("what looks whole and is a part", () => {
  it("is one file that Snyk tested by itself, one page of Dependabot, a blog that WPScan asked nothing about", async () => {
    const page = [{ number: 1, state: "open", html_url: "https://github.example.test/shop/till/security/dependabot/1", dependency: { package: { ecosystem: "npm", name: "a" } }, security_advisory: { ghsa_id: "GHSA-aaaa-bbbb-cccc" }, security_vulnerability: { severity: "low" } }];
    const blog = { target_url: "https://a.example.test/", interesting_findings: [], vuln_api: { error: "No WPScan API Token given" } };
    const parts: [Importer, object][] = [[snyk, iac({ infrastructureAsCodeIssues: [] })], [githubDependabot, page], [wpscan, blog]];
    for (const [importer, content] of parts) expect((await readAll(importer, json(content))).parts).toMatchObject([{ failed: false, provesItsEnd: false }]);
    expect((await readAll(githubDependabot, json(page))).parts[0]?.scannedAssets).toEqual([{ name: "github.example.test/shop/till", kind: "repository" }]);
  });
});

describe("what two lists of GitHub say of one repository", () => {
  it("is said of one asset, whichever of its names an answer gives", async () => {
    const alert = { securityVulnerability: { package: { name: "a", ecosystem: "NPM" } }, securityAdvisory: { ghsaId: "GHSA-aaaa-bbbb-cccc" } };
    const graph = { data: { repository: { nameWithOwner: "shop/till", vulnerabilityAlerts: { nodes: [alert] } } } };
    const rest = [{ number: 1, repository: { full_name: "shop/till" }, dependency: { package: { name: "a" } }, security_advisory: { ghsa_id: "GHSA-aaaa-bbbb-cccc" }, security_vulnerability: {} }];
    for (const content of [graph, rest]) {
      const { results, parts } = await readAll(githubDependabot, json(content));
      expect([results.map(({ asset }) => asset), parts[0]?.scannedAssets]).toEqual([["github.com/shop/till"], [{ name: "github.com/shop/till", kind: "repository" }]]);
    }
  });
});

describe("two analyses of one tool", () => {
  it.each([
    ["/language:java/", "codeql (language:java)"],
    [".github/workflows/scan.yml:analyze/language:go/2026-01-01", "codeql (.github/workflows/scan.yml:analyze/language:go)"],
    ["nightly/4711", "codeql (nightly)"],
    ["run of 2026-01-01", "codeql"],
    ["/", "codeql"],
    ["", "codeql"],
  ])("never close each other's findings, and a run's own number makes none of its own: %s", async (id, detector) => {
    const { parts } = await readAll(sarif, `{"version":"2.1.0","runs":[{"automationDetails":{"id":${json(id)}},"tool":{"driver":{"name":"CodeQL"}},"results":[]}]}`);
    expect(parts.map((part) => part.detector)).toEqual([detector]);
  });
});

it("a part with something to use is passed on as it is", async () => {
  const seen: string[] = [];
  for await (const one of readWhole(sarif, sourceOf(sarifOf('{"ruleId":"a"},{}')), LIMITS)) seen.push(one.kind === "part" ? `part ${String(one.part.failed)}` : one.kind);
  expect(seen).toEqual(["result", "rejected", "part false"]);
});
