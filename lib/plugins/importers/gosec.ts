import { ReportFault, type Importer, type Observed, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { fieldsAt, isFields, listAt, stringAt, stringsAt, valueAt } from "./reading/fields";
import { cutElements, elementsOf } from "./reading/json-elements";
import { placeOf } from "./reading/json-entries";
import { outline } from "./reading/json-outline";
import { findsCredentials, isAboutSecrets, masked, SECRET } from "./reading/secrets";
import { severityOfWord } from "./reading/severities";
import { codeWeakness, numberedLines } from "./reading/source-code";
import { Tally } from "./reading/tally";

function recognises(head: string): Recognition {
  const { root, keys } = outline(head);
  if (root !== "object") return { verdict: "no", why: "a gosec report is a JSON object" };
  if (keys.has("Golang errors") || keys.has("GosecVersion")) return { verdict: "yes", why: "`Golang errors` or `GosecVersion`" };
  if (keys.has("Issues") && (keys.has("Stats") || (/"rule_id"\s*:\s*"G\d/.test(head) && /"confidence"\s*:/.test(head)))) return { verdict: "yes", why: "`Issues` with rules of gosec" };
  return { verdict: "no", why: "neither `Golang errors` nor `Issues` with `Stats`" };
}

/**
 * gosec's JSON (Go), old and new. Issues that a comment or an exclusion hides (`-track-suppressions`) are suppressed.
 * A package is compiled whole: where one of its files has an error, none of its folder was looked at.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const tally = new Tally(limits);
  const elements = elementsOf(["Golang errors.*", "Issues[]", "Stats", "GosecVersion"], limits);
  for await (const batch of cutElements(source, elements)) {
    for (const cut of batch) {
      if (cut.path === "Golang errors.*") tally.unread(packageOf(cut.keys[0] ?? ""));
      if (cut.path === "Issues[]") yield* tally.made(readIssue(cut.value, limits), placeOf(cut));
    }
  }
  const { seen } = elements;
  if (!seen.has("Issues") && !seen.has("GosecVersion") && !seen.has("Golang errors")) throw new ReportFault("The report is no gosec report: it has no `Issues`");
  yield tally.part("gosec");
}

/** The folder of a Go file, or the folder itself; null when the error names no place. */
const packageOf = (path: string): string | null => (path.endsWith(".go") ? /^(.+)[\\/]/.exec(path)?.[1] ?? null : path.includes("/") ? path : null);

/** gosec's check of credentials in the code, by which old versions without weaknesses tell it. */
const CREDENTIALS = "G101";

function readIssue(raw: unknown, limits: Limits): Observed | string {
  if (!isFields(raw)) return "an issue must be an object";
  const [key, path, details] = [stringAt(raw, "rule_id"), stringAt(raw, "file"), stringAt(raw, "details")];
  if (key === null || path === null) return "an issue needs a rule_id and a file";
  const word = stringAt(raw, "severity");
  const weakness = stringsAt(fieldsAt(raw, "cwe"), "id", 1).map((id) => `CWE-${id.replace(/^CWE-/i, "")}`);
  const code = stringAt(raw, "code");
  const [first, last] = linesOf(raw);
  const confidence = stringAt(raw, "confidence");
  const weaknesses = weakness.map((one) => Number(one.slice(4)));
  const secret = isAboutSecrets(weaknesses, [details]);
  const fix = stringAt(raw, "autofix");
  return codeWeakness(
    {
      recipe: "gosec",
      rule: { key, name: details, help: null, tags: ["go"] },
      title: details,
      description: [details, confidence === null ? null : `Confidence: ${confidence.toLowerCase()}`, ...reasons(raw)],
      path,
      startLine: first,
      flagged: code === null ? null : numberedLines(code, first ?? 0, last ?? 0),
      code,
      message: details,
      secret,
      severity: severityOfWord(word) ?? "info",
      severityWord: word,
      cwe: weakness,
      category: key === CREDENTIALS || findsCredentials(weaknesses, []) ? SECRET : "Code",
      remediation: fix !== null && secret ? masked(fix) : fix,
      references: [stringAt(fieldsAt(raw, "cwe"), "url")],
      suppressed: valueAt(raw, "nosec") === true || listAt(raw, "suppressions", 1).length > 0,
    },
    limits,
  );
}

/** `"79"`, `"79-81"` or 79 → first and last line. */
function linesOf(raw: unknown): readonly [number | null, number | null] {
  const given = valueAt(raw, "line");
  const [, first, last] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(typeof given === "number" || typeof given === "string" ? String(given) : "") ?? [];
  return first === undefined ? [null, null] : [Number(first), Number(last ?? first)];
}

const reasons = (raw: unknown): (string | null)[] =>
  listAt(raw, "suppressions", 20).map((one) => {
    const reason = stringAt(one, "justification");
    return reason === null ? null : `Suppressed: ${reason}`;
  });

export const gosec: Importer = { format: "gosec", label: "gosec JSON", media: ["json"], about: "repository", passes: 1, recognises, parse };
