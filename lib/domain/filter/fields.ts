import { ASSET_KINDS, EXPOSURES, SENSITIVITIES } from "@/lib/domain/asset/words";
import { CLOSE_REASONS, GOVERNANCE_STATUSES, RESPONSES, SCANNER_STATUSES, SEVERITIES, TABS, VERIFICATIONS } from "@/lib/domain/finding/words";
import { LEGACY_CODES, LEGACY_LABELS } from "@/lib/domain/finding/legacy-code";
import { MODULE_KEYS, MODULE_STATES } from "@/lib/domain/module/table";
import { IS_FLAGS, SCAN_CHANGES, SLA_STATES, SORTS } from "@/lib/domain/views/alerts";

/**
 * What the values of a field are.
 * choice: of a closed list · flags: of a closed list, and they add up · words: any text, `*` stands for anything ·
 * upper: the same, in capitals · integer, decimal: numbers, comparisons and ranges · past, future: spans of time ·
 * yes: true or false · person: "me", "none", an e-mail or a name · text: free text · scan: a scan, with what it did ("12/new").
 */
export type Kind = "choice" | "flags" | "words" | "upper" | "integer" | "decimal" | "past" | "future" | "yes" | "person" | "text" | "scan";

/** Where values are looked up while somebody types. */
export const LIVE_SOURCES = ["asset", "detector", "rule", "category", "tag", "person", "package", "owner", "team", "cve"] as const;
export type LiveSource = (typeof LIVE_SOURCES)[number];

export type Field = {
  /** Other names, of today and of then. */
  readonly aliases: readonly string[];
  readonly kind: Kind;
  /** One line for whoever types it. */
  readonly does: string;
  /** The closed list, in its order. */
  readonly values?: readonly string[];
  /** Other words for those values, in small letters. */
  readonly also?: ReadonlyMap<string, string>;
  readonly live?: LiveSource;
  /** Of numbers: what people write before them; the least and the most. */
  readonly prefix?: RegExp;
  readonly least?: number;
  readonly most?: number;
  /** Of the queue as a whole: may only stand by itself, not under a negation or an OR. */
  readonly alone?: boolean;
  readonly examples: readonly string[];
};

const WHOLE = 2_147_483_647;
const OLD_RESPONSES = new Map([...LEGACY_LABELS, ...LEGACY_CODES]);
const INFO = new Map([["informational", "info"], ["information", "info"]]);

/** Every field of the language: a row here and a row in the table of conditions make one. */
export const FIELDS = {
  severity: { aliases: ["risk", "calibrated"], kind: "choice", values: SEVERITIES, also: INFO, does: "Severity as the team calibrated it", examples: ["severity:high,critical"] },
  response: { aliases: ["analyst_response", "status"], kind: "choice", values: RESPONSES, also: OLD_RESPONSES, does: "What people decided; old labels are understood", examples: ["response:investigating", 'response in ("To Be Closed", "None")'] },
  scanner: { aliases: ["scanner_status", "detection", "status_text"], kind: "choice", values: SCANNER_STATUSES, also: new Map([["not_detected", "closed"]]), does: "Is it still detected: new, open or closed", examples: ["scanner:new,open"] },
  governance: { aliases: ["governance_status"], kind: "choice", values: GOVERNANCE_STATUSES, does: "The decision in full detail", examples: ["governance:reopened"] },
  is: { aliases: [], kind: "flags", values: IS_FLAGS, does: "A property; several add up", examples: ["is:kev", "-is:verified"] },
  asset: { aliases: ["host", "ip", "hostname", "target"], kind: "words", live: "asset", does: "Name or address of the asset; * stands for anything", examples: ["asset:web-3", "host:api.*", "ip:10.0.*"] },
  assignee: { aliases: ["assigned_to"], kind: "person", live: "person", does: "me, none, an e-mail or a name", examples: ["assignee:me", "assignee:none"] },
  tag: { aliases: ["tags", "label"], kind: "words", live: "tag", does: "A tag that people gave", examples: ["tag:pci", "-tag:*"] },
  detector: { aliases: ["tool"], kind: "words", live: "detector", does: "The tool that observes it", examples: ["detector:trivy"] },
  rule: { aliases: ["check"], kind: "words", live: "rule", does: "Key or name of the check that fired", examples: ["rule:sqli-*"] },
  category: { aliases: ["type", "finding_type"], kind: "words", live: "category", does: "Type of the finding", examples: ['type:"Web Application"'] },
  cve: { aliases: [], kind: "upper", live: "cve", does: "A vulnerability by its CVE", examples: ["cve:CVE-2021-44228", "cve:CVE-2024-*"] },
  ghsa: { aliases: [], kind: "upper", does: "An advisory by its GHSA", examples: ["ghsa:GHSA-jfh8-c2jp-5v3q"] },
  cwe: { aliases: [], kind: "integer", prefix: /^cwe-/i, least: 0, most: WHOLE, does: "A weakness by its CWE", examples: ["cwe:79", "cwe:CWE-89"] },
  cvss: { aliases: ["cvss_score"], kind: "decimal", least: 0, most: 10, does: "CVSS score of the report, 0 to 10", examples: ["cvss:>=7", "cvss:4..6.9"] },
  epss: { aliases: [], kind: "decimal", least: 0, most: 1, does: "Likelihood of exploitation, 0 to 1", examples: ["epss:>0.5", "epss:>50%"] },
  kev: { aliases: [], kind: "yes", values: ["true", "false"], does: "Is it known to be exploited", examples: ["kev:true"] },
  package: { aliases: ["pkg"], kind: "words", live: "package", does: "The package, without its version", examples: ["package:openssl"] },
  component: { aliases: [], kind: "words", does: "The component as the report names it", examples: ["component:openssl*"] },
  port: { aliases: [], kind: "integer", least: 0, most: 65_535, does: "Network port", examples: ["port:443,8443", "port:8000..8100"] },
  technical: { aliases: ["technical_severity"], kind: "choice", values: SEVERITIES, also: INFO, does: "Severity as the scanner says it", examples: ["technical:critical"] },
  effective: { aliases: ["effective_severity"], kind: "choice", values: SEVERITIES, also: INFO, does: "Severity after the decision", examples: ["effective:info"] },
  added: { aliases: ["age", "added_on", "first_seen"], kind: "past", does: "First seen: how long ago, or on which days", examples: ["age:>30d", "added:2026-11-01..2026-11-21"] },
  seen: { aliases: ["last_seen", "last_seen_on"], kind: "past", does: "Last seen by a scan", examples: ["seen:<7d"] },
  due: { aliases: ["due_by"], kind: "future", does: "The next clock runs out", examples: ["due:<24h"] },
  sla: { aliases: ["sla_state"], kind: "choice", values: SLA_STATES, also: new Map([["breached", "overdue"], ["running", "due"]]), does: "Where the clocks stand", examples: ["sla:overdue,warning"] },
  decided: { aliases: ["decided_at"], kind: "past", does: "Last decided", examples: ["decided:<7d"] },
  expires: { aliases: ["accepted_until", "expiry"], kind: "future", does: "An acceptance ends", examples: ["expires:<14d"] },
  follow_up: { aliases: ["follow_up_on"], kind: "future", does: "A vendor is asked again", examples: ["follow_up:<7d"] },
  reason: { aliases: ["close_reason"], kind: "choice", values: CLOSE_REASONS, does: "Why it was closed", examples: ["reason:patched,mitigated"] },
  verification: { aliases: ["verified"], kind: "choice", values: VERIFICATIONS, does: "What is known of the fix", examples: ["verification:pending"] },
  exposure: { aliases: [], kind: "choice", values: EXPOSURES, does: "Who can reach the asset", examples: ["exposure:internet"] },
  sensitivity: { aliases: ["data_sensitivity"], kind: "choice", values: SENSITIVITIES, does: "What the asset's data is worth", examples: ["sensitivity:restricted"] },
  owner: { aliases: [], kind: "words", live: "owner", does: "The role that answers for the asset; none: nobody", examples: ["owner:none"] },
  team: { aliases: [], kind: "words", live: "team", does: "The team behind the asset; none: none", examples: ["team:Platform"] },
  kind: { aliases: ["asset_kind"], kind: "choice", values: ASSET_KINDS, does: "Kind of the asset", examples: ["kind:container"] },
  module: { aliases: [], kind: "choice", values: MODULE_KEYS, does: "A module: a view over types of findings", examples: ["module:web"] },
  state: { aliases: ["module_state", "takedown", "relevance"], kind: "choice", values: [...MODULE_STATES, "none"], does: "What its module says of it beside the response; none: could, and nobody has", examples: ["state:offline", "state:none"] },
  scan: { aliases: [], kind: "scan", does: "What one scan saw or changed", examples: ["scan:12", "scan:12/regressed"] },
  change: { aliases: [], kind: "choice", values: SCAN_CHANGES, alone: true, does: "What that scan did, beside scan:", examples: ["scan:12 change:new"] },
  number: { aliases: ["id"], kind: "integer", prefix: /^f-/i, least: 1, most: WHOLE, does: "Findings by number", examples: ["number:42", "number:100..200"] },
  text: { aliases: [], kind: "text", does: "Title, location, asset, rule or identifier holds this", examples: ["log4j", '"sql injection"'] },
  tab: { aliases: [], kind: "choice", values: TABS, alone: true, does: "The tab", examples: ["tab:all"] },
  sort: { aliases: [], kind: "choice", values: SORTS, alone: true, does: "The order; - turns it round", examples: ["sort:due"] },
} as const satisfies Record<string, Field>;

export type FieldName = keyof typeof FIELDS;

function isField(name: string): name is FieldName {
  return Object.hasOwn(FIELDS, name);
}

/** The names, in the order in which they are offered. */
export const FIELD_NAMES: readonly FieldName[] = Object.keys(FIELDS).filter(isField);

const BY_ALIAS: ReadonlyMap<string, FieldName> = new Map(FIELD_NAMES.flatMap((name) => [[name, name], ...fieldOf(name).aliases.map((alias): [string, FieldName] => [alias, name])]));

/** Every name that the language knows, aliases too. */
export const KNOWN_NAMES: readonly string[] = [...BY_ALIAS.keys()];

/** The row of a field. */
export function fieldOf(name: FieldName): Field {
  return FIELDS[name];
}

/** The field behind a name of today or of then, whatever its case; null: there is none. */
export function fieldNamed(name: string): FieldName | null {
  return BY_ALIAS.get(name.toLowerCase()) ?? null;
}

/** Do the values of a field that is named twice become alternatives? Numbers, spans, properties and texts add up instead. */
export function areAlternatives(name: FieldName): boolean {
  return ["choice", "words", "upper", "yes", "person"].includes(fieldOf(name).kind);
}
