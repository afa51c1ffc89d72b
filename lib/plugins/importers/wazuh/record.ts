import type { Observed } from "../contract";
import type { Limits } from "../limits";
import { fieldsAt, isFields, listAt, numberAt, stringAt, stringsAt, valueAt, type Fields } from "../reading/fields";
import { instantOf } from "../reading/instants";
import { cvss, observed, type Reading } from "../reading/observed";
import { severityOfScore, severityOfWord } from "../reading/severities";
import { spelt } from "../reading/spelt-vector";

/**
 * Reads one record of an export: an alert, a document of the index of vulnerabilities, or an item of the API. A text is
 * why it cannot be used; null is no finding: an event, a check that passed, a vulnerability that was solved.
 */
export function readWazuh(record: Fields, limits: Limits): Observed | string | null {
  const source = isFields(valueAt(record, "_source")) ? fieldsAt(record, "_source") : record;
  const data = fieldsAt(source, "data");
  const agent = isFields(valueAt(source, "agent")) ? fieldsAt(source, "agent") : fieldsAt(fieldsAt(source, "wazuh"), "agent");
  const about = aboutOf(agent, limits);
  if (isFields(valueAt(data, "vulnerability"))) {
    const raw = fieldsAt(data, "vulnerability");
    return readVulnerability({ raw, pack: fieldsAt(raw, "package"), about, seen: null }, limits);
  }
  if (isFields(valueAt(source, "vulnerability"))) {
    const raw = fieldsAt(source, "vulnerability");
    return readVulnerability({ raw, pack: fieldsAt(source, "package"), about, seen: stringAt(raw, "detected_at") }, limits);
  }
  if (isFields(valueAt(fieldsAt(data, "sca"), "check"))) return readCheck(fieldsAt(data, "sca"), about, limits);
  if (stringAt(source, "cve") !== null) return readVulnerability({ raw: source, pack: source, about, seen: stringAt(source, "detection_time") }, limits);
  return valueAt(fieldsAt(source, "rule"), "level") !== undefined ? null : "it is neither an alert nor a vulnerability";
}

type About = Pick<Reading, "asset" | "assetKind" | "otherNames">;

/** The agent's machine by the name of the agent. */
function aboutOf(agent: Fields, limits: Limits): About {
  const host = fieldsAt(agent, "host");
  const names = [stringAt(host, "hostname"), stringAt(agent, "ip")];
  const asset = [stringAt(agent, "name"), ...names].find((name) => name !== null) ?? null;
  return { asset, assetKind: asset === null ? null : "host", otherNames: [...names, stringAt(host, "ip"), ...stringsAt(host, "ip", limits.listItems)] };
}

/** `seen`: since when the vulnerability is known. An alert tells of an event and repeats itself: its own time is that of the report. */
type Found = { raw: Fields; pack: Fields; about: About; seen: string | null };

/** A vulnerable package of an agent; `Solved` says that it was removed or upgraded. */
function readVulnerability({ raw, pack, about, seen }: Found, limits: Limits): Observed | string | null {
  const id = stringAt(raw, "cve") ?? stringAt(raw, "id");
  const name = stringAt(pack, "name");
  if (id === null || name === null) return "a vulnerability needs its name and its package";
  if (/^(?:solved|obsolete)$/i.test(stringAt(raw, "status") ?? "")) return null;
  const score = scoreOf(raw);
  const word = stringAt(raw, "severity");
  const text = stringAt(raw, "rationale") ?? stringAt(raw, "description");
  const version = stringAt(pack, "version");
  const condition = stringAt(pack, "condition") ?? stringAt(raw, "condition");
  return observed(
    {
      ...about,
      rule: { key: id, name: stringAt(raw, "title") ?? id, help: text, tags: [stringAt(pack, "type")] },
      title: stringAt(raw, "title") ?? `${id}: vulnerability in ${name}`,
      description: text,
      location: `${name} ${version ?? ""}`,
      identity: ["wazuh package", id, name],
      severity: severityOfWord(word) ?? severityOfScore(score?.score ?? null) ?? "info",
      severityWord: word,
      cvss: score,
      cwe: [stringAt(raw, "cwe_reference"), ...stringsAt(raw, "cwe", limits.listItems)],
      names: [id],
      category: "Vulnerable package",
      observation: [named("Package", `${name} ${version ?? ""}`), named("Architecture", stringAt(pack, "architecture")), named("File", stringAt(pack, "path")), named("Condition", condition)].filter((one) => one !== null).join("\n"),
      remediation: condition === null ? null : `Vulnerable while: ${condition}`,
      references: [...stringsAt(raw, "references", limits.listItems), ...stringsAt(raw, "external_references", limits.listItems), ...(stringAt(raw, "reference") ?? "").split(/[\s,]+/)],
      firstSeen: instantOf(seen),
      package: name,
      version,
    },
    limits,
  );
}

const named = (name: string, text: string | null): string | null => (text === null ? null : `${name}: ${text}`);

/** `score` of the index, `cvss.cvss3` of an alert, `cvss3_score` of the API; v3 before v2. */
function scoreOf(raw: Fields): ReturnType<typeof cvss> {
  const score = fieldsAt(raw, "score");
  const scales = fieldsAt(raw, "cvss");
  const found =
    cvss({ score: numberAt(score, "base"), version: stringAt(score, "version") }) ??
    scaled(fieldsAt(scales, "cvss3"), THIRD, "3.1") ??
    cvss({ score: positive(numberAt(raw, "cvss3_score")), version: "3.1" }) ??
    scaled(fieldsAt(scales, "cvss2"), SECOND, "2.0");
  return found ?? cvss({ score: positive(numberAt(raw, "cvss2_score")), version: "2.0" });
}

const IMPACT = { C: "confidentiality_impact", I: "integrity_impact", A: "availability" } as const;
const THIRD = { AV: "attack_vector", AC: "access_complexity", PR: "privileges_required", UI: "user_interaction", S: "scope", ...IMPACT } as const;
const SECOND = { AV: "attack_vector", AC: "access_complexity", Au: "authentication", ...IMPACT } as const;

/** The score of an alert with its vector, whose metrics are spelt out. */
function scaled(given: Fields, names: Readonly<Record<string, string>>, version: string): ReturnType<typeof cvss> {
  const vector = spelt(valueAt(given, "vector"), names);
  return cvss({ vector: vector === null || version === "2.0" ? vector : `CVSS:${version}/${vector}`, score: numberAt(given, "base_score"), version });
}

/** The API writes 0 where there is no score. */
const positive = (score: number | null): number | null => (score === 0 ? null : score);

/** A check of the configuration assessment; only one that failed is a finding. */
function readCheck(sca: Fields, about: About, limits: Limits): Observed | string | null {
  const check = fieldsAt(sca, "check");
  const id = stringAt(check, "id") ?? numberAt(check, "id")?.toString() ?? null;
  if (id === null) return "a check needs its number";
  if (stringAt(check, "result") !== "failed") return null;
  const title = stringAt(check, "title");
  return observed(
    {
      ...about,
      rule: { key: id, name: title, help: stringAt(check, "description"), tags: [stringAt(sca, "policy")] },
      title,
      description: [stringAt(check, "description"), stringAt(check, "rationale")],
      location: stringsAt(check, "file", 3).join(", "),
      identity: ["wazuh check", id],
      severity: "medium",
      severityWord: stringAt(check, "result"),
      category: stringAt(sca, "policy") ?? "Configuration",
      observation: [stringAt(check, "reason"), ...listAt(check, "command", 3).map((one) => (typeof one === "string" ? one : null)), stringAt(check, "command")],
      remediation: stringAt(check, "remediation"),
      references: (stringAt(check, "references") ?? "").split(/[\s,]+/),
    },
    limits,
  );
}
