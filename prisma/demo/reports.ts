import { FOLDERS, REPOSITORIES, RULES, type CodeRule } from "./code";
import { chance, isSeen, roll } from "./dice";
import { HOSTS, PLUGINS, type Plugin } from "./hosts";
import { FLAWS, IMAGES } from "./images";

/** One scan of the demo, written as the real tool writes it. */
export type Report = { name: string; text: string; takenAt: Date };
export type Place = "production" | "staging";

const RISK = ["None", "Low", "Medium", "High", "Critical"] as const;
const NAMED = /[&<>"']/g;
const escapeXml = (text: string) => text.replace(NAMED, (char) => `&#${char.charCodeAt(0)};`);

/** The network scan of one place: Nessus v2. `scan` counts from 0 to `last`. */
export function networkReport(place: Place, scan: number, last: number, takenAt: Date): Report {
  const hosts = HOSTS[place].map((host, i) => networkHost(host, `10.${place === "production" ? 20 : 40}.0.${i + 10}`, scan, last, takenAt));
  const text = `<?xml version="1.0" ?>\n<NessusClientData_v2>\n<Report name="${place} network">\n${hosts.join("\n")}\n</Report>\n</NessusClientData_v2>\n`;
  return { name: `${place}-network-${scan + 1}.nessus`, text, takenAt };
}

function networkHost(host: string, ip: string, scan: number, last: number, takenAt: Date): string {
  const found = PLUGINS.filter((plugin) => chance("host", host, plugin.id) < plugin.share && isSeen(scan, last, host, plugin.id));
  const end = takenAt.toUTCString().replace(",", "").replace(" GMT", "");
  const tags = `<HostProperties><tag name="HOST_END_TIMESTAMP">${Math.floor(takenAt.getTime() / 1000)}</tag><tag name="HOST_END">${end}</tag><tag name="host-ip">${ip}</tag><tag name="host-fqdn">${host}</tag></HostProperties>`;
  return `<ReportHost name="${host}">${tags}\n${found.map(networkItem).join("\n")}</ReportHost>`;
}

function networkItem(plugin: Plugin): string {
  const field = (name: string, value: string | number | undefined) => (value === undefined ? "" : `<${name}>${escapeXml(String(value))}</${name}>`);
  const fields = [
    field("risk_factor", RISK[plugin.severity]), field("synopsis", plugin.name), field("description", plugin.about), field("solution", plugin.fix),
    field("cvss3_base_score", plugin.score), field("cvss3_vector", plugin.cvss), field("cve", plugin.cve), field("cwe", plugin.cwe), field("plugin_output", plugin.output),
  ];
  return `<ReportItem port="${plugin.port}" svc_name="${plugin.service}" protocol="${plugin.service === "snmp" ? "udp" : "tcp"}" severity="${plugin.severity}" pluginID="${plugin.id}" pluginName="${escapeXml(plugin.name)}" pluginFamily="General">${fields.join("")}</ReportItem>`;
}

/** The scan of one image: Trivy JSON. */
export function imageReport(image: string, scan: number, last: number, takenAt: Date): Report {
  const found = FLAWS.filter((flaw) => chance("image", image, flaw.id, flaw.package) < flaw.share && isSeen(scan, last, image, flaw.id, flaw.package));
  const vulnerabilities = found.map((flaw) => ({
    VulnerabilityID: flaw.id, PkgName: flaw.package, InstalledVersion: flaw.installed, FixedVersion: flaw.fixed || undefined, Status: flaw.fixed ? "fixed" : "affected",
    SeveritySource: "nvd", PrimaryURL: `https://avd.aquasec.com/nvd/${flaw.id.toLowerCase()}`, Title: flaw.title, Severity: flaw.severity, CweIDs: [flaw.cwe],
    Description: `${flaw.title}. Found in ${flaw.package} ${flaw.installed}${flaw.fixed ? `, mended in ${flaw.fixed}` : "; no mended version yet"}.`,
    CVSS: { nvd: { V3Score: flaw.score } }, References: [`https://nvd.nist.gov/vuln/detail/${flaw.id}`],
  }));
  const report = {
    SchemaVersion: 2, CreatedAt: takenAt.toISOString(), ArtifactName: image, ArtifactType: "container_image",
    Results: [{ Target: `${image} (debian 12.1)`, Class: "os-pkgs", Type: "debian", Vulnerabilities: vulnerabilities }],
  };
  return { name: `${image.replace(/[/:]/g, "-")}.trivy.json`, text: JSON.stringify(report), takenAt };
}

/** The code scan of a place's repositories: one SARIF log with a run for each. */
export function codeReport(place: Place, scan: number, last: number, takenAt: Date): Report {
  const rulesOf = (repository: string) => RULES.map(({ id, name, level, score, cwe, message }) => ({
    id: ruleId(repository, id, scan === last), name, shortDescription: { text: name }, fullDescription: { text: message }, defaultConfiguration: { level },
    properties: { "security-severity": score.toFixed(1), tags: ["security", `external/cwe/cwe-${cwe}`] },
  }));
  const runs = REPOSITORIES[place].map((repository) => ({
    tool: { driver: { name: "CodeScan", version: "4.1.0", informationUri: "https://codescan.acme.test", rules: rulesOf(repository) } },
    invocations: [{ executionSuccessful: true, endTimeUtc: takenAt.toISOString() }],
    versionControlProvenance: [{ repositoryUri: repository, branch: "main" }],
    results: RULES.flatMap((rule) => codeResults(repository, rule, scan, last)),
  }));
  const text = JSON.stringify({ $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs });
  return { name: `${place}-code-${scan + 1}.sarif`, text, takenAt };
}

/** In one repository the last scan's rule pack calls a check by another name: decisions on what it found wait to be carried over. */
function ruleId(repository: string, rule: string, isLast: boolean): string {
  return isLast && repository.endsWith("/pay-api") && rule === "error-text-shown" ? "error-text-exposed" : rule;
}

/** A folder that was renamed before the last scan: what was found in it is known again. */
const MOVED: Readonly<Record<string, string>> = { "web/components": "web/ui" };

function codeResults(repository: string, rule: CodeRule, scan: number, last: number) {
  const places = Array.from({ length: rule.places * 4 }, (_, i) => i).filter((i) => chance("code", repository, rule.id, i) < 0.7 && isSeen(scan, last, repository, rule.id, i));
  return places.map((i) => {
    const first = FOLDERS[roll(FOLDERS.length, "folder", repository, rule.id, i)] ?? "src";
    const folder = scan === last && repository.endsWith("/shop-web") ? (MOVED[first] ?? first) : first;
    const subject = ["account", "order", "search", "upload", "session", "invoice", "profile", "export"][roll(8, "file", repository, rule.id, i)] ?? "main";
    const file = `${folder}/${subject}-${i + 1}.ts`;
    const line = 12 + roll(380, "line", repository, rule.id, i) + roll(6, "shift", repository, rule.id, i, scan); // code moves between scans
    return {
      ruleId: ruleId(repository, rule.id, scan === last), level: rule.level, message: { text: rule.message },
      locations: [{ physicalLocation: { artifactLocation: { uri: file }, region: { startLine: line, snippet: { text: `export async function ${subject}${i + 1}(req, res) {\n  ${rule.line}` } } } }],
    };
  });
}

/** Every report of a place's scan number `scan`, oldest detector first. */
export function reportsOf(place: Place, scan: number, last: number, takenAt: Date): Report[] {
  const later = (minutes: number) => new Date(takenAt.getTime() + minutes * 60_000);
  const images = scan % 2 === 0 || scan === last ? IMAGES[place].map((image, i) => imageReport(image, scan, last, later(10 + i))) : [];
  return [networkReport(place, scan, last, takenAt), ...images, codeReport(place, scan, last, later(40))];
}
