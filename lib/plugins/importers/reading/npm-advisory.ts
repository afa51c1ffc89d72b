import type { Limits } from "../limits";
import { fieldsAt, listAt, numberAt, stringAt, stringsAt, valueAt, type Fields } from "./fields";
import { ghsas } from "./identifiers";
import { cvss } from "./observed";
import { packageWeakness } from "./package-weakness";
import type { Entry } from "./tally";

/** The registry gives the same advisory another number whenever it is published anew: GitHub's name stays. */
export function advisoryOf(raw: unknown, number: number | null): string | null {
  const own = stringAt(raw, "github_advisory_id") ?? stringsAt(raw, "cves", 1)[0] ?? null;
  return ghsas([stringAt(raw, "github_advisory_id"), stringAt(raw, "url")], 1)[0] ?? own ?? (number === null ? null : `npm ${String(number)}`);
}

/** An advisory as the registry wrote it for npm 6, and as Yarn and pnpm still do. */
export function readAdvisory(raw: Fields, limits: Limits): Entry {
  const name = stringAt(raw, "module_name");
  const advisory = advisoryOf(raw, numberAt(raw, "id"));
  if (name === null || advisory === null) return "an advisory needs a module_name, and an id or a name";
  const found = listAt(raw, "findings", limits.listItems);
  const paths = found.flatMap((one) => stringsAt(one, "paths", 20)).slice(0, 20);
  const versions = [...new Set(found.map((one) => stringAt(one, "version")).filter((one) => one !== null))];
  return packageWeakness(
    {
      advisory,
      summary: stringAt(raw, "title"),
      description: stringAt(raw, "overview"),
      name,
      ecosystem: "npm",
      version: versions.slice(0, 5).join(", "),
      severityWord: stringAt(raw, "severity"),
      cvss: cvssOf(raw),
      // A text, a list, or a list written into a text, depending on the registry's age.
      cwe: stringsAt(raw, "cwe", limits.listItems),
      names: stringsAt(raw, "cves", limits.listItems),
      remediation: stringAt(raw, "recommendation"),
      facts: [
        ["Vulnerable versions", stringAt(raw, "vulnerable_versions")],
        ["Patched versions", stringAt(raw, "patched_versions")],
        ["Comes with", paths.join(", ")],
      ],
      references: [stringAt(raw, "url"), ...(stringAt(raw, "references") ?? "").slice(0, 20_000).split(/[\s*-]*\n[\s*-]*|^[\s*-]+/)],
      suppressed: valueAt(raw, "deleted") === true,
    },
    limits,
  );
}

/** A score of 0 with an empty vector is the registry's way to say that there is none. */
export function cvssOf(raw: unknown): ReturnType<typeof cvss> {
  const given = fieldsAt(raw, "cvss");
  const vector = stringAt(given, "vectorString");
  const score = numberAt(given, "score");
  return cvss({ vector, score: vector === null && score === 0 ? null : score });
}
