import { RESPONSE_CODES, type Severity } from "@/lib/domain/finding/words";
import { foldLabel } from "@/lib/domain/finding/legacy-code";
import type { ColumnMapping, MappedField } from "@/lib/domain/scan/mapping";
import type { Cvss, Observed } from "../contract";
import { foldMessage, foldPath } from "../fingerprints";
import type { Limits } from "../limits";
import { addressesIn } from "../reading/html-text";
import { instantOf } from "../reading/instants";
import { cvss, observed } from "../reading/observed";
import { severityOfScore, severityOfWord } from "../reading/severities";
import { stablePath, webPlace } from "../reading/web-place";

/** The value of one of our fields in a record of somebody's own making; null when it has none. */
export type Values = (field: MappedField) => string | null;

/** Words of severity that no scanner of the other formats uses. */
const MORE_WORDS: ReadonlyMap<string, Severity> = new Map([
  ["blocker", "critical"],
  ["urgent", "critical"],
  ["p1", "critical"],
  ["major", "high"],
  ["p2", "high"],
  ["p3", "medium"],
  ["normal", "medium"],
  ["p4", "low"],
  ["trivial", "low"],
  ["p5", "info"],
  ["information", "info"],
]);

/** What was said of the columns as such: their words of severity, and the name of the one that holds the state. */
type Said = Pick<ColumnMapping, "severities" | "state">;

/** Reads a record. A text is why it cannot be used; null is no finding: its own state says that it was fixed. */
export function readRecord(value: Values, said: Said, limits: Limits): Observed | string | null {
  const title = value("title");
  if (title === null) return "it has no title";
  const state = stateOf(value("state"), said.state ?? "");
  if (state === "fixed") return null;
  const rule = value("rule");
  const place = placeOf(value);
  const score = cvssOf(value);
  const word = value("severity");
  const own = value("fingerprint");
  const packageName = value("package");
  const identity = own === null ? [place.stable, packageName, value("port")] : [own];
  return observed(
    {
      asset: place.asset,
      assetKind: place.asset === null ? null : place.kind,
      rule: { key: rule ?? title, name: rule === null || rule === title ? title : `${rule}: ${title}` },
      title,
      description: value("description"),
      location: place.shown || (value("port") === null ? "" : `port ${String(value("port"))}`),
      identity: [own === null ? "generic result" : "generic own identity", rule ?? foldMessage(title), ...identity],
      severity: severityOf(word, said.severities ?? {}) ?? severityOfScore(score?.score ?? null) ?? "medium",
      severityWord: word,
      cvss: score,
      cwe: (value("cwe") ?? "").split(/[,;|\s]+/).map((name) => name.replace(/^0*(\d+)$/, "CWE-$1")),
      names: [value("cve"), value("aliases"), rule, title],
      category: value("category"),
      observation: value("observation"),
      remediation: value("remediation"),
      references: addressesIn(value("references")),
      firstSeen: dateOf(value("first_seen")),
      legacyCode: oldCode(value("status_code")),
      suppressed: state === "closed" || YES.test(value("suppressed") ?? ""),
      package: packageName,
      version: value("version"),
      port: portOf(value("port")) ?? place.port,
    },
    limits,
  );
}

const YES = /^\s*(?:true|yes|y|1|x)\s*$/i;
/** Columns that ask whether it was: `is_mitigated`, `Fixed?`. Elsewhere a 1 is some code. */
const ASKS_FIXED = /(?:mitigated|remediated|fixed|resolved)\W*$/i;
const FIXED = /^(?:true|yes|(?:auto[- _]?)?(?:fixed|mitigated|remediated|resolved|solved|patched))$/i;
/** The same words with more behind them too: `Resolved as a false positive`, `Fixed in 2.0`. */
const CLOSED = /^(?:fixed|mitigated|remediated|resolved|solved|patched|closed|done|inactive|dismissed|wont[- _]?fix|won't[- _]?fix|risk[- _]accepted|accepted|ignored|false[- _]positive)\b/i;

/**
 * What the other tool says of it, in the column of this name: fixed (in a word, by a yes, or by the day on which it was), so that nobody sees it any more; or closed for whatever
 * reason, which neither finds it again nor says that it is gone.
 */
function stateOf(text: string | null, column: string): "fixed" | "closed" | null {
  const plain = (text ?? "").trim();
  if (FIXED.test(plain) || (ASKS_FIXED.test(column) && YES.test(plain)) || dateOf(plain) !== null) return "fixed";
  return CLOSED.test(plain) ? "closed" : null;
}

type Place = { asset: string | null; kind: "host" | "application"; shown: string; stable: string; port: number | null };

/** Where no column names the asset, the address of the place does. A line is shown, and is no identity. */
function placeOf(value: Values): Place {
  const [asset, location] = [value("asset"), value("location")];
  const web = webPlace(location);
  const named = webPlace(asset);
  const line = value("line");
  const path = web === null ? (location ?? "") : web.path;
  const shown = line !== null && /^\d{1,9}$/.test(line) && path !== "" ? `${path}:${line}` : path;
  const stable = web === null ? foldPath(stablePath(location)) : web.path;
  const port = web?.port ?? named?.port ?? null;
  if (asset === null) return { asset: web?.origin ?? null, kind: "application", shown, stable, port };
  const below = named && named.path !== "/" ? named.path : "";
  return { asset: named?.origin ?? asset, kind: named ? "application" : "host", shown: shown || below, stable: stable || below, port };
}

/** What somebody said the word means; else what it says itself; else a number from 0 to 10, read as a score. */
function severityOf(word: string | null, said: Readonly<Record<string, Severity>>): Severity | null {
  const plain = (word ?? "").trim().toLowerCase();
  if (plain === "") return null;
  const [, mapped] = Object.entries(said).find(([name]) => name.trim().toLowerCase() === plain) ?? [];
  const known = mapped ?? severityOfWord(plain) ?? MORE_WORDS.get(plain);
  if (known !== undefined) return known;
  if (/^\d{1,2}(?:\.\d{1,3})?$/.test(plain)) return severityOfScore(Number(plain));
  // `3 - High`, `Critical (9.8)`
  const words = plain.slice(0, 100).match(/[a-z]+/g) ?? [];
  return words.map((one) => severityOfWord(one) ?? MORE_WORDS.get(one) ?? null).find((one) => one !== null) ?? null;
}

/** Vector and score, each also in the other's column, as many call either of them just CVSS. */
function cvssOf(value: Values): Cvss | null {
  const given = [value("cvss_vector"), value("cvss_score")];
  const score = given.find((one) => one !== null && /^\d{1,2}(?:\.\d{1,2})?$/.test(one)) ?? null;
  const vector = given.find((one) => one !== null && /A[VU]:/.test(one)) ?? null;
  return cvss({ vector, score: score === null ? null : Number(score) });
}

/** A day alone is read as its beginning; `28/02/2021` only where it cannot be another day. */
function dateOf(text: string | null): Date | null {
  const plain = (text ?? "").trim();
  if (/^\d{4}-\d\d-\d\d$/.test(plain)) return instantOf(`${plain}T00:00Z`);
  const [, first = "", second = "", year = ""] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(plain) ?? [];
  if (year === "") return instantOf(plain);
  const dayFirst = Number(first) > 12 || plain.includes(".") || first === second;
  if (!dayFirst && Number(second) <= 12) return null;
  const [day, month] = dayFirst ? [first, second] : [second, first];
  return Number(month) > 12 ? null : instantOf(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}T00:00Z`);
}

/** The code of an older triage system; its words are given as the code that folds to the same. */
function oldCode(text: string | null): string | null {
  if (text === null || /^\d+$/.test(text)) return text;
  const response = foldLabel(text);
  return response === null ? text : String(RESPONSE_CODES[response]);
}

const portOf = (text: string | null): number | null => (text !== null && /^\d{1,5}$/.test(text) ? Number(text) : null);
