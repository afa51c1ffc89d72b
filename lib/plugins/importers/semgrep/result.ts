import type { Severity } from "@/lib/domain/finding/words";
import type { Observed } from "../contract";
import { foldPath } from "../fingerprints";
import type { Limits } from "../limits";
import { fieldsAt, isFields, listAt, numberAt, stringAt, stringsAt, valueAt, type Fields } from "../reading/fields";
import { cwes } from "../reading/identifiers";
import { packageWeakness } from "../reading/package-weakness";
import { coveredMessage, findsCredentials, isAboutSecrets, masked, SECRET, valuesIn } from "../reading/secrets";
import { severityOfWord } from "../reading/severities";
import { codeWeakness } from "../reading/source-code";

/** Words that mean something else than in most tools: INFO is Semgrep's lowest grade of a real finding. */
const WORDS: ReadonlyMap<string, Severity> = new Map([["error", "high"], ["warning", "medium"], ["info", "low"], ["inventory", "info"], ["experiment", "info"]]);

export const severityOf = (word: string | null): Severity => WORDS.get((word ?? "").toLowerCase()) ?? severityOfWord(word) ?? "medium";

/** Without an account, Semgrep writes `requires login` where a text or a fingerprint would be. */
const given = (text: string | null): string | null => (text === "requires login" ? null : text);

/** `python.lang.security.audit.eval` → `eval`: the check as people name it. */
export const shortName = (key: string): string => key.split(".").at(-1) || key;

/** One result of the command line. */
export function readResult(raw: unknown, limits: Limits): Observed | string {
  if (!isFields(raw)) return "a result must be an object";
  const [key, path] = [stringAt(raw, "check_id"), stringAt(raw, "path")];
  if (key === null || path === null) return "a result needs a check_id and a path";
  const extra = fieldsAt(raw, "extra");
  if (isFields(valueAt(extra, "sca_info"))) return readDependency(raw, extra, { key, path }, limits);
  return readCode(raw, extra, { key, path }, limits);
}

type Known = { key: string; path: string };

/** What a check says of itself, whatever it found. */
function shared(extra: Fields, key: string, limits: Limits) {
  const metadata = fieldsAt(extra, "metadata");
  const list = (name: string): readonly string[] => stringsAt(metadata, name, limits.listItems);
  const word = stringAt(extra, "severity");
  return {
    rule: { key, name: shortName(key), help: stringAt(extra, "message"), tags: [...list("technology"), ...list("owasp"), ...list("subcategory"), ...list("vulnerability_class")] },
    severity: severityOf(word),
    severityWord: word,
    cwe: list("cwe"),
    references: [...list("references"), stringAt(metadata, "source"), stringAt(metadata, "shortlink"), stringAt(metadata, "source-rule-url")],
    category: stringAt(metadata, "category"),
    suppressed: valueAt(extra, "is_ignored") === true,
    confidence: stringAt(metadata, "confidence"),
  };
}

function readCode(raw: Fields, extra: Fields, { key, path }: Known, limits: Limits): Observed {
  const { confidence, ...check } = shared(extra, key, limits);
  const secret = isAboutSecrets(cwes(check.cwe, limits.listItems), [key, stringAt(fieldsAt(extra, "metadata"), "secret_type"), stringAt(extra, "validation_state")]);
  const leaked = findsCredentials(cwes(check.cwe, limits.listItems), kindsOf(extra, key));
  const said = given(stringAt(extra, "message"));
  const message = said !== null && secret ? coveredMessage(said, quotedIn(extra)) : said;
  const validated = stringAt(extra, "validation_state");
  const fix = stringAt(extra, "fix");
  return codeWeakness(
    {
      ...check,
      rule: { ...check.rule, help: message },
      category: leaked ? SECRET : check.category,
      recipe: "semgrep",
      title: `${shortName(key)}: ${(message ?? "").trim().split(/(?<=\.)\s|\n/, 1)[0] ?? ""}`.replace(/: $/, ""),
      description: [message, confidence === null ? null : `Confidence: ${confidence.toLowerCase()}`, validated === null || validated === "NO_VALIDATOR" ? null : `Validation: ${validated.toLowerCase().replaceAll("_", " ")}`],
      path,
      startLine: numberAt(fieldsAt(raw, "start"), "line"),
      flagged: given(stringAt(extra, "lines")),
      message,
      secret,
      seen: [flowOf(extra)],
      remediation: fix === null ? null : `Suggested fix:\n${secret ? masked(fix) : fix}`,
    },
    limits,
  );
}

/** Which kind of check it is: by its class and category, by the parts of its name (`generic.secrets.…`), and by the type of secret that it names. */
function kindsOf(extra: Fields, key: string): (string | null)[] {
  const metadata = fieldsAt(extra, "metadata");
  return [...stringsAt(metadata, "vulnerability_class", 50), stringAt(metadata, "category"), ...key.split("."), stringAt(metadata, "secret_type") === null ? null : SECRET];
}

/** What a message may quote of a secret: the flagged text, and whatever the rule bound to a name. */
const quotedIn = (extra: Fields): (string | null)[] => [
  ...valuesIn(stringAt(extra, "lines") ?? ""),
  ...Object.values(fieldsAt(extra, "metavars")).slice(0, 50).map((one) => stringAt(one, "abstract_content")?.replaceAll(/^["'`]|["'`]$/g, "") ?? null),
];

/** Where tainted data comes from and where it goes: `["CliLoc", [{path, start}, text]]` of the newer versions. */
function flowOf(extra: Fields): string | null {
  const trace = fieldsAt(extra, "dataflow_trace");
  const step = (name: string, what: string): string | null => {
    const [, inside] = listAt(trace, name, 2);
    const place: unknown = Array.isArray(inside) ? inside[0] : null;
    const text: unknown = Array.isArray(inside) ? inside[1] : null;
    const line = numberAt(fieldsAt(place, "start"), "line");
    const path = stringAt(place, "path");
    return path === null ? null : `${what}: ${foldPath(path)}:${String(line ?? 0)}  ${typeof text === "string" ? text.trim() : ""}`;
  };
  const steps = [step("taint_source", "Source"), step("taint_sink", "Sink")].filter((one) => one !== null);
  return steps.length === 0 ? null : steps.join("\n");
}

/** Supply chain: the advisory is a rule, the package is named beside it. */
function readDependency(raw: Fields, extra: Fields, { key, path }: Known, limits: Limits): Observed | string {
  const { confidence: _, ...check } = shared(extra, key, limits);
  const info = fieldsAt(extra, "sca_info");
  const match = fieldsAt(info, "dependency_match");
  const found = fieldsAt(match, "found_dependency");
  const name = stringAt(found, "package");
  if (name === null) return "a dependency needs the name of its package";
  const metadata = fieldsAt(extra, "metadata");
  const advisory = stringAt(metadata, "sca-vuln-database-identifier") ?? key;
  const fixed = listAt(metadata, "sca-fix-versions", 50).map((one) => stringAt(one, name));
  return packageWeakness(
    {
      advisory,
      summary: stringAt(metadata, "sca-summary"),
      description: stringAt(extra, "message"),
      name,
      version: stringAt(found, "version"),
      ecosystem: stringAt(found, "ecosystem"),
      file: stringAt(match, "lockfile") ?? path,
      severity: severityOf(stringAt(metadata, "sca-severity") ?? check.severityWord),
      severityWord: stringAt(metadata, "sca-severity") ?? check.severityWord,
      cwe: check.cwe,
      fixed,
      facts: [
        ["Reachable", valueAt(info, "reachable") === true ? `yes, ${foldPath(path)}:${String(numberAt(fieldsAt(raw, "start"), "line") ?? 0)}` : "not found to be"],
        ["Dependency", stringAt(found, "transitivity")],
      ],
      references: check.references,
      tags: check.rule.tags,
      suppressed: check.suppressed,
    },
    limits,
  );
}
