import type { Observed } from "../contract";
import type { Limits } from "../limits";
import { firstCvss } from "../reading/cvss-choice";
import { fieldsAt, instant, isFields, listAt, numberAt, stringAt, type Fields } from "../reading/fields";
import { packageWeakness } from "../reading/package-weakness";
import { scored } from "./rest";

/** A `RepositoryVulnerabilityAlert`, with whichever of its fields the query asked for; null for one that is fixed. */
export function readGraph(node: Fields, repository: string | null, limits: Limits): Observed | string | null {
  const raw = isFields(node.node) ? node.node : node;
  const vulnerability = fieldsAt(raw, "securityVulnerability");
  const about = fieldsAt(vulnerability, "package");
  const name = stringAt(about, "name");
  if (name === null) return "an alert needs a securityVulnerability with a package";
  const state = stringAt(raw, "state")?.toUpperCase();
  if (state === "FIXED" || stringAt(raw, "fixedAt") !== null) return null;
  const advisory = advisoryOf(raw, vulnerability);
  const identifiers = listAt(advisory, "identifiers", limits.listItems).map((one) => stringAt(one, "value"));
  const summary = stringAt(advisory, "summary");
  const id = stringAt(advisory, "ghsaId") ?? identifiers.find((one) => one !== null) ?? summary;
  if (id === null) return "its advisory needs an identifier or a summary";
  const why = [stringAt(raw, "dismissReason"), stringAt(raw, "dismissComment")].filter(Boolean).join(": ");
  return packageWeakness(
    {
      asset: repository,
      assetKind: repository === null ? null : "repository",
      advisory: id,
      summary,
      title: id === summary ? summary : null,
      description: stringAt(advisory, "description"),
      name,
      ecosystem: stringAt(about, "ecosystem"),
      file: stringAt(raw, "vulnerableManifestPath") ?? stringAt(raw, "vulnerableManifestFilename"),
      severityWord: stringAt(vulnerability, "severity") ?? stringAt(advisory, "severity"),
      cvss: firstCvss([fieldsAt(advisory, "cvss"), fieldsAt(fieldsAt(advisory, "cvssSeverities"), "cvssV3"), fieldsAt(fieldsAt(advisory, "cvssSeverities"), "cvssV4")].map((one) => scored(stringAt(one, "vectorString"), numberAt(one, "score")))),
      cwe: listAt(fieldsAt(advisory, "cwes"), "nodes", limits.listItems).map((one) => stringAt(one, "cweId")),
      names: identifiers,
      fixed: [stringAt(fieldsAt(vulnerability, "firstPatchedVersion"), "identifier")],
      facts: [
        ["Required", stringAt(raw, "vulnerableRequirements")],
        ["Vulnerable versions", stringAt(vulnerability, "vulnerableVersionRange")],
        ["Scope", stringAt(raw, "dependencyScope")?.toLowerCase()],
        ["Dismissed", why],
      ],
      references: [stringAt(advisory, "permalink"), ...listAt(advisory, "references", limits.listItems).map((one) => stringAt(one, "url"))],
      firstSeen: instant(stringAt(raw, "createdAt")),
      suppressed: state === "DISMISSED" || state === "AUTO_DISMISSED" || stringAt(raw, "dismissedAt") !== null,
    },
    limits,
  );
}

/** The advisory hangs at the alert or at the vulnerability, as the query asked. */
const advisoryOf = (raw: Fields, vulnerability: Fields): Fields => (isFields(raw.securityAdvisory) ? raw.securityAdvisory : fieldsAt(vulnerability, "advisory"));
