import type { Severity } from "@/lib/domain/finding/words";
import type { AssetKind, Cvss, Observed } from "../contract";
import { fingerprintOf, FINGERPRINT_VERSION } from "../fingerprints";
import type { Limits } from "../limits";
import { cves, cwes, ghsas, webAddresses } from "./identifiers";
import { otherNamesIn } from "./other-names";
import { block, line, paragraphs } from "./plain-text";

type Text = string | null | undefined;
type Recipe = readonly [kind: string, ...parts: (string | number | null)[]];

/** A result as an importer reads it, before its texts are made fit to be stored. What is left out is absent. */
export type Reading = {
  asset?: Text;
  assetKind?: AssetKind | null;
  otherNames?: readonly Text[];
  rule: { key: string; name?: Text; help?: Text | readonly Text[]; tags?: readonly Text[] };
  title: Text;
  description?: Text | readonly Text[];
  location?: Text;
  /** The recipe of the fingerprint: its name, then what identifies. See fingerprints.ts for what may go in. */
  identity: Recipe;
  /** The same without the path, where that still identifies. */
  context?: Recipe | null;
  severity: Severity;
  severityWord?: Text;
  cvss?: Cvss | null;
  /** Texts that name CWE numbers: `CWE-79`. */
  cwe?: readonly Text[];
  /** Texts that name CVE and GHSA identifiers. */
  names?: readonly Text[];
  category?: Text;
  observation?: Text | readonly Text[];
  remediation?: Text | readonly Text[];
  references?: readonly Text[];
  firstSeen?: Date | null;
  legacyCode?: Text;
  suppressed?: boolean;
  package?: Text;
  /** Version of the package; `component` is both. */
  version?: Text;
  port?: number | null;
};

/** Stands for a rule of whose names nothing is left that can be stored. */
const UNNAMED = "unnamed";

/** The result as the contract wants it: every text plain, bounded and storable, every list sorted and without doubles. */
export function observed(reading: Reading, limits: Limits): Observed {
  const { rule, names = [], context = null } = reading;
  const key = line(rule.key, limits.nameChars) || line(rule.name, limits.nameChars) || line(reading.title, limits.nameChars) || UNNAMED;
  const name = line(rule.name, limits.titleChars) || key;
  const [recipe, ...parts] = reading.identity;
  const packageName = line(reading.package, limits.nameChars) || null;
  const asset = line(reading.asset, limits.nameChars) || null;
  const otherNames = reading.otherNames === undefined ? [] : otherNamesIn(reading.otherNames).filter((one) => one !== asset);
  return {
    asset,
    assetKind: reading.assetKind ?? null,
    ...(otherNames.length === 0 ? {} : { otherNames }),
    rule: { key, name, help: text(rule.help, limits.textChars), tags: tags(rule.tags, limits) },
    title: line(reading.title, limits.titleChars) || name,
    description: text(reading.description, limits.textChars),
    location: line(reading.location, limits.locationChars),
    fingerprint: fingerprintOf(recipe, parts),
    fingerprintVersion: FINGERPRINT_VERSION,
    context: context === null ? null : fingerprintOf(context[0], context.slice(1)),
    severity: reading.severity,
    severityWord: line(reading.severityWord, limits.nameChars) || null,
    cvss: reading.cvss ?? null,
    cwe: cwes(reading.cwe ?? [], limits.listItems),
    cve: cves(names, limits.listItems),
    ghsa: ghsas(names, limits.listItems),
    category: line(reading.category, limits.nameChars) || null,
    observation: text(reading.observation, limits.observationChars),
    remediation: text(reading.remediation, limits.textChars),
    references: webAddresses(reading.references ?? [], limits.listItems),
    firstSeen: reading.firstSeen ?? null,
    legacyCode: line(reading.legacyCode, limits.nameChars) || null,
    suppressed: reading.suppressed ?? false,
    component: packageName === null ? null : line(`${packageName} ${reading.version ?? ""}`, limits.nameChars),
    package: packageName,
    port: portOf(reading.port),
  };
}

const text = (given: Text | readonly Text[], most: number): string | null =>
  typeof given === "string" ? block(given, most) : given === null || given === undefined ? null : paragraphs(given, most);

const tags = (given: readonly Text[] = [], limits: Limits): string[] =>
  [...new Set(given.map((one) => line(one, limits.nameChars)).filter((one) => one !== ""))].slice(0, limits.listItems);

const portOf = (port: number | null | undefined): number | null =>
  port !== null && port !== undefined && Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;

/**
 * CVSS as a report gives it: the version stands in the vector where it has one (`CVSS:3.1/…`), v2 vectors have none. A vector that could not be
 * one and a score outside of 0 to 10 are left out; null when nothing is left. A score of which nobody says the version has none (`""`).
 */
export function cvss(given: { vector?: Text; score?: number | null; version?: Text }): Cvss | null {
  const bare = (given.vector ?? "").trim().replace(/^\((.*)\)$/, "$1").replace(/^CVSS2[#:]|^CVSS:2\.0\//i, "");
  const vector = isVector(bare) ? bare : null;
  const { score = null } = given;
  const inside = score !== null && score >= 0 && score <= 10 ? score : null;
  if (vector === null && inside === null) return null;
  const own = /^CVSS:(\d\.\d)\//.exec(vector ?? "")?.[1] ?? (vector !== null && /(^|\/)Au:/.test(vector) ? "2.0" : null);
  return { version: own ?? line(given.version, 10), vector, score: inside };
}

/** What has the shape of a vector of a version of CVSS that there is; whether its metrics mean something is asked where they are read. */
export const isVector = (text: string): boolean => /^(?!CVSS:(?!(?:2\.0|3\.[01]|4\.0)\/))[A-Za-z0-9.:/]{5,200}$/.test(text);
