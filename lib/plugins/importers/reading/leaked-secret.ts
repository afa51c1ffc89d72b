import type { AssetKind, Observed } from "../contract";
import type { Severity } from "@/lib/domain/finding/words";
import { foldPath, foldText } from "../fingerprints";
import type { Limits } from "../limits";
import { filePlace } from "./file-place";
import { observed } from "./observed";
import { line } from "./plain-text";
import { hint, masked, SECRET, without } from "./secrets";

type Text = string | null | undefined;

/** A secret that was found somewhere, as an importer reads it. `value` never leaves this file. */
export type SecretReading = {
  /** Name of the recipe: the detector's. */
  recipe: string;
  asset?: Text;
  assetKind?: AssetKind | null;
  rule: { key: string; name?: Text; tags?: readonly Text[] };
  value: Text;
  /** More values that belong together with it. */
  values?: readonly Text[];
  /** The text it was found in. */
  match?: Text;
  path: Text;
  startLine: number | null;
  commit?: Text;
  /** What else identifies, where no value is known: the tool's own hash. */
  own?: Text;
  severity: Severity;
  severityWord?: Text;
  /** What else the tool says: shown as `Name: value`. */
  facts?: readonly (readonly [string, Text])[];
  references?: readonly Text[];
  firstSeen?: Date | null;
  suppressed?: boolean;
};

/**
 * The result for a secret in a file or its history. Identity is rule, file, commit and what is left of the text once the
 * value is covered: two secrets that begin alike on alike lines of one commit are one finding, because a hash of the value could be guessed.
 */
export function leakedSecret(reading: SecretReading, limits: Limits): Observed {
  const { rule, value = null, values = [], match = null, startLine, commit = null, own = null } = reading;
  const hidden = [value, ...values];
  const path = line(without(foldPath(reading.path ?? ""), hidden), limits.locationChars);
  const name = line(without(rule.name ?? rule.key, hidden), limits.titleChars);
  // Covered twice: the tool's idea of what the value is may be narrower than the secret.
  const covered = value === null ? null : hint(value.trim());
  const around = match === null || match === "" ? covered : masked(without(match, hidden));
  const place = filePlace(path, startLine);
  const seen = foldText(around ?? "");
  const facts = [["Secret", covered], ["Commit", commit], ...(reading.facts ?? [])] as const;
  return observed(
    {
      asset: reading.asset,
      assetKind: reading.assetKind,
      rule: { key: rule.key, name, tags: ["secret", ...(rule.tags ?? [])] },
      title: path === "" ? `Secret: ${name}` : `Secret in ${path.split("/").at(-1) ?? path}: ${name}`,
      description: name,
      location: place,
      identity: [reading.recipe, rule.key, path, commit, own, seen],
      context: path === "" || (own === null && seen === "") ? null : [`${reading.recipe} moved`, rule.key, commit, own, seen],
      severity: reading.severity,
      severityWord: reading.severityWord,
      cwe: ["CWE-798"],
      category: SECRET,
      observation: [
        around === null ? null : [place, around].filter((one) => one !== "").join("\n"),
        facts.flatMap(([fact, text]) => (text ? [`${fact}: ${fact === "Secret" ? text : without(text, hidden)}`] : [])).join("\n"),
      ],
      remediation: "Revoke the secret and issue a new one, then take it out of the file and of its history.",
      references: (reading.references ?? []).map((one) => without(one ?? "", hidden)),
      firstSeen: reading.firstSeen,
      suppressed: reading.suppressed,
    },
    limits,
  );
}
