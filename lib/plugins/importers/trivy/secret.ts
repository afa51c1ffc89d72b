import type { Observed } from "../contract";
import { fingerprintOf, FINGERPRINT_VERSION, foldPath, foldText } from "../fingerprints";
import { numberAt, stringAt, type Fields } from "../reading/fields";
import { filePlace } from "../reading/file-place";
import { line } from "../reading/plain-text";
import { masked, SECRET } from "../reading/secrets";
import { severityOfWord } from "../reading/severities";
import { locationOf, stableTarget, type EntryContext } from "./context";

/** A secret left in a file. Its value never leaves this function, not even hashed: short ones could be guessed. */
export function readSecret(raw: Fields, context: EntryContext): Observed | string {
  const { limits } = context;
  const key = line(stringAt(raw, "RuleID") ?? stringAt(raw, "ruleID"), limits.nameChars);
  if (key === "") return "a secret needs a RuleID";
  const title = line(stringAt(raw, "Title") ?? stringAt(raw, "title"), limits.titleChars) || key;
  const target = line(stringAt(raw, "target") ?? context.target, limits.locationChars);
  const start = numberAt(raw, "StartLine");
  const match = line(masked(stringAt(raw, "Match") ?? stringAt(raw, "match") ?? ""), limits.titleChars);
  const issuer = line(stringAt(raw, "Category") ?? stringAt(raw, "category"), limits.nameChars); // AWS, GitHub, general
  const word = stringAt(raw, "Severity") ?? stringAt(raw, "severity");
  return {
    asset: context.asset,
    assetKind: context.assetKind,
    rule: { key, name: title, help: null, tags: issuer === "" ? [] : [issuer] },
    title: `Secret in a file: ${title}`.slice(0, limits.titleChars),
    description: null,
    location: locationOf(context, filePlace(target, start)),
    fingerprint: fingerprintOf("trivy secret", [key, stableTarget(context.resource), foldPath(target), foldText(match)]),
    fingerprintVersion: FINGERPRINT_VERSION,
    context: null,
    severity: severityOfWord(word) ?? "high",
    severityWord: word === null ? null : line(word, limits.nameChars),
    cvss: null,
    cwe: [798],
    cve: [],
    ghsa: [],
    category: SECRET,
    observation: match === "" ? null : match,
    remediation: "Revoke the secret, then take it out of the file and of its history.",
    references: [],
    firstSeen: null,
    legacyCode: null,
    suppressed: context.suppressed,
    component: null,
    package: null,
    port: null,
  };
}
