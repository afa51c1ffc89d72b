import { z } from "zod";
import { SEVERITIES } from "@/lib/domain/finding/words";

/**
 * What a column of somebody's own CSV, or a value of their JSON, may be to us: label for people, then the names by
 * which it is known without being told. Names are compared without case, blanks and punctuation; the first wins.
 */
const FIELDS = {
  title: ["Title", "title finding_title vulnerability_title name vulnerability_name finding_name issue_name vulnerability finding issue summary headline subject problem alert plugin_name message"],
  asset: ["Asset", "asset asset_name asset_hostname host hostname host_name fqdn ip ip_address host_ip target target_name server machine device system application application_name app project project_name repository repo affected_host affected_asset endpoints_host endpoint_host"],
  rule: ["Rule or check", "rule rule_id rule_key check_id check plugin_id plugin test_id signature_id vuln_id_from_tool vulnerability_id vuln_id qid oid"],
  location: ["Location", "location file_path filepath file file_name filename path url uri affected_url endpoint endpoints resource place"],
  line: ["Line", "line line_number start_line line_no"],
  severity: ["Severity", "severity severity_level risk risk_level risk_rating risk_factor criticality threat threat_level rating level priority"],
  description: ["Description", "description details detail long_description vulnerability_description synopsis overview explanation impact"],
  observation: ["What was seen", "evidence observation output plugin_output proof proof_of_concept poc result results specific_result steps_to_reproduce raw"],
  remediation: ["Remediation", "remediation mitigation solution recommendation recommendations fix resolution how_to_fix"],
  cvss_vector: ["CVSS vector", "cvss_vector cvssv4 cvssv4_vector cvss4_vector cvssv3 cvssv3_vector cvss3_vector cvss_v3_vector cvssv2_vector vector vector_string"],
  cvss_score: ["CVSS score", "cvss_score cvss cvss_base cvss_base_score base_score cvssv4_score cvssv3_score cvss3_score cvss_v3 cvss_v3_base_score cvssv3_base_score cvss3_base_score score"],
  cwe: ["CWE", "cwe cwe_id cwe_ids cwes weakness weakness_id"],
  cve: ["CVE", "cve cve_id cve_ids cves cve_number"],
  aliases: ["Other identifiers", "vulnerability_ids aliases ghsa ghsa_id advisory advisory_id identifiers"],
  references: ["References", "references reference refs see_also links link more_info"],
  category: ["Category", "category family type class group owasp"],
  package: ["Package", "package package_name component component_name library dependency product module"],
  version: ["Version", "version package_version component_version installed_version"],
  port: ["Port", "port port_number"],
  first_seen: ["First seen", "first_seen first_found first_detected first_discovered first_observed date_found date_discovered discovered discovered_at detected_at found_on created created_at date"],
  status_code: ["Old status code", "status_code analyst_response response_code legacy_code legacy_status"],
  state: ["State in its own tool (fixed, closed)", "is_mitigated is_fixed is_resolved remediated mitigated_at fixed_at resolved_at finding_status finding_state vulnerability_status vulnerability_state issue_status issue_state remediation_status state"],
  fingerprint: ["The tool's own identity", "fingerprint unique_id unique_id_from_tool finding_id finding_uuid issue_id uuid guid"],
  suppressed: ["Suppressed", "suppressed false_positive is_false_positive false_p ignored is_ignored muted waived"],
} as const satisfies Record<string, readonly [string, string]>;

export type MappedField = keyof typeof FIELDS;

const isField = (name: string): name is MappedField => Object.hasOwn(FIELDS, name);

/** Our fields in the order in which a screen draws them. */
export const MAPPED_FIELDS: readonly { field: MappedField; label: string }[] = Object.entries(FIELDS).flatMap(([field, [label]]) => (isField(field) ? [{ field, label }] : []));

const column = z.string().min(1).max(300);

/**
 * Which column of a CSV (by its name in the header, whatever its case), or which value of each JSON object (by its path:
 * `asset.name`, `ids[0]`, `endpoints[].host`), is which of our fields. Only the title is needed.
 */
export const columnMapping = z.strictObject({
  title: column,
  asset: column.optional(),
  rule: column.optional(),
  location: column.optional(),
  line: column.optional(),
  severity: column.optional(),
  description: column.optional(),
  observation: column.optional(),
  remediation: column.optional(),
  cvss_vector: column.optional(),
  cvss_score: column.optional(),
  cwe: column.optional(),
  cve: column.optional(),
  aliases: column.optional(),
  references: column.optional(),
  category: column.optional(),
  package: column.optional(),
  version: column.optional(),
  port: column.optional(),
  first_seen: column.optional(),
  status_code: column.optional(),
  state: column.optional(),
  fingerprint: column.optional(),
  suppressed: column.optional(),
  /** What the words of the severity column mean, whatever their case: `{ "P1": "critical" }`. */
  severities: z
    .record(z.string().min(1).max(100), z.enum(SEVERITIES))
    .refine((words) => Object.keys(words).length <= 100, { message: "At most 100 words of severity can be told." })
    .optional(),
  /** How the cells of a CSV are parted; found from the header when it is not said. */
  delimiter: z.enum([",", ";", "\t", "|"]).optional(),
  /** Path of the list of results in a JSON report, `data.items`; found by its name when it is not said. */
  list: z.string().regex(/^[^[\]]{1,300}$/).optional(),
});

export type ColumnMapping = z.output<typeof columnMapping>;

/** A mapping that may still lack its title. */
export type MappingGuess = Partial<Record<MappedField, string>>;

/** The columns or paths of a mapping by field, without what else it says. */
export function mappedColumns(mapping: MappingGuess): ReadonlyMap<MappedField, string> {
  const columns = new Map<MappedField, string>();
  for (const { field } of MAPPED_FIELDS) {
    const name = mapping[field];
    if (name !== undefined) columns.set(field, name);
  }
  return columns;
}

const folded = (name: string): string => name.slice(0, 300).toLowerCase().replaceAll(/[^a-z0-9]+/g, "");

const KNOWN: readonly (readonly [MappedField, readonly string[]])[] = MAPPED_FIELDS.map(({ field }) => [field, FIELDS[field][1].split(" ").map(folded)]);

/** Codes that the older triage systems used. */
const OLD_CODE = /^\s*(?:[0-5]|9|10)\s*$/;
/** Names under which a day says when it was fixed, and a word as often as not that there is a fix. */
const WHEN_FIXED = ["mitigated", "fixed", "resolved"];
const DAY = /^\s*(?:\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{4})/;

/**
 * Which of these columns is which field, by their names. A column is used once. `rows` are some rows below them: a column
 * called status is the old status code when it holds nothing but such codes, else the state in the tool that it comes from; one called fixed is that state
 * when it holds nothing but days: `fixed: yes` may say that there is a fix.
 */
export function guessMapping(columns: readonly string[], rows: readonly (readonly string[])[] = []): MappingGuess {
  const byName = new Map<string, string>();
  for (const name of columns) if (!byName.has(folded(name))) byName.set(folded(name), name);
  const guess: MappingGuess = {};
  for (const [field, names] of KNOWN) {
    const known = names.find((name) => byName.has(name));
    const found = known === undefined ? undefined : byName.get(known);
    if (known === undefined || found === undefined) continue;
    guess[field] = found;
    byName.delete(known);
  }
  const when = WHEN_FIXED.map((name) => byName.get(name)).find((name) => name !== undefined && holdsOnly(DAY, columns.indexOf(name), rows));
  if (guess.state === undefined && when !== undefined) guess.state = when;
  const status = byName.get("status") ?? byName.get("response");
  if (guess.status_code !== undefined || status === undefined) return guess;
  if (holdsOnly(OLD_CODE, columns.indexOf(status), rows)) guess.status_code = status;
  else if (guess.state === undefined && byName.has("status")) guess.state = status;
  return guess;
}

function holdsOnly(form: RegExp, at: number, rows: readonly (readonly string[])[]): boolean {
  const given = rows.map((cells) => cells[at] ?? "").filter((cell) => cell.trim() !== "");
  return given.length > 0 && given.every((cell) => form.test(cell));
}

/** Whether what these columns hold can be findings: a title, how bad it is or what was decided, and where or what. */
export const looksLikeFindings = (guess: MappingGuess): guess is MappingGuess & { title: string } =>
  guess.title !== undefined &&
  (guess.severity ?? guess.cvss_score ?? guess.cvss_vector ?? guess.status_code) !== undefined &&
  (guess.asset ?? guess.location ?? guess.description ?? guess.rule) !== undefined;
