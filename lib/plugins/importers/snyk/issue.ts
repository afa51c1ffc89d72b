import type { Observed } from "../contract";
import { foldPath } from "../fingerprints";
import type { Limits } from "../limits";
import { firstCvss } from "../reading/cvss-choice";
import { fieldsAt, instant, listAt, numberAt, stringAt, valueAt, type Fields } from "../reading/fields";
import { filePlace } from "../reading/file-place";
import { cvss, observed } from "../reading/observed";
import { packageWeakness, type PackageReading } from "../reading/package-weakness";
import { severityOfWord } from "../reading/severities";

/** An issue of the REST API (`/rest/orgs/…/issues`); null for one that Snyk calls resolved: nobody sees it any more. */
export function readIssue(raw: Fields, limits: Limits): Observed | string | null {
  const attributes = fieldsAt(raw, "attributes");
  const key = stringAt(attributes, "key");
  if (key === null) return "an issue needs a key";
  if (/^(?:resolved|fixed)$/i.test(stringAt(attributes, "status") ?? "")) return null;
  const places = listAt(attributes, "coordinates", 50).flatMap((one) => listAt(one, "representations", 50));
  const dependency = places.map((one) => fieldsAt(one, "dependency")).find((one) => stringAt(one, "package_name") !== null);
  const problems = listAt(attributes, "problems", limits.listItems);
  const scores = listAt(attributes, "severities", 20);
  const word = stringAt(attributes, "effective_severity_level");
  const about = {
    // The name of the project is behind another address of the API: its number is all that tells projects apart here.
    asset: stringAt(fieldsAt(fieldsAt(fieldsAt(raw, "relationships"), "scan_item"), "data"), "id"),
    assetKind: "application",
    description: stringAt(attributes, "description"),
    severity: severityOfWord(word),
    severityWord: word,
    cvss: firstCvss(scores.map((one) => cvss({ vector: stringAt(one, "vector"), score: numberAt(one, "score"), version: stringAt(one, "version") }))),
    cwe: listAt(attributes, "classes", limits.listItems).map((one) => stringAt(one, "id")),
    names: problems.map((one) => stringAt(one, "id")),
    references: problems.map((one) => stringAt(one, "url")),
    firstSeen: instant(stringAt(attributes, "created_at")),
    suppressed: valueAt(attributes, "ignored") === true,
  } as const;
  if (dependency === undefined) return readCode(attributes, key, places, about, limits);
  return packageWeakness(
    {
      ...about,
      advisory: problemOf(problems) ?? key,
      summary: stringAt(attributes, "title"),
      name: stringAt(dependency, "package_name") ?? "",
      version: stringAt(dependency, "package_version"),
      ecosystem: ECOSYSTEMS.get(/^SNYK-([A-Z]+)-/.exec(problemOf(problems) ?? key)?.[1] ?? ""),
      remediation: valueAt(listAt(attributes, "coordinates", 1)[0], "is_upgradeable") === true ? "Snyk knows an upgrade without this weakness." : null,
    },
    limits,
  );
}

/** The API does not say what ecosystem a package is of; Snyk's number of the vulnerability does. */
const ECOSYSTEMS: ReadonlyMap<string, string> = new Map([
  ["JS", "npm"],
  ["JAVA", "maven"],
  ["PYTHON", "pypi"],
  ["GOLANG", "golang"],
  ["PHP", "composer"],
  ["RUBY", "gem"],
  ["DOTNET", "nuget"],
  ["RUST", "cargo"],
]);

const problemOf = (problems: readonly unknown[]): string | null =>
  problems.map((one) => stringAt(one, "id")).find((one) => one?.startsWith("SNYK-") === true) ?? null;

/** Weaknesses of code and configuration: their key is Snyk's own stable fingerprint. */
function readCode(attributes: Fields, key: string, places: readonly unknown[], about: Omit<PackageReading, "advisory" | "name">, limits: Limits): Observed {
  const place = places.map((one) => fieldsAt(one, "sourceLocation")).find((one) => stringAt(one, "file") !== null);
  const file = stringAt(place, "file");
  const start = numberAt(fieldsAt(fieldsAt(place, "region"), "start"), "line");
  const title = stringAt(attributes, "title");
  const type = stringAt(attributes, "type") ?? "issue";
  return observed(
    {
      ...about,
      severity: about.severity ?? "info",
      rule: { key: `${type}/${title ?? key}`, name: title },
      title: title ?? key,
      location: filePlace(file ?? "", start),
      identity: ["snyk issue", key, file === null ? null : foldPath(file)],
      context: ["snyk issue", key],
      category: type.replaceAll("_", " "),
    },
    limits,
  );
}
