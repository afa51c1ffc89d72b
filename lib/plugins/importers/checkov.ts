import { ReportFault, type Importer, type Observed, type Recognition, type Source, type Yield } from "./contract";
import { foldPath } from "./fingerprints";
import type { Limits } from "./limits";
import { fieldsAt, isFields, listAt, numberAt, stringAt, stringsAt, type Fields } from "./reading/fields";
import { filePlace, lineNumber } from "./reading/file-place";
import { cutElements, elementsOf } from "./reading/json-elements";
import { placeOf } from "./reading/json-entries";
import { outline } from "./reading/json-outline";
import { cvss, observed } from "./reading/observed";
import { packageWeakness } from "./reading/package-weakness";
import { isAboutSecrets, masked } from "./reading/secrets";
import { severityOfWord } from "./reading/severities";
import { codeWeakness } from "./reading/source-code";
import { Tally } from "./reading/tally";

/** A run of one framework is an object, a run of several is a list of such; without anything to check, the summary stands alone. */
const PATHS = ["check_type", "checkov_version", "results.failed_checks[]", "results.skipped_checks[]", "results.parsing_errors[]", "summary"];
const FAILED = /failed_checks\[\]$/;
const SKIPPED = /skipped_checks\[\]$/;
const UNREAD = /parsing_errors\[\]$/;
const MOST_ERRORS = 10_000;

function recognises(head: string): Recognition {
  const { root, keys } = outline(head);
  if (root === "other") return { verdict: "no", why: "a Checkov report is a JSON object or a list of such" };
  if (keys.has("check_type") && (keys.has("results") || keys.has("summary"))) return { verdict: "yes", why: "`check_type` beside `results`" };
  if (keys.has("checkov_version") && keys.has("parsing_errors")) return { verdict: "yes", why: "the summary of a Checkov run without anything to check" };
  return { verdict: "no", why: "no `check_type` with `results`" };
}

/**
 * Checkov's JSON: infrastructure as code, packages, secrets. Passed checks are no findings, skipped ones are suppressed.
 * A file that could not be parsed was not looked at; all others were.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const tally = new Tally(limits);
  const elements = elementsOf([...PATHS, ...PATHS.map((path) => `[].${path}`)], limits);
  const unread: string[] = [];
  const roots = new Set<string>();
  let type: string | null = null;
  for await (const batch of cutElements(source, elements)) {
    for (const cut of batch) {
      if (/check_type$/.test(cut.path)) type = typeof cut.value === "string" ? cut.value : null;
      if (UNREAD.test(cut.path)) unread.push(typeof cut.value === "string" ? cut.value : "");
      const skipped = SKIPPED.test(cut.path);
      if (!skipped && !FAILED.test(cut.path)) continue;
      rootOf(cut.value, roots);
      yield* tally.made(readCheck(cut.value, { type, skipped, limits }), placeOf(cut));
    }
  }
  const { seen } = elements;
  const whole = [["check_type", "results.failed_checks"], ["[].check_type", "[].results.failed_checks"], ["checkov_version"], ["[].checkov_version"]];
  if (!whole.some((paths) => paths.every((path) => seen.has(path)))) throw new ReportFault("The report is no Checkov report: it has no `failed_checks` of a `check_type`");
  for (const path of unread.slice(0, MOST_ERRORS)) for (const one of placesOf(path, roots)) tally.unread(one);
  yield tally.part("checkov", unread.length > MOST_ERRORS ? { failed: true } : {});
}

/** The folder that was scanned: what the full path of a check has before its path. */
function rootOf(raw: unknown, roots: Set<string>): void {
  const [path, full] = [stringAt(raw, "file_path"), stringAt(raw, "file_abs_path")];
  if (path === null || full === null || roots.size >= 100 || !full.endsWith(path) || full === path) return;
  roots.add(full.slice(0, -path.length).replace(/\/$/, ""));
}

/** Files that could not be parsed are named by another path than checks are. Where the scanned folder is not known, it may be any of the folders above. */
function placesOf(path: string, roots: ReadonlySet<string>): string[] {
  const root = [...roots].find((one) => path.startsWith(`${one}/`));
  if (root !== undefined) return [path.slice(root.length + 1)];
  const steps = foldPath(path).split("/").filter((one) => one !== "");
  return steps.length === 0 ? [""] : steps.slice(-50).map((_, from) => steps.slice(-50).slice(from).join("/"));
}

type Around = { type: string | null; skipped: boolean; limits: Limits };

function readCheck(raw: unknown, around: Around): Observed | string {
  if (!isFields(raw)) return "a check must be an object";
  const key = stringAt(raw, "check_id");
  if (key === null || stringAt(raw, "file_path") === null) return "a check needs a check_id and a file_path";
  const details = fieldsAt(raw, "vulnerability_details");
  if (stringAt(details, "package_name") !== null && stringAt(details, "id") !== null) return readPackage(raw, details, around);
  return readCode(raw, key, around);
}

/** What a failed check and a vulnerable package have in common. */
function shared(raw: Fields, { type, skipped }: Around) {
  const reason = stringAt(fieldsAt(raw, "check_result"), "suppress_comment");
  const word = stringAt(raw, "severity");
  return {
    why: reason === null ? null : `Skipped: ${reason}`,
    severity: severityOfWord(word) ?? ("medium" as const),
    severityWord: word,
    category: stringAt(raw, "bc_category") ?? type,
    suppressed: skipped,
  };
}

/** Paths are written as if the scanned folder were the root. */
const pathOf = (raw: Fields): string => foldPath(stringAt(raw, "file_path") ?? "").replace(/^\/+/, "");

function readCode(raw: Fields, key: string, around: Around): Observed {
  const { why, ...common } = shared(raw, around);
  const [path, name, resource] = [pathOf(raw), stringAt(raw, "check_name"), stringAt(raw, "resource")];
  const [first] = listAt(raw, "file_line_range", 2);
  const lines = listAt(raw, "code_block", 2_000).flatMap((one) => (Array.isArray(one) && typeof one[1] === "string" ? [one[1].replace(/\r?\n$/, "")] : []));
  const startLine = lineNumber(typeof first === "number" ? first : null);
  const rule = { key, name, help: stringAt(raw, "description"), tags: [around.type, stringAt(raw, "bc_check_id")] };
  const explained = { description: [stringAt(raw, "description") ?? stringAt(raw, "short_description") ?? name, why], references: [stringAt(raw, "guideline")] };
  if (around.type === "secrets" || key.startsWith("CKV_SECRET")) {
    const code = lines.join("\n");
    return codeWeakness({ ...common, ...explained, rule, title: name, recipe: "checkov secret", path, startLine, flagged: code, message: name, secret: true, cwe: ["CWE-798"] }, around.limits);
  }
  const place = filePlace(path, startLine);
  // The resource identifies: its text changes with every edit of it. In a Dockerfile and the like it is the path again.
  const moveable = resource !== null && !resource.includes(path);
  const hides = isAboutSecrets([], [name]);
  const shown = (text: string): string => (hides || /passw|secret|token|key/i.test(text) ? masked(text) : text);
  const evaluated = stringsAt(fieldsAt(raw, "check_result"), "evaluated_keys", 50).filter((one) => one !== "");
  return observed(
    {
      ...common,
      ...explained,
      rule,
      title: name,
      location: resource === null ? place : `${place} (${resource})`,
      identity: ["checkov", key, path, resource],
      context: moveable ? ["checkov moved", key, resource] : null,
      observation: [
        lines.length === 0 ? null : [place, ...lines.map(shown)].join("\n"),
        evaluated.length === 0 ? null : `Evaluated: ${evaluated.join(", ")}`,
      ],
      remediation: stringAt(raw, "fixed_definition")?.split("\n").map(shown).join("\n"),
    },
    around.limits,
  );
}

function readPackage(raw: Fields, details: Fields, around: Around): Observed {
  const { why, ...common } = shared(raw, around);
  const [id, name, version] = [stringAt(details, "id") ?? "", stringAt(details, "package_name") ?? "", stringAt(details, "package_version")];
  const [path, fixed] = [pathOf(raw), stringAt(details, "lowest_fixed_version")];
  const word = stringAt(details, "severity") ?? common.severityWord;
  return packageWeakness(
    {
      suppressed: common.suppressed,
      advisory: id,
      description: [stringAt(details, "description"), why],
      name,
      version,
      file: path,
      severity: severityOfWord(word) ?? "medium",
      severityWord: word,
      cvss: cvss({ vector: stringAt(details, "vector"), score: numberAt(details, "cvss") }),
      fixed: fixed === null ? [] : [fixed],
      facts: [["Status", stringAt(details, "status")]],
      references: [stringAt(details, "link"), stringAt(raw, "guideline")],
      tags: [around.type],
    },
    around.limits,
  );
}

export const checkov: Importer = { format: "checkov", label: "Checkov JSON", media: ["json"], about: "repository", passes: 1, recognises, parse };
