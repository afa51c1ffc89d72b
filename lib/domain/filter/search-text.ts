/** Fields by the names that people use for them; the first of each is the one that addresses show. */
export const FIELD_NAMES = {
  tab: "tab",
  severity: "severity",
  risk: "severity",
  technical: "technical",
  effective: "effective",
  scanner: "scanner",
  scanner_status: "scanner",
  governance: "governance",
  governance_status: "governance",
  response: "response",
  analyst_response: "response",
  detector: "detector",
  asset: "asset",
  host: "asset",
  ip: "asset",
  rule: "rule",
  category: "category",
  type: "category",
  finding_type: "category",
  cwe: "cwe",
  cve: "cve",
  port: "port",
  assignee: "assignee",
  tag: "tag",
  is: "is",
  added: "added",
  age: "added",
  seen: "seen",
  due: "due",
  sla: "due",
  decided: "decided",
  scan: "scan",
  change: "change",
  sort: "sort",
} as const;

export type FieldName = (typeof FIELD_NAMES)[keyof typeof FIELD_NAMES];
export const FIELDS = [...new Set(Object.values(FIELD_NAMES))];

/** The field behind a name of today or of then, whatever its case; null: there is none. */
export function fieldNamed(name: string): FieldName | null {
  const lower = name.toLowerCase();
  const found = Object.entries(FIELD_NAMES).find(([known]) => known === lower);
  return found ? found[1] : null;
}

/** The values of a list: by commas; a value that holds one stands in double quotes. */
export function splitValues(text: string): string[] {
  return [...text.matchAll(/\s*"([^"]*)"|[^,]+/g)].map((found) => (found[1] ?? found[0]).trim()).filter((value) => value !== "");
}

/** A value as it must stand in such a list. */
export function quoted(value: string): string {
  return /[",\s]/.test(value) ? `"${value.replaceAll('"', "")}"` : value;
}

export type SearchText = { text: string; fields: readonly { name: FieldName; values: readonly string[] }[]; negated: readonly string[] };

const TOKEN = /(-?)([A-Za-z_]+)(?::|\s+in\s+\()((?<=:)(?:"[^"]*"|[^\s"])+|(?<=\()[^)]*\))/g;

/**
 * Takes `severity:high,critical` and `response in ("To Be Closed", "None")` out of a typed text.
 * Only known fields are read so: an address or a package name with a colon stays text.
 */
export function readSearchText(typed: string): SearchText {
  const fields: { name: FieldName; values: readonly string[] }[] = [];
  const negated: string[] = [];
  const text = typed.replace(TOKEN, (whole: string, minus: string, name: string, value: string) => {
    const field = fieldNamed(name);
    if (field === null) return whole;
    if (minus) {
      negated.push(whole);
      return whole;
    }
    fields.push({ name: field, values: splitValues(value.replace(/\)$/, "")) });
    return " ";
  });
  return { text: text.replace(/\s+/g, " ").trim(), fields, negated };
}

const MAX_TERMS = 8;

/** The words that must all be found; what stands in double quotes is one. At most eight, the rest is one more. */
export function searchTerms(text: string): string[] {
  const terms = [...text.matchAll(/"([^"]+)"|\S+/g)].map((found) => (found[1] ?? found[0]).trim()).filter((term) => term !== "" && term !== '"');
  return terms.length <= MAX_TERMS ? terms : [...terms.slice(0, MAX_TERMS - 1), terms.slice(MAX_TERMS - 1).join(" ")];
}
