import { ReportFault, type Importer, type Observed, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { fieldsAt, isFields, numberAt, stringAt, stringsAt, valueAt, type Fields } from "./reading/fields";
import { cutElements, elementsOf, type Cut } from "./reading/json-elements";
import { outline } from "./reading/json-outline";
import { readCheck, readMisconfiguration } from "./trivy/configuration";
import type { EntryContext } from "./trivy/context";
import { contextOf, ENTRIES, readFacts, type ReportFacts } from "./trivy/report";
import { readSecret } from "./trivy/secret";
import { readLicence, readVulnerability } from "./trivy/vulnerability";

type Reader = (raw: Fields, context: EntryContext) => Observed | string | null;

/** The last key of an entry's path → who reads it. A text is why it cannot be used; null is no finding. */
const READERS: Readonly<Record<string, Reader>> = {
  Vulnerabilities: readVulnerability,
  Misconfigurations: readMisconfiguration,
  Secrets: readSecret,
  Licenses: readLicence,
  ExperimentalModifiedFindings: readModified,
  vulnerabilities: (raw, context) => readVulnerability(commandLineSpelling(raw), context),
  checks: readCheck,
  secrets: readSecret,
};

const MODIFIED: ReadonlyMap<string, Reader> = new Map([
  ["vulnerability", readVulnerability],
  ["misconfiguration", readMisconfiguration],
  ["secret", readSecret],
  ["license", readLicence],
]);

/** `--show-suppressed`: what an ignore file or a VEX statement hides is seen, and suppressed by the report. */
function readModified(raw: Fields, context: EntryContext): Observed | string | null {
  const reader = MODIFIED.get(stringAt(raw, "Type") ?? "");
  return reader ? reader(fieldsAt(raw, "Finding"), { ...context, suppressed: true }) : "an entry of a type that is not known";
}

/** The operator's names of the same fields. */
function commandLineSpelling(raw: Fields): Fields {
  return {
    VulnerabilityID: stringAt(raw, "vulnerabilityID"),
    PkgName: stringAt(raw, "resource"),
    PkgPath: stringAt(raw, "packagePath") ?? stringAt(raw, "pkgPath"),
    PkgIdentifier: { PURL: stringAt(raw, "packagePURL") },
    InstalledVersion: stringAt(raw, "installedVersion"),
    FixedVersion: stringAt(raw, "fixedVersion"),
    Severity: stringAt(raw, "severity"),
    Title: stringAt(raw, "title"),
    Description: stringAt(raw, "description"),
    PrimaryURL: stringAt(raw, "primaryLink"),
    References: stringsAt(raw, "links", 1_000),
    CVSS: valueAt(raw, "cvss"),
    Score: numberAt(raw, "score"),
  };
}

function recognises(head: string): Recognition {
  const { keys, texts } = outline(head);
  const operator = /^aquasecurity\.github\.io\//.test(texts.get("apiVersion") ?? "");
  if (operator) return { verdict: "yes", why: "a report of the Trivy operator" };
  if (keys.has("ArtifactName") && (keys.has("SchemaVersion") || keys.has("Results"))) return { verdict: "yes", why: "`ArtifactName` beside `Results`" };
  if (keys.has("ClusterName") && ["Resources", "Vulnerabilities", "Misconfigurations"].some((key) => keys.has(key))) return { verdict: "yes", why: "a Trivy report of a cluster" };
  if (keys.has("Target") && (keys.has("Vulnerabilities") || keys.has("Misconfigurations"))) return { verdict: "yes", why: "the bare list of older Trivy versions" };
  if (/"aquasecurity\.github\.io\//.test(head) && keys.has("items")) return { verdict: "yes", why: "a list of reports of the Trivy operator" };
  return { verdict: "no", why: "neither `ArtifactName` with `Results` nor a report of the Trivy operator" };
}

/**
 * Trivy's JSON: image, filesystem, configuration and cluster scans, the bare list of old versions, and the reports
 * of its Kubernetes operator, of several kinds in one file or apart: each is read by itself. Checks that passed are no findings. The command line
 * scans one asset per report, and its checks of configuration are a look of their own.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const facts = await readFacts(source, limits);
  for (const detector of facts.detectors) yield* parseOf(detector, facts, source, limits);
}

async function* parseOf(detector: string, facts: ReportFacts, source: Source, limits: Limits): AsyncGenerator<Yield> {
  let results = 0;
  for await (const batch of cutElements(source, elementsOf(ENTRIES, limits))) {
    for (const cut of batch) {
      if (++results > limits.results) throw new ReportFault(`The report holds more than ${String(limits.results)} results`, { line: cut.line });
      if (facts.detectorOf(cut) !== detector) continue;
      const reader = READERS[/(\w+)\[\]$/.exec(cut.path)?.[1] ?? ""];
      const read = isFields(cut.value) && reader ? reader(cut.value, contextOf(cut, facts, limits)) : "an entry must be an object";
      if (typeof read === "string") yield { kind: "rejected", where: placeOf(cut), why: read };
      else if (read !== null) yield { kind: "result", result: read, where: placeOf(cut) };
    }
  }
  yield { kind: "part", part: { detector, takenAt: facts.takenAt(detector), failed: false, scannedAssets: facts.assets(detector), rules: null, ...(facts.isProven ? {} : { provesItsEnd: false }) } };
}

/** `Results[2].Vulnerabilities[17], line 204` */
function placeOf(cut: Cut): string {
  let list = 0;
  return `${cut.path.replaceAll("[]", () => `[${String(cut.at[list++] ?? 0)}]`)}, line ${String(cut.line)}`;
}

export const trivy: Importer = { format: "trivy", label: "Trivy JSON", media: ["json"], about: "repository", passes: 2, recognises, parse };
