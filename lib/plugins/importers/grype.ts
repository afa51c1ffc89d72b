import { ReportFault, type Importer, type Observed, type Recognition, type ScannedAsset, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { firstCvss } from "./reading/cvss-choice";
import { fieldsAt, instant, isFields, listAt, numberAt, stringAt, stringsAt, valueAt, type Fields } from "./reading/fields";
import { cutElements, elementsOf } from "./reading/json-elements";
import { readFacts, type Facts } from "./reading/json-entries";
import { outline } from "./reading/json-outline";
import { cvss } from "./reading/observed";
import { packageWeakness } from "./reading/package-weakness";
import { line } from "./reading/plain-text";
import { Tally } from "./reading/tally";

/** `ignoredMatches`: what a rule or a VEX statement hides. */
const MATCHES = ["matches[]", "ignoredMatches[]"];
const FACTS = ["source.type", "source.target", "descriptor.name", "descriptor.timestamp"];

/** Packages of a distribution lie in its database, wherever that is: the file says nothing. */
const OF_A_DISTRIBUTION = new Set(["deb", "rpm", "apk", "alpm", "portage"]);

/** Where the scanned image or folder is named; a folder called `.` names nothing, its uploader does. */
function assetOf(facts: Facts): ScannedAsset | null {
  const target = facts.at("source.target");
  const name = line(typeof target === "string" ? target : stringAt(target, "userInput"), 300).replace(/^(?:dir:|file:|sbom:)/, "").replace(/^(?:\.\/)+/, "");
  if (name === "" || name === "." || name === "/") return null;
  return { name, kind: facts.text("source.type") === "image" ? "container" : "repository" };
}

function readMatch(raw: unknown, suppressed: boolean, asset: ScannedAsset | null, limits: Limits): Observed | string {
  const vulnerability = fieldsAt(raw, "vulnerability");
  const artifact = fieldsAt(raw, "artifact");
  const [id, name] = [stringAt(vulnerability, "id"), stringAt(artifact, "name")];
  if (id === null || name === null) return "a match needs vulnerability.id and artifact.name";
  const related = listAt(raw, "relatedVulnerabilities", limits.listItems);
  const type = stringAt(artifact, "type");
  const [place] = listAt(artifact, "locations", 1);
  const all: readonly unknown[] = [vulnerability, ...related];
  return packageWeakness(
    {
      asset: asset?.name,
      assetKind: asset?.kind,
      advisory: id,
      description: stringAt(vulnerability, "description") ?? stringAt(related[0], "description"),
      name,
      version: stringAt(artifact, "version"),
      purl: stringAt(artifact, "purl"),
      ecosystem: type,
      file: OF_A_DISTRIBUTION.has(type ?? "") ? null : stringAt(place, "path"),
      severityWord: stringAt(vulnerability, "severity"),
      cvss: firstCvss(all.flatMap(cvssOf)),
      cwe: all.flatMap((one) => listAt(one, "cwes", limits.listItems).map((cwe) => stringAt(cwe, "cwe"))),
      names: related.map((one) => stringAt(one, "id")),
      fixed: stringsAt(fieldsAt(vulnerability, "fix"), "versions", 20),
      remediation: unfixed(vulnerability),
      facts: factsOf(raw, vulnerability, type, limits),
      references: all.flatMap((one) => [stringAt(one, "dataSource"), ...stringsAt(one, "urls", limits.listItems)]),
      tags: [type],
      suppressed,
    },
    limits,
  );
}

const cvssOf = (vulnerability: unknown): ReturnType<typeof cvss>[] =>
  listAt(vulnerability, "cvss", 20).map((one) => cvss({ version: stringAt(one, "version"), vector: stringAt(one, "vector"), score: numberAt(fieldsAt(one, "metrics"), "baseScore") }));

/** What the vendor says instead of a fix. */
function unfixed(vulnerability: Fields): string | null {
  const state = stringAt(fieldsAt(vulnerability, "fix"), "state");
  return state === "wont-fix" ? "The vendor will not fix it." : state === "not-fixed" ? "No fixed version is known." : null;
}

function factsOf(raw: unknown, vulnerability: Fields, type: string | null, limits: Limits): [string, string | null][] {
  const details = listAt(raw, "matchDetails", 10);
  const [epss] = listAt(vulnerability, "epss", 1);
  const ignored = listAt(raw, "appliedIgnoreRules", 10).map((rule) => stringAt(rule, "reason") ?? stringAt(rule, "vulnerability") ?? "a rule without a name");
  return [
    ["Kind", type],
    ["Vulnerable versions", details.map((one) => stringAt(fieldsAt(one, "found"), "versionConstraint")).find((one) => one !== null) ?? null],
    ["Matched by", details.map((one) => stringAt(one, "matcher")).filter(Boolean).join(", ")],
    ["Data from", stringAt(vulnerability, "namespace")],
    ["EPSS", numberAt(epss, "epss")?.toString() ?? null],
    ["Known to be exploited", Array.isArray(valueAt(vulnerability, "knownExploited")) ? "yes" : null],
    ["Other places", listAt(fieldsAt(raw, "artifact"), "locations", limits.listItems).slice(1, 11).map((one) => stringAt(one, "path")).filter(Boolean).join(", ")],
    ["Ignored by", ignored.join(", ")],
  ];
}

function recognises(head: string): Recognition {
  const { root, keys } = outline(head);
  if (root !== "object" || !keys.has("matches")) return { verdict: "no", why: "no `matches` at the top" };
  if (/"(?:matchDetails|relatedVulnerabilities|artifact)"\s*:/.test(head)) return { verdict: "yes", why: "`matches` of vulnerabilities with artifacts" };
  if (keys.has("descriptor") && /"name"\s*:\s*"grype"/.test(head)) return { verdict: "yes", why: "`matches` and Grype's own descriptor" };
  return { verdict: "no", why: "`matches`, but not of vulnerabilities" };
}

/** Grype's JSON: one image, folder or bill of materials per report; what its rules ignore is read as suppressed. */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const facts = await readFacts(source, FACTS, MATCHES, limits);
  if (!facts.seen.has("matches")) throw new ReportFault("This is no Grype report: it has no `matches`", { path: "(root)" });
  const asset = assetOf(facts);
  const tally = new Tally(limits);
  for await (const batch of cutElements(source, elementsOf(MATCHES, limits))) {
    for (const cut of batch) {
      yield* tally.entries(cut, [isFields(cut.value) ? readMatch(cut.value, cut.path.startsWith("ignored"), asset, limits) : "a match must be an object"]);
    }
  }
  yield { kind: "part", part: { detector: "grype", takenAt: instant(facts.text("descriptor.timestamp")), failed: false, scannedAssets: asset === null ? [] : [asset], rules: null } };
}

export const grype: Importer = { format: "grype", label: "Grype JSON", media: ["json"], about: "repository", passes: 2, recognises, parse };
