import type { Severity } from "@/lib/domain/finding/words";
import type { Observed } from "../contract";
import { fingerprintOf, FINGERPRINT_VERSION, foldMessage, foldText } from "../fingerprints";
import type { Limits } from "../limits";
import { fieldsAt, fieldsOf, instant, isFields, listAt, numberAt, stringAt, stringsAt, valueAt } from "../reading/fields";
import { cves, cwes, ghsas, webAddresses } from "../reading/identifiers";
import { block, line, paragraphs } from "../reading/plain-text";
import { coveredMessage, findsCredentials, findsSecrets, isAboutSecrets, SECRET, valuesIn } from "../reading/secrets";
import { severityOfScore, severityOfWord } from "../reading/severities";
import { messageText } from "./message";
import { observationOf } from "./observation";
import { pathOf, placeOf, placeText, type Place, type PlaceTables } from "./places";
import { cvssIn, securitySeverity, textOf, weaknessIds, type RuleFacts } from "./rules";
import type { RunFacts } from "./run";

/** A result that is a finding, one that is none, or one that cannot be used and why. */
export type ResultReading = { kind: "finding"; result: Observed } | { kind: "no finding" } | { kind: "unusable"; why: string };

/** 3.27.9: what did not fail is no finding. `review` asks a person to look, so it is one. Drafts said it in `level`. */
const NO_FINDING = new Set(["pass", "notApplicable", "informational", "open"]);
/** 3.27.10 and 3.58.6, for results whose rule gives neither a security severity nor a rank. */
const LEVELS: ReadonlyMap<string, Severity> = new Map([["error", "high"], ["warning", "medium"], ["note", "low"], ["none", "info"]]);
/** 3.27.23: under review and rejected ones do not hide the result; no status means that nobody has to approve. */
const ACCEPTED = new Set(["accepted", ""]);

/** Reads one result (SARIF 2.1.0, 3.27). `absent` ones are what the tool no longer sees: no finding. */
export function readResult(raw: unknown, run: RunFacts, limits: Limits): ResultReading {
  if (!isFields(raw)) return { kind: "unusable", why: "a result must be an object" };
  const kind = stringAt(raw, "kind") ?? stringAt(raw, "level") ?? "fail";
  if (NO_FINDING.has(kind) || stringAt(raw, "baselineState") === "absent") return { kind: "no finding" };
  const rule = run.rules.find(raw);
  const key = line(stringAt(raw, "ruleId") ?? stringAt(fieldsAt(raw, "rule"), "id") ?? rule?.id, limits.nameChars);
  const said = messageText(valueAt(raw, "message"), rule, run.messages);
  if (key === "" && said === null) return { kind: "unusable", why: "a result needs a rule or a message" };
  const secret = findsSecrets(run.tool ?? "") || isAboutSecrets(rule?.cwe ?? [], [key]);
  const message = secret ? coveredMessage(said ?? "", quotedIn(raw)) : (said ?? "");
  const tables = secret ? { ...run.places, covered: true } : run.places;
  return { kind: "finding", result: observed({ raw, run, tables, rule, key: key === "" ? "no-rule" : key, message, limits }) };
}

type Reading = { raw: unknown; run: RunFacts; tables: PlaceTables; rule: RuleFacts | null; key: string; message: string; limits: Limits };

/** What a message may quote of a secret. */
const quotedIn = (raw: unknown): string[] =>
  listAt(raw, "locations", 10).flatMap((location) => {
    const region = fieldsAt(fieldsAt(location, "physicalLocation"), "region");
    return valuesIn(textOf(valueAt(region, "snippet")) ?? "");
  });

function observed(reading: Reading): Observed {
  const { raw, run, tables, rule, key, message, limits } = reading;
  const places = listAt(raw, "locations", limits.listItems);
  const place = firstPlace(raw, places[0], tables, limits);
  const severity = severityOf(raw, rule);
  const named = [key, message, ...stringsAt(fieldsAt(raw, "properties"), "tags", limits.listItems)];
  return {
    asset: run.repository,
    assetKind: run.repository === null ? null : "repository",
    rule: { key, name: rule?.title || key, help: rule?.help ?? null, tags: rule?.tags ?? [] },
    title: rule?.title || line(message.split("\n", 1)[0], limits.titleChars) || key,
    description: block(message, limits.textChars),
    location: locationText(place, places.length, limits),
    fingerprint: fingerprint(reading, place),
    fingerprintVersion: FINGERPRINT_VERSION,
    context: moveable(reading, place),
    severity: severity.severity,
    severityWord: line(severity.word, limits.nameChars),
    cvss: cvssIn(fieldsAt(raw, "properties")) ?? rule?.cvss ?? null,
    ...identifiers(reading, named),
    category: line(stringAt(fieldsAt(raw, "properties"), "category"), limits.nameChars) || (rule?.category ?? (leaks(run, rule) ? SECRET : null)),
    observation: observationOf(raw, place, tables, limits),
    remediation: remediationOf(raw, rule, limits),
    references: [...(rule?.references ?? []), ...webAddresses([stringAt(raw, "hostedViewerUri")], limits.listItems)],
    firstSeen: instant(stringAt(fieldsAt(raw, "provenance"), "firstDetectionTimeUtc")),
    legacyCode: null,
    suppressed: isSuppressed(raw, limits),
    component: null,
    package: null,
    port: null,
  };
}

/** SARIF has no word for the kind of a finding: what a finder of secrets flags is one, and what a rule's weakness or tags call so. */
const leaks = (run: RunFacts, rule: RuleFacts | null): boolean => findsSecrets(run.tool ?? "") || findsCredentials(rule?.cwe ?? [], rule?.tags ?? []);

function firstPlace(raw: unknown, location: unknown, tables: PlaceTables, limits: Limits): Place | null {
  if (location !== undefined) return placeOf(location, tables, limits);
  const path = line(pathOf(valueAt(raw, "analysisTarget"), tables), limits.locationChars);
  return path === "" ? null : { path, startLine: null, name: "", text: null, context: null, note: null };
}

function locationText(place: Place | null, count: number, limits: Limits): string {
  if (place === null) return "";
  return line(count > 1 ? `${placeText(place)} (+${String(count - 1)} more)` : placeText(place), limits.locationChars);
}

function identifiers({ raw, run, rule, limits }: Reading, named: readonly string[]): Pick<Observed, "cve" | "ghsa" | "cwe"> {
  const taxa = listAt(raw, "taxa", limits.listItems);
  const weaknesses = [...weaknessIds(taxa, run.taxonomies), ...stringsAt(fieldsAt(raw, "properties"), "cwe", limits.listItems), ...named.slice(2)];
  return {
    cve: merged(cves(named, limits.listItems), rule?.cve, limits),
    ghsa: merged(ghsas(named, limits.listItems), rule?.ghsa, limits),
    cwe: merged(cwes(weaknesses, limits.listItems), rule?.cwe, limits),
  };
}

/** Both lists in order, no duplicates; most results add nothing to what their rule says. */
function merged<T extends string | number>(mine: readonly T[], theirs: readonly T[] = [], limits: Limits): readonly T[] {
  if (mine.length === 0) return theirs;
  return [...new Set([...mine, ...theirs])].sort((a, b) => (a < b ? -1 : 1)).slice(0, limits.listItems);
}

/** Security severity, else rank (0 to 100), else level; each from the result before the rule. */
function severityOf(raw: unknown, rule: RuleFacts | null): { severity: Severity; word: string } {
  const security = securitySeverity(fieldsAt(raw, "properties")) ?? rule?.securitySeverity ?? null;
  const bySecurity = security === null ? null : (severityOfScore(/^\d/.test(security) ? Number(security) : null) ?? severityOfWord(security));
  if (bySecurity !== null && security !== null) return { severity: bySecurity, word: security };
  const rank = numberAt(raw, "rank") ?? rule?.rank ?? -1;
  const byRank = rank < 0 ? null : severityOfScore(rank / 10);
  if (byRank !== null) return { severity: byRank, word: `rank ${String(rank)}` };
  const level = stringAt(raw, "level") ?? rule?.level ?? "warning";
  return { severity: LEVELS.get(level) ?? "medium", word: level };
}

function remediationOf(raw: unknown, rule: RuleFacts | null, limits: Limits): string | null {
  const fixes = listAt(raw, "fixes", limits.listItems).map((fix) => textOf(valueAt(fix, "description")));
  return paragraphs(fixes, limits.textChars) ?? rule?.remediation ?? null;
}

function isSuppressed(raw: unknown, limits: Limits): boolean {
  const suppressions = listAt(raw, "suppressions", limits.listItems);
  if (suppressions.some((one) => isFields(one) && ACCEPTED.has(stringAt(one, "status") ?? ""))) return true;
  return stringsAt(raw, "suppressionStates", 10).length > 0;
}

/** A value that a tool may have computed: no blanks (`requires login` is a refusal, not a fingerprint). */
const isComputed = (value: unknown): value is string => typeof value === "string" && value !== "" && !/\s/.test(value);

/** Shorter ones are counters: they identify nothing by themselves. */
const LEAST_OWN = 8;

/** See fingerprints.ts for what goes in and why. */
function fingerprint({ raw, run, key, message }: Reading, place: Place | null): string {
  const own = computed(valueAt(raw, "fingerprints")).find(([, value]) => value.length >= LEAST_OWN);
  if (own) return fingerprintOf("sarif fingerprint", [key, ...own]);
  const path = place?.path ?? "";
  const partial = partialOf(raw, run);
  if (partial.length > 0) return fingerprintOf("sarif partial", [key, path, ...partial.flat()]);
  const name = place?.name ?? "";
  const text = foldText(place?.text ?? "");
  if (text !== "") return fingerprintOf("sarif text", [key, path, name, text]);
  return fingerprintOf("sarif message", [key, path, name, foldMessage(message)]);
}

/** The same without the path: only what a tool computed or the flagged text identifies, a message alone is said of many places. */
function moveable({ raw, run, key }: Reading, place: Place | null): string | null {
  const path = place?.path ?? "";
  if (path === "") return null;
  const partial = partialOf(raw, run);
  if (partial.length > 0) return fingerprintOf("sarif partial moved", [key, ...partial.flat()]);
  const text = foldText(place?.text ?? "");
  return text === "" ? null : fingerprintOf("sarif text moved", [key, place?.name ?? "", text]);
}

/** Scanners of secrets put the commit and its author there, alike for all that one commit brought: no fingerprint of theirs. */
const partialOf = (raw: unknown, run: RunFacts): [string, string][] =>
  findsSecrets(run.tool ?? "") ? [] : computed(valueAt(raw, "partialFingerprints"));

/** The computed values of a bag, by name, in an order that does not depend on the file. */
function computed(bag: unknown): [string, string][] {
  const found: [string, string][] = [];
  for (const [name, value] of Object.entries(fieldsOf(bag))) if (isComputed(value) && found.length < 20) found.push([name, value]);
  return found.length < 2 ? found : found.sort(([a], [b]) => (a < b ? -1 : 1));
}
