import type { Observed } from "../contract";
import type { Limits } from "../limits";
import { fieldsAt, instant, isFields, listAt, numberAt, stringAt, stringsAt, valueAt, type Fields } from "../reading/fields";
import { filePlace } from "../reading/file-place";
import { cwes } from "../reading/identifiers";
import { observed } from "../reading/observed";
import { packageWeakness } from "../reading/package-weakness";
import { repositoryName } from "../reading/repository";
import { findsCredentials, SECRET } from "../reading/secrets";
import { foldMessage, foldPath } from "../fingerprints";
import { severityOf, shortName } from "./result";

/** States of a finding that the platform does not see any more. */
const GONE = new Set(["fixed", "removed", "resolved"]);
const HIDDEN = new Set(["ignored", "muted"]);

/** One finding of the platform's API (`/deployments/{slug}/findings`), of code or of the supply chain. */
export function readFinding(raw: unknown, limits: Limits): Observed | string | null {
  if (!isFields(raw)) return "a finding must be an object";
  const rule = fieldsAt(raw, "rule");
  const key = stringAt(raw, "rule_name") ?? stringAt(rule, "name");
  if (key === null) return "a finding needs the name of its rule";
  if ([stringAt(raw, "status"), stringAt(raw, "state")].some((state) => GONE.has((state ?? "").toLowerCase()))) return null;
  if (isFields(valueAt(raw, "found_dependency"))) return readDependency(raw, rule, key, limits);
  return readCode(raw, rule, key, limits);
}

function shared(raw: Fields, rule: Fields) {
  const repository = fieldsAt(raw, "repository");
  const asset = repositoryName(stringAt(repository, "url") ?? stringAt(repository, "name") ?? "");
  const hidden = [stringAt(raw, "status"), stringAt(raw, "state"), stringAt(raw, "triage_state")].some((one) => one !== null && HIDDEN.has(one));
  const verdict = fieldsAt(fieldsAt(raw, "assistant"), "autotriage");
  const notes = [
    ["Confidence", stringAt(raw, "confidence") ?? stringAt(rule, "confidence")],
    ["Triage", [stringAt(raw, "triage_state"), stringAt(raw, "triage_reason"), stringAt(raw, "triage_comment")].filter(Boolean).join(", ")],
    ["Assistant", [stringAt(verdict, "verdict"), stringAt(verdict, "reason")].filter(Boolean).join(": ")],
    ["Branch", stringAt(raw, "ref")],
  ].flatMap(([name, value]) => (value ? [`${name ?? ""}: ${value}`] : []));
  return {
    asset,
    assetKind: asset === null ? null : ("repository" as const),
    severity: severityOf(stringAt(raw, "severity")),
    severityWord: stringAt(raw, "severity"),
    cwe: stringsAt(rule, "cwe_names", 50),
    tags: [...stringsAt(rule, "vulnerability_classes", 50), ...stringsAt(rule, "owasp_names", 50), ...stringsAt(rule, "subcategories", 50)],
    references: [stringAt(raw, "line_of_code_url"), stringAt(fieldsAt(raw, "external_ticket"), "url")],
    firstSeen: instant(stringAt(raw, "created_at")),
    suppressed: hidden,
    notes,
  };
}

function readCode(raw: Fields, rule: Fields, key: string, limits: Limits): Observed {
  const { notes, tags, ...common } = shared(raw, rule);
  const message = stringAt(raw, "rule_message") ?? stringAt(rule, "message");
  const at = fieldsAt(raw, "location");
  const [path, line] = [foldPath(stringAt(at, "file_path") ?? ""), numberAt(at, "line")];
  // The number that follows the last `_` counts what is alike in one file: it moves when another one is mended, but nothing else parts them.
  const own = stringAt(raw, "match_based_id") ?? stringAt(raw, "syntactic_id");
  const guidance = fieldsAt(fieldsAt(raw, "assistant"), "guidance");
  const [category] = stringsAt(raw, "categories", 1);
  const kinds = [...stringsAt(raw, "categories", 50), ...stringsAt(rule, "vulnerability_classes", 50), stringAt(rule, "category"), ...key.split(".")];
  return observed(
    {
      ...common,
      rule: { key, name: shortName(key), help: message, tags },
      title: `${shortName(key)}: ${(message ?? "").trim().split(/(?<=\.)\s|\n/, 1)[0] ?? ""}`.replace(/: $/, ""),
      description: message,
      location: filePlace(path, line),
      identity: own === null ? ["semgrep message", key, path, foldMessage(message ?? "")] : ["semgrep match", key, own],
      category: findsCredentials(cwes(common.cwe, limits.listItems), kinds) ? SECRET : (category ?? stringAt(rule, "category")),
      observation: notes.join("\n"),
      remediation: [stringAt(guidance, "summary"), stringAt(guidance, "instructions"), stringAt(fieldsAt(fieldsAt(raw, "assistant"), "autofix"), "fix_code")],
    },
    limits,
  );
}

function readDependency(raw: Fields, rule: Fields, key: string, limits: Limits): Observed | string {
  const { notes: _, ...common } = shared(raw, rule);
  const found = fieldsAt(raw, "found_dependency");
  const name = stringAt(found, "package");
  if (name === null) return "a dependency needs the name of its package";
  return packageWeakness(
    {
      ...common,
      advisory: stringAt(raw, "vulnerability_identifier") ?? key,
      description: stringAt(raw, "rule_message") ?? stringAt(rule, "message"),
      name,
      version: stringAt(found, "version"),
      ecosystem: stringAt(found, "ecosystem"),
      file: stringAt(fieldsAt(raw, "location"), "file_path"),
      fixed: listAt(raw, "fix_recommendations", 50).map((one) => stringAt(one, "version")),
      facts: [["Reachable", stringAt(raw, "reachability")], ["Dependency", stringAt(found, "transitivity")]],
      references: [...common.references, stringAt(found, "lockfile_line_url")],
    },
    limits,
  );
}
