import { ReportFault } from "../contract";
import type { Limits } from "../limits";
import { firstCvss } from "../reading/cvss-choice";
import { fieldsAt, listAt, numberAt, stringAt, stringsAt, valueAt, type Fields } from "../reading/fields";
import type { Entry } from "../reading/tally";
import { cvss } from "../reading/observed";
import { packageWeakness } from "../reading/package-weakness";
import { packageOfPurl } from "../reading/purl";
import { spelt } from "../reading/spelt-vector";

export type Project = { name: string | null; date: string | null; failed: boolean; known: boolean; listed: boolean };

/** A piece of a report in the words of the JSON form. */
export type CheckPart =
  | { kind: "project"; project: Partial<Project> }
  | { kind: "dependency"; value: unknown; path: string; at: readonly number[]; keys: readonly string[]; line: number };

export function checkProject(project: Project): void {
  if (!project.known) throw new ReportFault("This is no report of Dependency-Check: it names no project", { path: "projectInfo" });
  if (!project.listed) throw new ReportFault("The report of Dependency-Check holds no list of `dependencies`: it does not say what was looked at", { path: "dependencies" });
}

/** Every vulnerability of a dependency, and those that a suppression file hides. */
export function readDependency(raw: Fields, asset: string | null, limits: Limits): Entry[] {
  const open = listAt(raw, "vulnerabilities", 10_000);
  const hidden = listAt(raw, "suppressedVulnerabilities", 10_000);
  return [...open.map((one) => readVulnerability(one, raw, asset, false, limits)), ...hidden.map((one) => readVulnerability(one, raw, asset, true, limits))];
}

function readVulnerability(raw: unknown, dependency: Fields, asset: string | null, suppressed: boolean, limits: Limits): Entry {
  const name = stringAt(raw, "name");
  if (name === null) return "a vulnerability needs a name";
  const owner = ownerOf(dependency);
  if (owner === null) return "its dependency needs a fileName";
  const software = listAt(raw, "vulnerableSoftware", 500).map((one) => (isWrapped(one) ? valueAt(one, "software") : one));
  const related = listAt(dependency, "relatedDependencies", 20).map((one) => stringAt(one, "fileName") ?? stringAt(one, "filePath"));
  return packageWeakness(
    {
      asset,
      assetKind: asset === null ? null : "application",
      advisory: name,
      description: stringAt(raw, "description"),
      name: owner.name,
      version: owner.version,
      purl: owner.purl,
      ecosystem: owner.ecosystem,
      file: stringAt(dependency, "filePath") ?? stringAt(dependency, "fileName"),
      // The path is the build machine's; the name says in which archive inside of which the file lies.
      stableFile: stringAt(dependency, "fileName"),
      severityWord: stringAt(raw, "severity"),
      cvss: firstCvss([thirdVersion(fieldsAt(raw, "cvssv3")), fourthVersion(fieldsAt(raw, "cvssv4")), secondVersion(fieldsAt(raw, "cvssv2"))]),
      cwe: [...stringsAt(raw, "cwes", limits.listItems), name],
      fixed: software.map((one) => stringAt(one, "versionEndExcluding")).filter((one, at, all) => one !== null && all.indexOf(one) === at),
      facts: [
        ["Dependency", stringAt(dependency, "fileName")],
        ["Source", stringAt(raw, "source")],
        ["Matched", software.filter((one) => String(valueAt(one, "vulnerabilityIdMatched")) === "true").map((one) => stringAt(one, "id")).filter(Boolean).slice(0, 5).join(", ")],
        ["Also in", related.filter(Boolean).join(", ")],
        ["Used by", stringsAt(dependency, "projectReferences", 20).join(", ")],
        ["Suppressed because", suppressed ? stringAt(raw, "notes") : null],
      ],
      references: listAt(raw, "references", limits.listItems).map((one) => stringAt(one, "url")),
      suppressed,
    },
    limits,
  );
}

const isWrapped = (one: unknown): boolean => typeof valueAt(one, "software") === "object";

type Owner = { name: string; version: string | null; purl: string | null; ecosystem: string | null };

/** The package URL that the tool is surest of, the Maven name of older versions, else the file without its version. */
function ownerOf(dependency: Fields): Owner | null {
  for (const one of listAt(dependency, "packages", 20)) {
    const purl = stringAt(one, "id");
    const known = packageOfPurl(purl);
    if (known !== null) return { name: known.name, version: known.version, purl, ecosystem: known.type };
  }
  const maven = listAt(dependency, "identifiers", 20).find((one) => stringAt(one, "type") === "maven");
  const [group, artifact, version = null] = (stringAt(maven, "name") ?? "").split(":");
  if (group !== undefined && artifact !== undefined) return { name: `${group}:${artifact}`, version, purl: null, ecosystem: "maven" };
  const file = stringAt(dependency, "fileName");
  const inner = file?.split(": ").at(-1) ?? "";
  const found = /^(.{1,200}?)[-:_](\d[\w.+-]{0,60}?)(?:\.(?:jar|war|ear|js|dll|zip|tar|gz|whl|nupkg))*$/.exec(inner);
  return file === null ? null : { name: found?.[1] ?? inner, version: found?.[2] ?? null, purl: null, ecosystem: null };
}

function thirdVersion(given: Fields): ReturnType<typeof cvss> {
  const version = stringAt(given, "version") === "3.0" ? "3.0" : "3.1";
  const vector = spelt(given, { AV: "attackVector", AC: "attackComplexity", PR: "privilegesRequired", UI: "userInteraction", S: "scope", C: "confidentialityImpact", I: "integrityImpact", A: "availabilityImpact" });
  return cvss({ vector: vector === null ? null : `CVSS:${version}/${vector}`, score: numberAt(given, "baseScore"), version });
}

const fourthVersion = (given: Fields): ReturnType<typeof cvss> => cvss({ vector: stringAt(given, "vectorString"), score: numberAt(given, "baseScore"), version: "4.0" });

const secondVersion = (given: Fields): ReturnType<typeof cvss> => cvss({ vector: spelt(given, { AV: "accessVector", AC: "accessComplexity", Au: "authenticationr", C: "confidentialImpact", I: "integrityImpact", A: "availabilityImpact" }), score: numberAt(given, "score"), version: "2.0" });
