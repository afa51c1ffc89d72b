import { baseScore } from "@/lib/domain/finding/cvss";
import type { Severity } from "@/lib/domain/finding/words";
import type { AssetKind, Cvss, Observed } from "../contract";
import { foldPath } from "../fingerprints";
import type { Limits } from "../limits";
import { observed } from "./observed";
import { line } from "./plain-text";
import { packageNamed, packageOfPurl } from "./purl";
import { severityOfScore, severityOfWord } from "./severities";

type Text = string | null | undefined;

/** A known weakness of a package, as an importer reads it. What is left out is absent. */
export type PackageReading = {
  asset?: Text;
  assetKind?: AssetKind | null;
  /** Name of the advisory: `CVE-2024-1`, `GHSA-…`, `SNYK-…`, the tool's own. */
  advisory: string;
  /** A short sentence about it, without the package. */
  summary?: Text;
  /** Instead of advisory and summary. */
  title?: Text;
  description?: Text | readonly Text[];
  name: string;
  version?: Text;
  purl?: Text;
  /** The tool's word for where such packages come from: `npm`, `java-archive`, `Debian:12`. */
  ecosystem?: Text;
  /** The file that names or holds the package; absent for packages of a distribution. */
  file?: Text;
  /** What of the file identifies, where its path is another one on every machine. */
  stableFile?: Text;
  severity?: Severity | null;
  severityWord?: Text;
  cvss?: Cvss | null;
  cwe?: readonly Text[];
  /** More texts that name CVE and GHSA identifiers. */
  names?: readonly Text[];
  fixed?: readonly Text[];
  /** Instead of "Upgrade … to …". */
  remediation?: Text | readonly Text[];
  /** What else the tool says: shown as `Name: value`. */
  facts?: readonly (readonly [string, Text])[];
  references?: readonly Text[];
  tags?: readonly Text[];
  firstSeen?: Date | null;
  suppressed?: boolean;
};

/**
 * The result for a known weakness of a package. Identity is advisory, package and file, without the version: an
 * upgrade that is still vulnerable keeps its decisions.
 */
export function packageWeakness(reading: PackageReading, limits: Limits): Observed {
  const { advisory, summary, version = null, cvss = null } = reading;
  const known = packageOfPurl(reading.purl);
  const name = known?.name ?? packageNamed(reading.ecosystem, reading.name);
  const file = line(reading.file, limits.locationChars);
  const component = line(`${name} ${version ?? ""}`, limits.nameChars);
  const fixed = (reading.fixed ?? []).map((one) => line(one, 200)).filter((one) => one !== "");
  const facts: readonly (readonly [string, Text])[] = [
    ["Package", reading.purl ?? component],
    ["Installed", version],
    ["Fixed in", fixed.slice(0, 20).join(", ")],
    ["File", file],
    ...(reading.facts ?? []),
  ];
  return observed(
    {
      asset: reading.asset,
      assetKind: reading.assetKind,
      rule: { key: advisory, name: summary ?? advisory, help: reading.description, tags: reading.tags },
      title: reading.title ?? `${advisory}: ${line(summary, limits.titleChars) || `vulnerability in ${name}`}`,
      description: reading.description,
      location: file === "" ? component : `${component} (${file})`,
      identity: ["package", advisory, name, withoutVersion(line(reading.stableFile, limits.locationChars) || file, version)],
      severity: reading.severity ?? severityOfWord(reading.severityWord ?? null) ?? severityOfScore(cvss?.score ?? baseScore(cvss?.vector ?? null)) ?? "info",
      severityWord: reading.severityWord,
      cvss,
      cwe: reading.cwe,
      names: [advisory, ...(reading.names ?? [])],
      category: "Vulnerable package",
      observation: facts.flatMap(([fact, value]) => (value === null || value === undefined || value === "" ? [] : [`${fact}: ${value}`])).join("\n"),
      remediation: reading.remediation ?? remediationOf(name, fixed),
      references: reading.references,
      firstSeen: reading.firstSeen,
      suppressed: reading.suppressed,
      package: name,
      version,
    },
    limits,
  );
}

const remediationOf = (name: string, fixed: readonly string[]): string =>
  fixed.length === 0 ? "No fixed version is known." : `Upgrade ${name} to ${fixed.slice(0, 10).join(" or ")}.`;

/** `lib/spring-beans-5.3.15.jar` is the same place after an upgrade. */
const withoutVersion = (file: string, version: Text): string =>
  version === null || version === undefined || version.length < 3 ? foldPath(file) : foldPath(file).replaceAll(version, "#");
