import type { Observed } from "../contract";
import { fingerprintOf, FINGERPRINT_VERSION, foldPath, foldText } from "../fingerprints";
import { numberAt, stringAt, type Fields } from "../reading/fields";
import { line } from "../reading/plain-text";
import { severityOfWord } from "../reading/severities";
import { locationOf, stableTarget, type EntryContext } from "./context";

/** What stands before the value in `name = value`, `name: value`. */
const NAME = /^\s*["']?[\w.$ -]{1,60}["']?\s*(?:=>|:=|[:=])/;

/**
 * The matched line without its secret. Newer versions of Trivy put stars over it; older ones and custom rules may
 * not, so every run of six or more characters behind the name is covered here again, whatever it is.
 */
export function masked(match: string): string {
  const name = NAME.exec(match)?.[0] ?? "";
  return `${name}${match.slice(name.length).replaceAll(/[^\s"'`,;]{6,}/g, "********")}`;
}

/** A secret left in a file. Its value never leaves this function, not even hashed: short ones could be guessed. */
export function readSecret(raw: Fields, context: EntryContext): Observed | string {
  const { limits } = context;
  const key = line(stringAt(raw, "RuleID") ?? stringAt(raw, "ruleID"), limits.nameChars);
  if (key === "") return "a secret needs a RuleID";
  const title = line(stringAt(raw, "Title") ?? stringAt(raw, "title"), limits.titleChars) || key;
  const target = line(stringAt(raw, "target") ?? context.target, limits.locationChars);
  const start = numberAt(raw, "StartLine");
  const match = line(masked(stringAt(raw, "Match") ?? stringAt(raw, "match") ?? ""), limits.titleChars);
  const word = stringAt(raw, "Severity") ?? stringAt(raw, "severity");
  return {
    asset: context.asset,
    assetKind: context.assetKind,
    rule: { key, name: title, help: null, tags: [] },
    title: `Secret in a file: ${title}`.slice(0, limits.titleChars),
    description: null,
    location: locationOf(context, start === null ? target : `${target}:${String(start)}`),
    fingerprint: fingerprintOf("trivy secret", [key, stableTarget(context.resource), foldPath(target), foldText(match)]),
    fingerprintVersion: FINGERPRINT_VERSION,
    context: null,
    severity: severityOfWord(word) ?? "high",
    severityWord: word === null ? null : line(word, limits.nameChars),
    cvss: null,
    cwe: [798],
    cve: [],
    ghsa: [],
    category: line(stringAt(raw, "Category") ?? stringAt(raw, "category"), limits.nameChars) || "Secret",
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
