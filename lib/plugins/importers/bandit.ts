import { ReportFault, type Importer, type Observed, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { fieldsAt, instant, isFields, listAt, numberAt, stringAt } from "./reading/fields";
import { cutElements, elementsOf } from "./reading/json-elements";
import { placeOf } from "./reading/json-entries";
import { outline } from "./reading/json-outline";
import { findsCredentials, isAboutSecrets, SECRET } from "./reading/secrets";
import { severityOfWord } from "./reading/severities";
import { codeWeakness, numberedLines } from "./reading/source-code";
import { Tally } from "./reading/tally";

const PATHS = ["errors[]", "generated_at", "metrics.*", "results[]"];

function recognises(head: string): Recognition {
  const { root, keys } = outline(head);
  if (root !== "object") return { verdict: "no", why: "a Bandit report is a JSON object" };
  if (keys.has("generated_at") && keys.has("metrics") && head.includes("CONFIDENCE.")) return { verdict: "yes", why: "`metrics` of confidence beside `generated_at`" };
  if (keys.has("results") && /"issue_confidence"\s*:/.test(head) && /"test_id"\s*:/.test(head)) return { verdict: "yes", why: "results with `test_id` and `issue_confidence`" };
  return { verdict: "no", why: "no `metrics` with confidences" };
}

/**
 * Bandit's JSON (Python). What `# nosec` hides is not in it. A file that could not be read stands in `errors`: the run
 * looked at all others.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const tally = new Tally(limits);
  const elements = elementsOf(PATHS, limits, ["metrics.*"]);
  let takenAt: Date | null = null;
  for await (const batch of cutElements(source, elements)) {
    for (const cut of batch) {
      if (cut.path === "generated_at") takenAt = instant(typeof cut.value === "string" ? cut.value : null);
      if (cut.path === "errors[]") tally.unread(stringAt(cut.value, "filename"));
      if (cut.path === "results[]") yield* tally.made(readResult(cut.value, limits), placeOf(cut));
    }
  }
  if (!elements.seen.has("results") || !(elements.seen.has("metrics") || elements.seen.has("generated_at"))) throw new ReportFault("The report is no Bandit report: it has no `results` with `metrics`");
  yield tally.part("bandit", { takenAt });
}

/** Bandit's checks of passwords in the code, by which old versions without weaknesses tell them. */
const PASSWORDS: ReadonlySet<string> = new Set(["B105", "B106", "B107"]);

/** Checks of passwords quote the password itself in their message, which may hold quotes too. */
const QUOTED = /(['"]).*\1/s;

function readResult(raw: unknown, limits: Limits): Observed | string {
  if (!isFields(raw)) return "a result must be an object";
  const [key, name, said] = [stringAt(raw, "test_id"), stringAt(raw, "test_name"), stringAt(raw, "issue_text")];
  if (key === null || stringAt(raw, "filename") === null) return "a result needs a test_id and a filename";
  const word = stringAt(raw, "issue_severity");
  const weakness = numberAt(fieldsAt(raw, "issue_cwe"), "id");
  const weaknesses = weakness === null ? [] : [weakness];
  const secret = isAboutSecrets(weaknesses, [name]);
  const message = secret ? (said?.replace(QUOTED, "'********'") ?? null) : said;
  const at = numberAt(raw, "line_number");
  const range = listAt(raw, "line_range", 10_000).filter((one) => typeof one === "number");
  const [first, last] = [range.reduce((least, one) => Math.min(least, one), at ?? 0), range.reduce((most, one) => Math.max(most, one), at ?? 0)];
  const code = stringAt(raw, "code");
  const confidence = stringAt(raw, "issue_confidence");
  return codeWeakness(
    {
      recipe: "bandit",
      rule: { key, name: name ?? key, help: message, tags: ["python"] },
      title: message,
      description: [message, confidence === null ? null : `Confidence: ${confidence.toLowerCase()}`],
      path: stringAt(raw, "filename"),
      startLine: at,
      flagged: code === null ? null : numberedLines(code, first, last),
      code,
      message,
      secret,
      severity: severityOfWord(word) ?? "info",
      severityWord: word,
      cwe: weakness === null ? [] : [`CWE-${String(weakness)}`],
      category: PASSWORDS.has(key) || findsCredentials(weaknesses, []) ? SECRET : "Code",
      references: [stringAt(raw, "more_info"), stringAt(fieldsAt(raw, "issue_cwe"), "link")],
    },
    limits,
  );
}

export const bandit: Importer = { format: "bandit", label: "Bandit JSON", media: ["json"], about: "repository", passes: 1, recognises, parse };
