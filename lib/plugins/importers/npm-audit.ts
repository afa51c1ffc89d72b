import { ReportFault, type Importer, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { advisoryOf, cvssOf, readAdvisory } from "./reading/npm-advisory";
import { isFields, listAt, numberAt, stringAt, stringsAt, valueAt, type Fields } from "./reading/fields";
import { cutElements, elementsOf } from "./reading/json-elements";
import { outline } from "./reading/json-outline";
import { packageWeakness } from "./reading/package-weakness";
import { Tally, type Entry } from "./reading/tally";

/** npm 6 (and pnpm) lists advisories, npm 7 and later the packages with what makes them vulnerable. */
const WANTED = ["advisories.*", "vulnerabilities.*", "auditReportVersion", "metadata"];

/** A package is vulnerable by advisories of its own (objects) and by other packages (their names), which are told at those. */
function readPackage(raw: Fields, key: string, limits: Limits): Entry[] {
  const via = listAt(raw, "via", limits.listItems * 10).filter(isFields);
  return via.map((one) => {
    const advisory = advisoryOf(one, numberAt(one, "source"));
    if (advisory === null) return "an advisory needs a source or a url";
    return packageWeakness(
      {
        advisory,
        summary: stringAt(one, "title"),
        name: stringAt(one, "dependency") ?? stringAt(one, "name") ?? key,
        ecosystem: "npm",
        severityWord: stringAt(one, "severity") ?? stringAt(raw, "severity"),
        cvss: cvssOf(one),
        cwe: stringsAt(one, "cwe", limits.listItems),
        remediation: remediationOf(valueAt(raw, "fixAvailable"), key),
        facts: [
          ["Vulnerable versions", stringAt(one, "range")],
          ["Direct dependency", valueAt(raw, "isDirect") === true ? "yes" : null],
          ["Lies in", stringsAt(raw, "nodes", 20).join(", ")],
          ["Makes vulnerable", stringsAt(raw, "effects", 20).join(", ")],
        ],
        references: [stringAt(one, "url")],
      },
      limits,
    );
  });
}

function remediationOf(fix: unknown, name: string): string | null {
  if (fix === true) return `npm audit fix brings a fixed ${name}.`;
  const [upgrade, version] = [stringAt(fix, "name"), stringAt(fix, "version")];
  if (upgrade === null || version === null) return null;
  const major = valueAt(fix, "isSemVerMajor") === true ? ", a major version," : "";
  return upgrade === name ? `Upgrade ${name} to ${version}${major.replace(/,$/, "")}.` : `Upgrade ${upgrade} to ${version}${major} which brings a fixed ${name}.`;
}

function recognises(head: string): Recognition {
  const { root, keys } = outline(head);
  if (root !== "object") return { verdict: "no", why: "an npm audit report is a JSON object" };
  if (keys.has("auditReportVersion")) return { verdict: "yes", why: "`auditReportVersion`" };
  if (keys.has("advisories") && (keys.has("actions") || /"module_name"\s*:/.test(head))) return { verdict: "yes", why: "`advisories` about modules" };
  return { verdict: "no", why: "neither `auditReportVersion` nor `advisories` about modules" };
}

/** npm audit --json of npm 6 and of npm 7 and later; one finding is one advisory about one package. The report names no project. */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const elements = elementsOf(WANTED, limits);
  const tally = new Tally(limits);
  for await (const batch of cutElements(source, elements)) {
    for (const cut of batch) {
      const [key = ""] = cut.keys;
      if (cut.keys.length === 0) continue;
      if (!isFields(cut.value)) yield* tally.entries(cut, ["an entry must be an object"]);
      else if (cut.path.startsWith("advisories")) yield* tally.entries(cut, [readAdvisory(cut.value, limits)]);
      else yield* tally.entries(cut, readPackage(cut.value, key, limits));
    }
  }
  const { seen } = elements;
  const lists = seen.has("advisories") || seen.has("vulnerabilities");
  if (!lists || !(seen.has("auditReportVersion") || seen.has("metadata"))) throw new ReportFault("This is no npm audit report: it lists neither advisories nor vulnerabilities", { path: "(root)" });
  yield { kind: "part", part: { detector: "npm-audit", takenAt: null, failed: false, scannedAssets: [], rules: null } };
}

export const npmAudit: Importer = { format: "npm-audit", label: "npm audit JSON", media: ["json"], about: "repository", passes: 1, recognises, parse };
