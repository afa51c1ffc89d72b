import type { Severity } from "@/lib/domain/finding/words";
import type { Cvss, Observed } from "../contract";
import { foldText } from "../fingerprints";
import type { Limits } from "../limits";
import { unguarded } from "../reading/csv-results";
import type { CsvRow } from "../reading/csv-rows";
import { instantOf } from "../reading/instants";
import { cvss, observed } from "../reading/observed";
import { line } from "../reading/plain-text";
import { severityOfScore, severityOfWord } from "../reading/severities";
import { stablePath, webPlace } from "../reading/web-place";

/** A row, with the CVE cells of the rows after it that repeat it for another CVE. */
export type Item = { row: CsvRow; names: (string | null)[] };

const PLUGIN = ["plugin id", "definition.id", "plugin"] as const;
/** The name by which it was scanned comes first, as in the XML: a name by DNS comes and goes between scans. */
const HOST = ["host", "asset.name", "asset name", "ip address", "asset.display_ipv4_address", "asset.host_name", "asset.display_fqdn", "dns name"] as const;
/** The columns that hold a name or an address and nothing else. */
const NAMES = ["host", "ip address", "dns name", "netbios name", "fqdn", "asset.display_ipv4_address", "asset.host_name", "asset.display_fqdn"] as const;
const OUTPUT = ["plugin output", "output", "plugin text"] as const;
const MOST_NAMES = 500;
/** The severities that the XML gives to the same outcomes. */
const OUTCOMES: ReadonlyMap<string, Severity> = new Map([["FAILED", "high"], ["WARNING", "medium"], ["ERROR", "info"]]);

/** Base scores in the order in which one is taken: v3 before v4 before v2. */
const SCALES = [
  { version: "3.1", score: ["cvss v3.0 base score", "cvss v3 base score", "cvss3 base score", "cvssv3", "definition.cvss3.base_score"], vector: ["cvss v3.0 vector", "cvss v3 vector", "cvss3 vector", "definition.cvss3.base_vector"] },
  { version: "4.0", score: ["cvss v4.0 base score", "cvss4 base score", "definition.cvss4.base_score"], vector: ["cvss v4.0 vector", "cvss4 vector", "definition.cvss4.base_vector"] },
  { version: "2.0", score: ["cvss v2.0 base score", "cvss v2 base score", "cvss base score", "cvss", "definition.cvss2.base_score"], vector: ["cvss v2.0 vector", "cvss v2 vector", "cvss vector", "definition.cvss2.base_vector"] },
] as const;

/** Whether a row says the same as the item once more, for another CVE. */
export function sameItem({ row, names }: Item, next: CsvRow): boolean {
  const cve = next.header.at("cve");
  if (cve === undefined || names.length >= MOST_NAMES) return false;
  return next.cells[cve] !== row.cells[cve] && next.cells.length === row.cells.length && next.cells.every((cell, at) => at === cve || cell === row.cells[at]);
}

/** A text is why the row cannot be used; null is no finding: it was fixed, or a compliance check that passed. */
export function readRow({ row, names }: Item, limits: Limits): Observed | string | null {
  const plugin = line(row.at(...PLUGIN), limits.nameChars);
  const host = row.at(...HOST);
  if (plugin === "" || host === null) return "a row needs a plugin and a host";
  if (/^fixed$/i.test(row.at("state", "vulnerability state") ?? "")) return null;
  const [, compliance = null, outcome] = /^"?([^"\n]{1,500})"? : \[(PASSED|FAILED|WARNING|ERROR)\]/.exec(row.at("description", "plugin output") ?? "") ?? [];
  if (outcome === "PASSED") return null;
  const name = row.at("name", "definition.name", "plugin name") ?? `Plugin ${plugin}`;
  const word = row.at("risk", "severity", "definition.severity", "risk factor");
  const score = cvssOf(row);
  const family = row.at("plugin family", "definition.family", "family");
  const synopsis = row.at("synopsis", "definition.synopsis");
  const description = row.at("description", "definition.description");
  return observed(
    {
      ...placeOf(row, host, plugin, compliance),
      rule: { key: plugin, name, help: [synopsis, compliance === null ? description : null], tags: [family] },
      title: compliance ?? name,
      description: synopsis === description ? description : [synopsis, description],
      severity: OUTCOMES.get(outcome ?? "") ?? severityOfWord(word) ?? severityOfScore(score?.score ?? null) ?? "info",
      severityWord: word,
      cvss: score,
      cwe: [...(row.at("cwe", "definition.cwe") ?? "").split(/[^\d]+/).map((number) => `CWE-${number}`), row.at("xref", "cross references", "definition.references")],
      names: [row.at("cve", "definition.cve"), ...names, row.at("xref", "cross references")],
      category: family,
      observation: unguarded(row.at(...OUTPUT)),
      remediation: solutionOf(row.at("solution", "definition.solution")),
      references: (row.at("see also", "definition.see_also") ?? "").split(/[\s,]+/),
      firstSeen: instantOf(row.at("first_observed", "first found", "first discovered")),
      suppressed: /^accepted$/i.test(row.at("risk_modified") ?? ""),
    },
    limits,
  );
}

type Place = Pick<Parameters<typeof observed>[0], "asset" | "assetKind" | "otherNames" | "location" | "identity" | "port">;

/** `443/tcp` of a host; of the web scanner the path and the parameter, which stand in its output. */
function placeOf(row: CsvRow, host: string, plugin: string, compliance: string | null): Place {
  const digits = row.at("port") ?? "";
  const port = /^\d{1,5}$/.test(digits) && Number(digits) > 0 ? Number(digits) : null;
  const protocol = (row.at("protocol") ?? "").toLowerCase();
  if (!/^https?$/.test(protocol) && row.header.at("url") === undefined) {
    const location = port === null ? "host" : `${String(port)}/${protocol || "tcp"}`;
    return { asset: host, assetKind: "host", otherNames: NAMES.map((column) => row.at(column)), location, identity: ["nessus item", plugin, port, protocol, compliance ?? ""], port };
  }
  const output = (row.at(...OUTPUT) ?? "").slice(0, 8_000);
  const address = row.at("url") ?? /\bURL:? ['"]?(https?:[^\s'"]+)/i.exec(output)?.[1] ?? host;
  const parameter = row.at("input name") ?? /\b(?:element|parameter|input|cookie|header) named ['"]([^'"\n]{1,200})['"]/i.exec(output)?.[1] ?? "";
  const path = stablePath(address.replace(/^(https?:)(?!\/\/)/i, "$1//"));
  const location = parameter === "" ? path : `${path} [${parameter}]`;
  return { asset: webPlace(host)?.origin ?? host, assetKind: "application", location, identity: ["nessus web", plugin, path, foldText(parameter)], port };
}

function cvssOf(row: CsvRow): Cvss | null {
  for (const { version, score, vector } of SCALES) {
    const digits = row.at(...score) ?? "";
    const given = row.at(...vector);
    const prefixed = version === "3.1" && given !== null && /^AV:/.test(given) ? `CVSS:3.0/${given}` : given;
    const found = cvss({ vector: prefixed, score: /^\d{1,2}(\.\d{1,2})?$/.test(digits) ? Number(digits) : null, version });
    if (found !== null) return found;
  }
  return null;
}

const solutionOf = (text: string | null): string | null => (text !== null && /^n\/?a\.?$/i.test(text) ? null : text);
