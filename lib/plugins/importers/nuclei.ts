import { ReportFault, type Importer, type Observed, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { fieldsAt, isFields, numberAt, stringAt, stringsAt, valueAt, type Fields } from "./reading/fields";
import { firstCharacter } from "./reading/first-character";
import { instantOf } from "./reading/instants";
import { cutElements, elementsOf } from "./reading/json-elements";
import { readJsonLines } from "./reading/json-lines";
import { outline } from "./reading/json-outline";
import { cvss, observed } from "./reading/observed";
import { severityOfScore, severityOfWord } from "./reading/severities";
import { Tally } from "./reading/tally";
import { stablePath, webPlace, type WebPlace } from "./reading/web-place";

function recognises(head: string): Recognition {
  const { keys } = outline(head);
  const template = ["template-id", "templateID", "template_id"].some((key) => keys.has(key));
  return template && keys.has("info") ? { verdict: "yes", why: "`template-id` beside `info`" } : { verdict: "no", why: "no `template-id` beside `info`" };
}

/** The first of these spellings: the names of the fields changed between versions 2.3 and 2.9. */
const either = (raw: Fields, ...keys: readonly string[]): string | null => keys.map((key) => stringAt(raw, key)).find((text) => text !== null) ?? null;

const templateOf = (raw: Fields): string | null => either(raw, "template-id", "templateID", "template_id");

/** A matched template on one address. A text is why it cannot be used; null is a template that did not match (`-matcher-status`). */
function readMatch(raw: Fields, limits: Limits): Observed | string | null {
  const template = templateOf(raw);
  if (template === null) return "a match needs a template-id";
  if (valueAt(raw, "matcher-status") === false) return null;
  const info = fieldsAt(raw, "info");
  const classification = fieldsAt(info, "classification");
  const matcher = either(raw, "matcher-name", "matcher_name", "extractor-name", "extractor_name");
  const name = stringAt(info, "name") ?? template;
  const seen = placeOf(raw);
  const word = stringAt(info, "severity");
  const score = numberAt(classification, "cvss-score");
  const cve = stringsAt(classification, "cve-id", limits.listItems);
  const [first = "", ...others] = stringsAt(info, "reference", limits.listItems);
  return observed({
    ...seen.asset,
    otherNames: [stringAt(raw, "ip")],
    rule: { key: template, name, help: stringAt(info, "description"), tags: tagsOf(info, limits) },
    title: matcher === null ? name : `${name} - ${matcher}`,
    description: [stringAt(info, "description"), stringAt(info, "impact")],
    location: seen.location,
    identity: ["nuclei match", template, matcher, stringAt(raw, "type"), seen.path, seen.port],
    severity: severityOfWord(word) ?? severityOfScore(score) ?? "info",
    severityWord: word,
    cvss: cvss({ vector: stringAt(classification, "cvss-metrics"), score }),
    cwe: stringsAt(classification, "cwe-id", limits.listItems),
    names: [template, name, ...cve],
    category: stringAt(raw, "type"),
    observation: [
      stringsAt(raw, "extracted-results", limits.listItems).concat(stringsAt(raw, "extracted_results", limits.listItems)).join("\n"),
      stringAt(raw, "request"), stringAt(raw, "response"), stringAt(raw, "curl-command"),
    ],
    remediation: stringAt(info, "remediation"),
    references: [...first.split(/[\s,]+/), ...others],
    port: seen.port,
  }, limits);
}

type Seen = { asset: Pick<Observed, "asset" | "assetKind">; location: string; path: string; port: number | null };

/** What was matched on the web is an application by its origin, anything else a host; some protocols name neither. */
function placeOf(raw: Fields): Seen {
  const matched = either(raw, "matched-at", "matched");
  const [host, url] = [stringAt(raw, "host"), stringAt(raw, "url")?.replace(/^\/(?=https?:)/, "") ?? null];
  const there = webPlace(matched);
  const web: WebPlace | null = there ?? (WEB.has(stringAt(raw, "type") ?? "http") ? (webPlace(host) ?? webPlace(url)) : null);
  const location = matched ?? url ?? host ?? "";
  if (web !== null) return { asset: { asset: web.origin, assetKind: "application" }, location, path: there === null && matched !== null ? stablePath(matched) : web.path, port: web.port };
  const [, name, port] = /^(?:[a-z][\w+.-]*:\/\/)?(\[[0-9a-f:.]+\]|[^:/?#\s]+)(?::(\d{1,5}))?/i.exec(matched ?? host ?? "") ?? [];
  const bare = name?.replace(/^\[|\]$/g, "") ?? null;
  return { asset: { asset: bare, assetKind: bare === null ? null : "host" }, location, path: "", port: Number(port) || numberAt(raw, "port") };
}

const WEB = new Set(["http", "headless", "javascript", "file", "code", "workflow"]);

function tagsOf(info: Fields, limits: Limits): string[] {
  return stringsAt(info, "tags", limits.listItems).flatMap((tags) => tags.split(",")).map((tag) => tag.trim());
}

/**
 * Nuclei's results as JSON Lines (`-jsonl`) or as one list (`-json-export`), of all versions. The report names only
 * what matched: targets without a match are not in it.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const tally = new Tally(limits);
  let takenAt: Date | null = null;
  let known = false;
  const isList = (await firstCharacter(source)) === "[";
  for await (const batch of isList ? listOf(source, limits) : readJsonLines(source, limits)) {
    for (const { value, line } of batch) {
      const read = isFields(value) ? readMatch(value, limits) : "a match must be an object";
      yield* tally.made(read, `line ${String(line)}`);
      known ||= isFields(value) && templateOf(value) !== null;
      const time = isFields(value) ? instantOf(stringAt(value, "timestamp")) : null;
      if (time !== null && (takenAt === null || time > takenAt)) takenAt = time;
    }
  }
  if (!known) throw new ReportFault("This is no Nuclei report: nothing in it names a template");
  yield tally.part("nuclei", { takenAt, provesItsEnd: isList });
}

async function* listOf(source: Source, limits: Limits): AsyncGenerator<Iterable<{ value: unknown; line: number }>> {
  yield* cutElements(source, elementsOf(["[]"], limits));
}

export const nuclei: Importer = { format: "nuclei", label: "Nuclei JSON", media: ["json"], passes: 1, provesItsEnd: false, recognises, parse };
