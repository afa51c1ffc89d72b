import { describe, expect, it } from "vitest";
import { recognise } from "./recognise";
import { readAll } from "./samples/reading-samples";

// Many tools export what was fixed beside what is there. Such a row makes no finding and finds none again; what the tool only put aside is seen, and suppressed.

type Outcome = "found" | "suppressed" | "none";
type Format = { name: string; report: (state: string) => string; states: readonly (readonly [string, Outcome])[] };

const j = (value: unknown): string => JSON.stringify(value);
const alert = (state: object) => j([{ number: 1, html_url: "https://github.com/a/b/security/code-scanning/1", rule: { id: "js/xss" }, tool: { name: "CodeQL" }, ...state, most_recent_instance: { state: "open", location: { path: "a.js", start_line: 1 }, ...(Object.hasOwn(state, "instance") ? { state: "fixed" } : {}) } }]);
const dependabot = (state: object) => j([{ number: 1, html_url: "https://github.com/a/b/security/dependabot/1", ...state, dependency: { package: { ecosystem: "npm", name: "left" } }, security_advisory: { ghsa_id: "GHSA-2222-3333-4444" }, security_vulnerability: {} }]);
const graph = (state: object) => j({ data: { repository: { nameWithOwner: "a/b", vulnerabilityAlerts: { totalCount: 1, nodes: [{ ...state, securityVulnerability: { package: { ecosystem: "NPM", name: "left" }, advisory: { ghsaId: "GHSA-2222-3333-4444" } } }] } } } });
const secret = (state: object) => j([{ number: 1, html_url: "https://github.com/a/b/security/secret-scanning/1", secret_type: "acme", secret: "acme_0123456789abcdef", ...state }]);
const qualys = (status: string): string => `<ASSET_DATA_REPORT><HEADER/><HOST_LIST><HOST><IP>192.0.2.1</IP><VULN_INFO_LIST><VULN_INFO><QID>1</QID><TYPE>Vuln</TYPE><VULN_STATUS>${status}</VULN_STATUS></VULN_INFO></VULN_INFO_LIST></HOST></HOST_LIST></ASSET_DATA_REPORT>`;
const qualysApi = (status: string): string => `<HOST_LIST_VM_DETECTION_OUTPUT><RESPONSE><HOST_LIST><HOST><IP>192.0.2.1</IP><DETECTION_LIST><DETECTION><QID>1</QID><STATUS>${status}</STATUS></DETECTION></DETECTION_LIST></HOST></HOST_LIST></RESPONSE></HOST_LIST_VM_DETECTION_OUTPUT>`;
const was = (status: string): string => `<WAS_SCAN_REPORT><HEADER/><RESULTS><VULNERABILITY_LIST><VULNERABILITY><QID>1</QID><URL>https://a.example.test/</URL><STATUS>${status}</STATUS></VULNERABILITY></VULNERABILITY_LIST></RESULTS></WAS_SCAN_REPORT>`;
const openvas = (delta: string): string => `<report type="delta"><gmp><version>22</version></gmp><results><result id="1"><host>192.0.2.1</host><port>general/tcp</port><nvt oid="1.2"><name>n</name></nvt><threat>Low</threat><delta>${delta}</delta></result></results></report>`;
const sarif = (state: string): string => j({ version: "2.1.0", runs: [{ tool: { driver: { name: "t" } }, results: [{ ruleId: "r", message: { text: "m" }, baselineState: state }] }] });
const snyk = (state: object) => j({ jsonapi: { version: "1.0" }, data: [{ attributes: { key: "k", title: "t", effective_severity_level: "high", ...state } }] });
const semgrep = (state: object) => j({ findings: [{ id: 1, rule_name: "a.b", repository: { name: "a/b" }, location: { file_path: "a.js", line: 1 }, match_based_id: "m_0", severity: "high", ...state }] });
const wazuh = (status: string): string => j([{ agent: { name: "h" }, rule: { level: 10 }, data: { vulnerability: { cve: "CVE-2026-1", status, package: { name: "x" } } } }]);
const bill = (state: string): string => j({ bomFormat: "CycloneDX", specVersion: "1.6", components: [{ "bom-ref": "c", name: "x" }], vulnerabilities: [{ id: "CVE-2026-1", affects: [{ ref: "c" }], analysis: { state } }] });
const qualysCsv = (status: string): string => `"QID","Title","Severity","Status","IP"\n"1","t","5","${status}","192.0.2.1"\n`;
const nessusCsv = (state: string): string => `Plugin ID,CVE,Risk,Host,Protocol,Port,Name,State\n1,,High,192.0.2.1,tcp,80,t,${state}\n`;
const table = (column: string) => (state: string) => `Title,Severity,Host,${column}\nt,high,web,${state}\n`;
const defectDojo = (state: object) => j({ results: [{ title: "t", severity: "High", file_path: "a.js", false_p: false, ...state }] });
const trivy = (status: string): string => j({ SchemaVersion: 2, ArtifactName: "a", Results: [{ Target: "a", Class: "os-pkgs", Type: "alpine", Vulnerabilities: [{ VulnerabilityID: "CVE-2026-1", PkgName: "x", Status: status, FixedVersion: "2" }] }] });
const grype = (state: string): string => j({ matches: [{ vulnerability: { id: "CVE-2026-1", fix: { state, versions: ["2"] } }, artifact: { name: "x" } }], descriptor: { name: "grype" } });
const parsed = (make: (state: object) => string) => (state: string): string => make(JSON.parse(state));

const FORMATS: readonly Format[] = [
  { name: "GitHub code scanning", report: parsed(alert), states: [['{"state":"open"}', "found"], ['{"state":"fixed"}', "none"], ['{"state":"FIXED"}', "none"], ['{"state":"dismissed"}', "suppressed"], ['{"fixed_at":"2026-01-01T00:00:00Z"}', "none"], ['{"instance":"fixed"}', "none"], ['{"state":"open","instance":"fixed"}', "found"], ["{}", "found"]] },
  { name: "Dependabot, REST", report: parsed(dependabot), states: [['{"state":"open"}', "found"], ['{"state":"fixed"}', "none"], ['{"state":"FIXED"}', "none"], ['{"fixed_at":"2026-01-01T00:00:00Z"}', "none"], ['{"state":"auto_dismissed"}', "suppressed"], ['{"dismissed_at":"2026-01-01T00:00:00Z"}', "suppressed"]] },
  { name: "Dependabot, GraphQL", report: parsed(graph), states: [['{"state":"OPEN"}', "found"], ['{"state":"FIXED"}', "none"], ['{"fixedAt":"2026-01-01T00:00:00Z"}', "none"], ['{"state":"DISMISSED"}', "suppressed"]] },
  { name: "secret scanning", report: parsed(secret), states: [['{"state":"open"}', "found"], ['{"state":"resolved","resolution":"revoked"}', "none"], ['{"state":"resolved","resolution":"wont_fix"}', "suppressed"], ['{"state":"resolved"}', "suppressed"]] },
  { name: "Qualys, asset data", report: qualys, states: [["Active", "found"], ["Re-Opened", "found"], ["Fixed", "none"], ["FIXED", "none"]] },
  { name: "Qualys, detections", report: qualysApi, states: [["New", "found"], ["Fixed", "none"]] },
  { name: "Qualys CSV", report: qualysCsv, states: [["ACTIVE", "found"], ["FIXED", "none"], ["Fixed", "none"]] },
  { name: "Qualys WAS", report: was, states: [["ACTIVE", "found"], ["REOPENED", "found"], ["FIXED", "none"]] },
  { name: "Nessus CSV", report: nessusCsv, states: [["Active", "found"], ["Resurfaced", "found"], ["Fixed", "none"], ["FIXED", "none"]] },
  { name: "OpenVAS, what two reports differ in", report: openvas, states: [["new", "found"], ["same", "found"], ["changed<diff>x</diff>", "found"], ["gone", "none"]] },
  { name: "SARIF", report: sarif, states: [["new", "found"], ["unchanged", "found"], ["updated", "found"], ["absent", "none"]] },
  { name: "Snyk's API", report: parsed(snyk), states: [['{"status":"open"}', "found"], ['{"status":"resolved"}', "none"], ['{"status":"open","ignored":true}', "suppressed"]] },
  { name: "Semgrep's platform", report: parsed(semgrep), states: [['{"status":"open","state":"unresolved"}', "found"], ['{"status":"fixed"}', "none"], ['{"status":"open","state":"removed"}', "none"], ['{"state":"FIXED"}', "none"], ['{"status":"ignored"}', "suppressed"]] },
  { name: "Wazuh", report: wazuh, states: [["Active", "found"], ["Solved", "none"], ["OBSOLETE", "none"]] },
  { name: "CycloneDX", report: bill, states: [["exploitable", "found"], ["in_triage", "found"], ["not_affected", "found"], ["resolved", "none"], ["resolved_with_pedigree", "none"]] },
  { name: "a table with a status", report: table("Status"), states: [["Open", "found"], ["", "found"], ["Reopened", "found"], ["Fixed", "none"], ["RESOLVED", "none"], ["Mitigated", "none"], ["auto-fixed", "none"], ["Closed", "suppressed"], ["Resolved as a false positive", "suppressed"], ["Not fixed", "found"], ["2", "found"]] },
  { name: "a table that says when it was fixed", report: table("Fixed at"), states: [["", "found"], ["2026-01-01", "none"], ["28/02/2026", "none"], ["1.2.3", "found"]] },
  { name: "a table that asks whether it was fixed", report: table("is_mitigated"), states: [["0", "found"], ["no", "found"], ["", "found"], ["1", "none"], ["Y", "none"], ["x", "none"], ["TRUE", "none"]] },
  { name: "a table whose state is a code", report: table("issue_state"), states: [["0", "found"], ["1", "found"], ["x", "found"]] },
  { name: "a table with a day under fixed", report: table("Fixed"), states: [["", "found"], ["2026-01-01", "none"]] },
  { name: "DefectDojo's findings", report: parsed(defectDojo), states: [['{"active":true,"is_mitigated":false}', "found"], ['{"active":false,"is_mitigated":true,"mitigated":"2026-01-01T00:00:00Z"}', "none"], ['{"mitigated":"2026-01-01T10:00:00Z"}', "none"], ['{"mitigated":null}', "found"], ['{"is_mitigated":false,"false_p":true}', "suppressed"], ['{"is_mitigated":1}', "none"], ['{"is_mitigated":0}', "found"]] },
  // Here a yes says that there is a fix.
  { name: "a table of which a fix exists", report: table("Fixed"), states: [["yes", "found"], ["true", "found"], ["1", "found"], ["no", "found"]] },
  { name: "a table of which a fix exists, by another word", report: table("Resolved"), states: [["yes", "found"]] },
  { name: "a list of which a fix exists", report: parsed(defectDojo), states: [['{"fixed":true}', "found"], ['{"fixed":"yes"}', "found"]] },
  // Here the word says that there is a version without the weakness, and not that it is in use.
  { name: "Trivy, of which a fix exists", report: trivy, states: [["fixed", "found"], ["affected", "found"]] },
  { name: "Grype, of which a fix exists", report: grype, states: [["fixed", "found"], ["not-fixed", "found"]] },
];

describe.each(FORMATS)("$name", ({ report, states }) => {
  it.each(states)("%s: %s", async (state, outcome) => {
    const text = report(state);
    const found = recognise(text);
    if (found.kind !== "found") throw new Error(found.message);
    const { results, rejected, parts } = await readAll(found.importer, text);
    expect(rejected).toEqual([]);
    expect(parts).toHaveLength(1);
    expect(results.map(({ suppressed }) => (suppressed ? "suppressed" : "found"))).toEqual(outcome === "none" ? [] : [outcome]);
  });
});

it("what two reports of OpenVAS differ in proves nothing to be gone that it does not show", async () => {
  const found = recognise(openvas("same"));
  if (found.kind !== "found") throw new Error(found.message);
  expect((await readAll(found.importer, openvas("same"))).parts[0]).toMatchObject({ provesItsEnd: false });
  expect((await readAll(found.importer, openvas("same").replace(' type="delta"', ""))).parts[0]?.provesItsEnd).toBeUndefined();
});
