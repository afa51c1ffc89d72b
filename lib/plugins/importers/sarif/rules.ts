import type { Cvss } from "../contract";
import { fieldsAt, fieldsOf, indexAt, isFields, listAt, numberAt, stringAt, stringsAt, valueAt } from "../reading/fields";
import { cves, cwes, ghsas, webAddresses } from "../reading/identifiers";
import { cvss } from "../reading/observed";
import { block, line, paragraphs } from "../reading/plain-text";
import type { Limits } from "../limits";

/** A longer id has no rules above it: each of its thousands of slashes would be looked behind. */
const LONGEST_HIERARCHY = 1_000;

/** What is kept of a reportingDescriptor (SARIF 2.1.0, 3.49): only what its results need. */
export type RuleFacts = {
  id: string;
  title: string;
  help: string | null;
  remediation: string | null;
  tags: readonly string[];
  category: string | null;
  level: string | null;
  rank: number | null;
  /** `security-severity`, a score from 0 to 10 or a word. */
  securitySeverity: string | null;
  cvss: Cvss | null;
  cwe: readonly number[];
  cve: readonly string[];
  ghsa: readonly string[];
  references: readonly string[];
  messages: ReadonlyMap<string, string>;
};

/** The text of a message or multiformat string: plain text before Markdown. Drafts had a bare string. */
export function textOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  const text = stringAt(value, "text");
  return text !== null && text.trim() !== "" ? text : stringAt(value, "markdown");
}

export function messagesOf(value: unknown, limits: Limits): Map<string, string> {
  const messages = new Map<string, string>();
  for (const [id, message] of Object.entries(fieldsOf(value)).slice(0, limits.listItems)) {
    const text = textOf(message);
    if (text !== null) messages.set(id, text.slice(0, limits.textChars));
  }
  return messages;
}

/** Reads one reportingDescriptor; null when it has no id. `weaknesses` are the taxa it points at, as `CWE-79`. */
export function ruleFacts(raw: unknown, weaknesses: readonly string[], limits: Limits): RuleFacts | null {
  const id = stringAt(raw, "id");
  if (id === null) return null;
  const properties = fieldsAt(raw, "properties");
  const [short, full, help] = [textOf(valueAt(raw, "shortDescription")), textOf(valueAt(raw, "fullDescription")), textOf(valueAt(raw, "help"))];
  const tags = stringsAt(properties, "tags", limits.listItems);
  const named = [id, short, full, stringAt(raw, "name"), ...tags];
  const config = fieldsAt(raw, "defaultConfiguration");
  return {
    id,
    title: line(short ?? stringAt(raw, "name") ?? firstSentence(full), limits.titleChars),
    help: paragraphs([full, help], limits.textChars),
    remediation: block(help, limits.textChars),
    tags: tags.map((tag) => line(tag, limits.nameChars)).filter((tag) => tag !== ""),
    category: line(stringAt(properties, "category"), limits.nameChars) || null,
    level: stringAt(config, "level"),
    rank: numberAt(config, "rank"),
    securitySeverity: securitySeverity(properties),
    cvss: cvssIn(properties),
    cwe: cwes([...tags, ...stringsAt(properties, "cwe", limits.listItems), ...weaknesses, id], limits.listItems),
    cve: cves(named, limits.listItems),
    ghsa: ghsas(named, limits.listItems),
    references: webAddresses([stringAt(raw, "helpUri")], limits.listItems),
    messages: messagesOf(valueAt(raw, "messageStrings"), limits),
  };
}

/** `security-severity` of a property bag, as text: a score or a word. */
export function securitySeverity(properties: unknown): string | null {
  const score = numberAt(properties, "security-severity");
  return score === null ? stringAt(properties, "security-severity") : String(score);
}

/** Names by which tools carry CVSS in a property bag; SARIF has none of its own. */
const VECTORS = ["cvssv4_vector", "cvssV4Vector", "cvssv3_vector", "cvssV3Vector", "cvss_vector", "cvssVector", "cvssv2_vector"] as const;
const SCORES = [["cvssv4_baseScore", "4.0"], ["cvssv3_baseScore", "3.1"], ["cvssV3Score", "3.1"], ["cvss_score", ""], ["cvssScore", ""], ["cvssv2_baseScore", "2.0"]] as const;

/** CVSS of a result's or a rule's property bag: a vector with its score, or a score alone. */
export function cvssIn(properties: unknown): Cvss | null {
  const vector = VECTORS.map((name) => stringAt(properties, name)).find((one) => one !== null) ?? null;
  const [name, version] = SCORES.find(([one]) => numberAt(properties, one) !== null) ?? ["", ""];
  return cvss({ vector, score: numberAt(properties, name), version });
}

const firstSentence = (text: string | null): string | null => text?.split(/(?<=[.!?])\s/, 1)[0] ?? null;

type Pending = { raw: unknown; position: number };

/** Rules of the driver (component -1) and of the extensions of one run. */
export class RuleTable {
  private readonly components = new Map<number, Map<number, RuleFacts>>();
  private readonly byId = new Map<string, RuleFacts>();
  private readonly byGuid = new Map<string, RuleFacts>();

  /** Keeps a rule; gives about how many characters that took. */
  add(component: number, rule: Pending, weaknesses: readonly string[], limits: Limits): number {
    const facts = ruleFacts(rule.raw, weaknesses, limits);
    if (facts === null) return 0;
    const rules = this.components.get(component) ?? new Map<number, RuleFacts>();
    this.components.set(component, rules.set(rule.position, facts));
    if (!this.byId.has(facts.id)) this.byId.set(facts.id, facts);
    const guid = stringAt(rule.raw, "guid");
    if (guid !== null) this.byGuid.set(guid, facts);
    return (facts.help?.length ?? 0) + (facts.remediation?.length ?? 0) + facts.title.length + 500;
  }

  /**
   * The rule of a result (3.27.5 to 3.27.7, 3.52): by `rule.guid`, by index in its component, by id, and for a
   * hierarchical id (`CA1000/1`) by its longest known prefix.
   */
  find(result: unknown): RuleFacts | null {
    const reference = valueAt(result, "rule");
    const byGuid = this.byGuid.get(stringAt(reference, "guid") ?? "");
    if (byGuid) return byGuid;
    const id = stringAt(result, "ruleId") ?? stringAt(reference, "id");
    const index = indexAt(result, "ruleIndex") ?? indexAt(reference, "index");
    const component = isFields(reference) ? (indexAt(fieldsAt(reference, "toolComponent"), "index") ?? -1) : -1;
    const byIndex = index === null ? undefined : this.components.get(component)?.get(index);
    if (byIndex && (id === null || id === byIndex.id || id.startsWith(`${byIndex.id}/`))) return byIndex;
    return id === null ? null : this.byHierarchy(id);
  }

  private byHierarchy(id: string): RuleFacts | null {
    if (id.length > LONGEST_HIERARCHY) return this.byId.get(id) ?? null;
    for (let prefix = id; prefix !== ""; prefix = prefix.slice(0, Math.max(0, prefix.lastIndexOf("/")))) {
      const rule = this.byId.get(prefix);
      if (rule) return rule;
    }
    return null;
  }
}

/** Names of a run's taxonomies and the ids of their taxa, by index. */
export type Taxonomies = ReadonlyMap<number, { name: string | null; ids: ReadonlyMap<number, string> }>;

/** `CWE-79` for each relationship or taxon (3.53, 3.27.8) that points into a CWE taxonomy, by id or by index. */
export function weaknessIds(references: readonly unknown[], taxonomies: Taxonomies): string[] {
  return references.flatMap((one) => {
    const target = isFields(valueAt(one, "target")) ? valueAt(one, "target") : one;
    const component = fieldsAt(target, "toolComponent");
    const taxonomy = taxonomies.get(indexAt(component, "index") ?? 0);
    const id = stringAt(target, "id") ?? taxonomy?.ids.get(indexAt(target, "index") ?? -1) ?? null;
    if (id === null) return [];
    if (/^cwe/i.test(id)) return [id];
    return /^cwe$/i.test(stringAt(component, "name") ?? taxonomy?.name ?? "") ? [`CWE-${id}`] : [];
  });
}

export const relationshipsOf = (raw: unknown, limits: Limits): readonly unknown[] => listAt(raw, "relationships", limits.listItems);
