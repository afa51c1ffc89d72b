import type { Observed } from "../contract";
import type { Limits } from "../limits";
import { firstCvss } from "../reading/cvss-choice";
import { fieldsAt, instant, listAt, numberAt, stringAt, type Fields } from "../reading/fields";
import { cvss } from "../reading/observed";
import { packageWeakness } from "../reading/package-weakness";
import { onGithub } from "../reading/repository";

/** An alert of `/repos/…/dependabot/alerts`; null for one that is fixed. */
export function readRest(raw: Fields, limits: Limits): Observed | string | null {
  const advisory = fieldsAt(raw, "security_advisory");
  const vulnerability = fieldsAt(raw, "security_vulnerability");
  const dependency = fieldsAt(raw, "dependency");
  const about = stringAt(fieldsAt(dependency, "package"), "name") === null ? fieldsAt(vulnerability, "package") : fieldsAt(dependency, "package");
  const id = stringAt(advisory, "ghsa_id") ?? stringAt(advisory, "cve_id");
  const name = stringAt(about, "name");
  if (id === null || name === null) return "an alert needs a ghsa_id and a package";
  // Exports made by scripts may leave the state out, or write it as the other API does.
  const state = stringAt(raw, "state")?.toLowerCase() ?? (stringAt(raw, "fixed_at") !== null ? "fixed" : stringAt(raw, "dismissed_at") !== null ? "dismissed" : null);
  if (state === "fixed") return null;
  const repository = alertOf(stringAt(raw, "html_url")) ?? onGithub(stringAt(fieldsAt(raw, "repository"), "full_name"));
  return packageWeakness(
    {
      asset: repository,
      assetKind: repository === null ? null : "repository",
      advisory: id,
      summary: stringAt(advisory, "summary"),
      description: stringAt(advisory, "description"),
      name,
      ecosystem: stringAt(about, "ecosystem"),
      file: stringAt(dependency, "manifest_path"),
      severityWord: stringAt(vulnerability, "severity") ?? stringAt(advisory, "severity"),
      cvss: cvssOf(advisory),
      cwe: listAt(advisory, "cwes", limits.listItems).map((one) => stringAt(one, "cwe_id")),
      names: [stringAt(advisory, "cve_id"), ...listAt(advisory, "identifiers", limits.listItems).map((one) => stringAt(one, "value"))],
      fixed: [stringAt(fieldsAt(vulnerability, "first_patched_version"), "identifier")],
      facts: [
        ["Vulnerable versions", stringAt(vulnerability, "vulnerable_version_range")],
        ["Scope", stringAt(dependency, "scope")],
        ["Relationship", stringAt(dependency, "relationship")],
        ["EPSS", numberAt(fieldsAt(advisory, "epss"), "percentage")?.toString()],
        ["Dismissed", [stringAt(raw, "dismissed_reason"), stringAt(raw, "dismissed_comment")].filter(Boolean).join(": ")],
      ],
      references: [stringAt(raw, "html_url"), ...listAt(advisory, "references", limits.listItems).map((one) => stringAt(one, "url"))],
      firstSeen: instant(stringAt(raw, "created_at")),
      suppressed: state === "dismissed" || state === "auto_dismissed",
    },
    limits,
  );
}

/** `https://github.com/owner/name/security/dependabot/1` → `github.com/owner/name`: the server of an enterprise has another address. */
const alertOf = (address: string | null): string | null => /^https?:\/\/([^/@\s]+\/[^/\s]+\/[^/\s]+)\/security\/dependabot\/\d+$/.exec(address ?? "")?.[1] ?? null;

function cvssOf(advisory: Fields): ReturnType<typeof cvss> {
  const scales = fieldsAt(advisory, "cvss_severities");
  const given = [fieldsAt(scales, "cvss_v3"), fieldsAt(advisory, "cvss"), fieldsAt(scales, "cvss_v4")];
  return firstCvss(given.map((one) => scored(stringAt(one, "vector_string"), numberAt(one, "score"))));
}

/** A score of 0 without a vector is GitHub's way to say that there is none. */
export const scored = (vector: string | null, score: number | null): ReturnType<typeof cvss> => (vector === null && score === 0 ? null : cvss({ vector, score }));
