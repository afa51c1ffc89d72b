import { ReportFault, type Importer, type Observed, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { fieldsAt, instant, isFields, numberAt, stringAt, stringsAt, type Fields } from "./reading/fields";
import { foldMessage, foldPath } from "./fingerprints";
import { firstCharacter } from "./reading/first-character";
import { cutElements, elementsOf } from "./reading/json-elements";
import { placeOf } from "./reading/json-entries";
import { outline } from "./reading/json-outline";
import { cwes } from "./reading/identifiers";
import { filePlace } from "./reading/file-place";
import { observed } from "./reading/observed";
import { coveredMessage, findsSecrets, isAboutSecrets } from "./reading/secrets";
import { severityOfWord } from "./reading/severities";
import { Tally } from "./reading/tally";

function recognises(head: string): Recognition {
  const { root, keys } = outline(head);
  if (root === "other") return { verdict: "no", why: "code scanning alerts are a JSON list" };
  if (keys.has("most_recent_instance") && keys.has("rule") && keys.has("tool")) return { verdict: "yes", why: "`most_recent_instance` beside `rule` and `tool`" };
  return { verdict: "no", why: "no `most_recent_instance` of an alert" };
}

/**
 * Code scanning alerts as GitHub's REST API lists them for a repository, an organisation or an enterprise, and one
 * alert alone. Fixed alerts are not seen any more: no finding. Dismissed ones are suppressed. The API gives pages of
 * at most 100 and can be asked for some alerts only, so that a file never proves that it holds all.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const tally = new Tally(limits);
  const single: Record<string, unknown> = {};
  const isList = (await firstCharacter(source)) === "[";
  const elements = elementsOf(["[]", ...ALERT], limits);
  for await (const batch of cutElements(source, elements)) {
    for (const cut of batch) {
      if (cut.path === "[]") yield* tally.made(readAlert(cut.value, limits), placeOf(cut));
      else single[cut.path] = cut.value;
    }
  }
  if (!isList && !ALONE.every((path) => elements.seen.has(path))) throw new ReportFault("The report is no code scanning alert: it has no `most_recent_instance` of a `rule` and a `tool`");
  if (!isList) yield* tally.made(readAlert(single, limits), "the alert");
  yield tally.part("github-code-scanning");
}

const ALONE = ["rule", "tool", "most_recent_instance"];
const ALERT = ["number", "created_at", "url", "html_url", "state", "fixed_at", "dismissed_at", "dismissed_reason", "dismissed_comment", "rule", "tool", "most_recent_instance", "repository"];

function readAlert(raw: unknown, limits: Limits): Observed | string | null {
  if (!isFields(raw)) return "an alert must be an object";
  const rule = fieldsAt(raw, "rule");
  const instance = fieldsAt(raw, "most_recent_instance");
  const key = stringAt(rule, "id");
  if (key === null || stringAt(fieldsAt(raw, "tool"), "name") === null) return "an alert needs the id of its rule and the name of its tool";
  if (isFixed(raw, instance)) return null;
  const repository = repositoryOf(raw);
  const tool = stringAt(fieldsAt(raw, "tool"), "name");
  const tags = stringsAt(rule, "tags", limits.listItems);
  const said = stringAt(fieldsAt(instance, "message"), "text");
  const message = said !== null && (findsSecrets(tool ?? "") || isAboutSecrets(cwes(tags, limits.listItems), [key])) ? coveredMessage(said, []) : said;
  const help = [stringAt(rule, "full_description") ?? stringAt(rule, "description"), stringAt(rule, "help")];
  const word = stringAt(rule, "security_severity_level") ?? stringAt(rule, "severity");
  return observed(
    {
      asset: repository,
      assetKind: repository === null ? null : "repository",
      rule: { key, name: stringAt(rule, "description") ?? key, help, tags },
      title: stringAt(rule, "description") ?? message,
      description: [message, dismissal(raw)],
      ...placed(raw, instance, { key, message, repository }),
      severity: severityOfWord(word) ?? "medium",
      severityWord: word,
      cwe: tags,
      names: [key, message, ...tags],
      category: tool,
      observation: seenAt(instance),
      remediation: stringAt(rule, "help"),
      references: [stringAt(raw, "html_url"), stringAt(rule, "help_uri")],
      firstSeen: instant(stringAt(raw, "created_at")),
      suppressed: isDismissed(raw),
    },
    limits,
  );
}

/** By the alert's own state; where an export left that out, by when it was fixed or by its last instance. */
function isFixed(raw: Fields, instance: Fields): boolean {
  const state = stringAt(raw, "state");
  return /^fixed$/i.test(state ?? (present(stringAt(raw, "fixed_at")) ? "fixed" : stringAt(instance, "state")) ?? "");
}

/** The alert's number is how GitHub itself knows a weakness again when its file changes or moves; it counts within a repository. */
function placed(raw: Fields, instance: Fields, { key, message, repository }: { key: string; message: string | null; repository: string | null }) {
  const at = fieldsAt(instance, "location");
  const path = foldPath(stringAt(at, "path") ?? "");
  const number = numberAt(raw, "number");
  const known = number !== null && repository !== null;
  return {
    location: filePlace(path, numberAt(at, "start_line")),
    identity: known ? (["github code scanning alert", key, number] as const) : (["github code scanning", key, path, foldMessage(message ?? "")] as const),
  };
}

function repositoryOf(raw: Fields): string | null {
  const named = stringAt(fieldsAt(raw, "repository"), "full_name");
  const host = /^https:\/\/([\w.-]+)\/([\w.-]+\/[\w.-]+)\/security\/code-scanning\//.exec(stringAt(raw, "html_url") ?? "");
  if (host) return `${host[1] ?? ""}/${host[2] ?? ""}`;
  const path = /\/repos\/([\w.-]+\/[\w.-]+)\/code-scanning\//.exec(stringAt(raw, "url") ?? "")?.[1] ?? named;
  return path === null ? null : `github.com/${path}`;
}

/** Exports made by scripts write `None` where the API says null. */
const present = (text: string | null): boolean => text !== null && text !== "None";

const isDismissed = (raw: Fields): boolean => /^dismissed$/i.test(stringAt(raw, "state") ?? (present(stringAt(raw, "dismissed_at")) ? "dismissed" : ""));

function dismissal(raw: Fields): string | null {
  const said = [stringAt(raw, "dismissed_reason"), stringAt(raw, "dismissed_comment")].filter(present);
  return !isDismissed(raw) || said.length === 0 ? null : `Dismissed: ${said.join(", ")}`;
}

function seenAt(instance: Fields): string | null {
  const facts = [["Branch", "ref"], ["Commit", "commit_sha"], ["Analysis", "category"], ["Environment", "environment"]] as const;
  const lines = facts.flatMap(([name, field]) => {
    const value = stringAt(instance, field);
    return value === null || value === "{}" ? [] : [`${name}: ${value}`];
  });
  return lines.length === 0 ? null : lines.join("\n");
}

export const githubCodeScanning: Importer = {
  format: "github-code-scanning",
  label: "GitHub code scanning alerts",
  media: ["json"],
  about: "repository",
  passes: 1,
  provesItsEnd: false,
  recognises,
  parse,
};
