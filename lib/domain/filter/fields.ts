import { ASSET_KINDS, EXPOSURES, SENSITIVITIES } from "@/lib/domain/asset/words";
import { CLOSE_REASONS, GOVERNANCE_STATUSES, RESPONSES, ROUTES, SCANNER_STATUSES, SEVERITIES, TABS, VERIFICATIONS } from "@/lib/domain/finding/words";
import { LEGACY_CODES, LEGACY_LABELS } from "@/lib/domain/finding/legacy-code";
import { MODULE_KEYS, MODULE_STATES } from "@/lib/domain/module/table";
import { IS_FLAGS, SCAN_CHANGES, SLA_STATES, SORTS } from "@/lib/domain/views/alerts";

/**
 * What the values of a field are.
 * choice: of a closed list · flags: of a closed list, and they add up · words: any text, `*` stands for anything ·
 * upper: the same, in capitals · tag: the same, as tags are stored · integer, decimal: numbers, comparisons and ranges · past, future: spans of time ·
 * yes: true or false · person: "me", "none", an e-mail or a name · text: free text · scan: a scan, with what it did ("12/new").
 */
export type Kind = "choice" | "flags" | "words" | "upper" | "tag" | "integer" | "decimal" | "past" | "future" | "yes" | "person" | "text" | "scan";

/** Where values are looked up while somebody types. */
export const LIVE_SOURCES = ["asset", "host", "detector", "rule", "category", "tag", "person", "package", "component", "owner", "team", "cve", "ghsa"] as const;
export type LiveSource = (typeof LIVE_SOURCES)[number];

export type Field = {
  /** Other names, of today and of then. */
  readonly aliases: readonly string[];
  readonly kind: Kind;
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
};

const WHOLE = 2_147_483_647;
const OLD_RESPONSES = new Map([...LEGACY_LABELS, ...LEGACY_CODES]);
const INFO = new Map([["informational", "info"], ["information", "info"]]);

/** Every field of the language: a row here, one in the table of conditions and its words in field-words.ts make one. */
export const FIELDS = {
  severity: { aliases: ["risk", "calibrated"], kind: "choice", values: SEVERITIES, also: INFO },
  response: { aliases: ["analyst_response", "status"], kind: "choice", values: RESPONSES, also: OLD_RESPONSES },
  scanner: { aliases: ["scanner_status", "detection", "status_text"], kind: "choice", values: SCANNER_STATUSES, also: new Map([["not_detected", "closed"]]) },
  governance: { aliases: ["governance_status"], kind: "choice", values: GOVERNANCE_STATUSES },
  is: { aliases: [], kind: "flags", values: IS_FLAGS },
  asset: { aliases: ["target"], kind: "words", live: "asset" },
  host: { aliases: ["ip", "hostname"], kind: "words", live: "host" },
  assignee: { aliases: ["assigned_to"], kind: "person", live: "person" },
  tag: { aliases: ["tags", "label"], kind: "tag", live: "tag" },
  detector: { aliases: ["tool"], kind: "words", live: "detector" },
  rule: { aliases: ["check"], kind: "words", live: "rule" },
  category: { aliases: ["type", "finding_type"], kind: "words", live: "category" },
  cve: { aliases: [], kind: "upper", live: "cve" },
  ghsa: { aliases: [], kind: "upper", live: "ghsa" },
  cwe: { aliases: [], kind: "integer", prefix: /^cwe-/i, least: 0, most: WHOLE },
  cvss: { aliases: ["cvss_score"], kind: "decimal", least: 0, most: 10 },
  epss: { aliases: [], kind: "decimal", least: 0, most: 1 },
  kev: { aliases: [], kind: "yes", values: ["true", "false"] },
  package: { aliases: ["pkg"], kind: "words", live: "package" },
  component: { aliases: [], kind: "words", live: "component" },
  port: { aliases: [], kind: "integer", least: 0, most: 65_535 },
  technical: { aliases: ["technical_severity"], kind: "choice", values: SEVERITIES, also: INFO },
  effective: { aliases: ["effective_severity"], kind: "choice", values: SEVERITIES, also: INFO },
  added: { aliases: ["age", "added_on", "first_seen"], kind: "past" },
  seen: { aliases: ["last_seen", "last_seen_on"], kind: "past" },
  due: { aliases: ["due_by"], kind: "future" },
  sla: { aliases: ["sla_state"], kind: "choice", values: SLA_STATES, also: new Map([["breached", "overdue"], ["running", "due"]]) },
  decided: { aliases: ["decided_at"], kind: "past" },
  expires: { aliases: ["accepted_until", "expiry"], kind: "future" },
  follow_up: { aliases: ["follow_up_on"], kind: "future" },
  reason: { aliases: ["close_reason"], kind: "choice", values: CLOSE_REASONS },
  verification: { aliases: ["verified"], kind: "choice", values: VERIFICATIONS },
  exposure: { aliases: [], kind: "choice", values: EXPOSURES },
  sensitivity: { aliases: ["data_sensitivity"], kind: "choice", values: SENSITIVITIES },
  owner: { aliases: [], kind: "words", live: "owner" },
  team: { aliases: [], kind: "words", live: "team" },
  kind: { aliases: ["asset_kind"], kind: "choice", values: ASSET_KINDS },
  module: { aliases: [], kind: "choice", values: MODULE_KEYS },
  state: { aliases: ["module_state", "takedown", "relevance"], kind: "choice", values: [...MODULE_STATES, "none"] },
  route: { aliases: ["routing"], kind: "choice", values: [...ROUTES, "none"] },
  scan: { aliases: [], kind: "scan" },
  change: { aliases: [], kind: "choice", values: SCAN_CHANGES, alone: true },
  ticket: { aliases: ["tickets"], kind: "integer", prefix: /^t-/i, least: 1, most: WHOLE },
  number: { aliases: ["id"], kind: "integer", prefix: /^f-/i, least: 1, most: WHOLE },
  text: { aliases: [], kind: "text" },
  tab: { aliases: [], kind: "choice", values: TABS, alone: true },
  sort: { aliases: [], kind: "choice", values: SORTS, alone: true },
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
