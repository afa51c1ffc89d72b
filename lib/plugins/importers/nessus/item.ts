import type { Severity } from "@/lib/domain/finding/words";
import type { Cvss, Observed } from "../contract";
import { fingerprintOf, FINGERPRINT_VERSION } from "../fingerprints";
import type { Limits } from "../limits";
import { cves, cwes, webAddresses } from "../reading/identifiers";
import { isVector } from "../reading/observed";
import { block, line, paragraphs } from "../reading/plain-text";
import { severityOfWord } from "../reading/severities";

/** A ReportItem as the file has it: attributes, and the texts of its children by name, in order. */
export type RawItem = { attributes: Readonly<Record<string, string>>; texts: ReadonlyMap<string, readonly string[]> };

/** The severity attribute: Nessus computes it from the score that its settings ask for. */
const SEVERITIES: ReadonlyMap<string, Severity> = new Map([["0", "info"], ["1", "low"], ["2", "medium"], ["3", "high"], ["4", "critical"]]);

/** Base scores in the order in which one is taken: v3, as Nessus itself prefers, then v4, then v2. */
const SCALES = [
  { version: "3.1", score: "cvss3_base_score", vector: "cvss3_vector" },
  { version: "4.0", score: "cvss4_base_score", vector: "cvss4_vector" },
  { version: "2.0", score: "cvss_base_score", vector: "cvss_vector" },
] as const;

/** Results of compliance checks that hold no weakness. */
const COMPLIANT = new Set(["PASSED", "PASS"]);

/** Reads one item of one host. A text is why it cannot be used; null is a compliance check that passed. */
export function readItem(item: RawItem, host: string, limits: Limits): Observed | string | null {
  const text = (name: string): string | null => item.texts.get(name)?.[0] ?? null;
  const plugin = line(item.attributes.pluginID, limits.nameChars);
  if (plugin === "") return "an item needs a pluginID";
  const compliance = line(text("cm:compliance-check-name"), limits.titleChars);
  if (COMPLIANT.has((text("cm:compliance-result") ?? "").trim())) return null;
  const name = line(item.attributes.pluginName ?? text("plugin_name"), limits.titleChars) || `Plugin ${plugin}`;
  const service = serviceOf(item, limits);
  const family = line(item.attributes.pluginFamily, limits.nameChars);
  const named = [...all(item, "cve"), ...all(item, "xref")];
  return {
    asset: host,
    assetKind: "host",
    rule: { key: plugin, name, help: paragraphs([text("synopsis"), text("description")], limits.textChars), tags: family === "" ? [] : [family] },
    title: compliance || name,
    description: paragraphs([text("synopsis"), text("cm:compliance-info") ?? text("description")], limits.textChars),
    location: service.location,
    fingerprint: fingerprintOf("nessus item", [plugin, service.port, service.protocol, compliance]),
    fingerprintVersion: FINGERPRINT_VERSION,
    context: null,
    severity: SEVERITIES.get(item.attributes.severity ?? "") ?? severityOfWord(text("risk_factor")) ?? "info",
    severityWord: line(text("risk_factor") ?? item.attributes.severity, limits.nameChars) || null,
    cvss: cvssOf(item),
    cwe: cwes([...all(item, "cwe").map((number) => `CWE-${number.trim()}`), ...all(item, "xref")], limits.listItems),
    cve: cves(named, limits.listItems),
    ghsa: [],
    category: family === "" ? null : family,
    observation: paragraphs([text("plugin_output"), text("cm:compliance-actual-value")], limits.observationChars),
    remediation: remediationOf(text("solution") ?? text("cm:compliance-solution"), limits),
    references: webAddresses(all(item, "see_also").flatMap((links) => links.split(/\s+/)), limits.listItems),
    firstSeen: null,
    legacyCode: null,
    suppressed: false,
    component: block(all(item, "cpe").join(", "), limits.nameChars),
    package: null,
    port: service.port,
  };
}

const all = (item: RawItem, name: string): readonly string[] => item.texts.get(name) ?? [];

/** `443/tcp (https)`; port 0 is the host itself. A trailing `?` says that Nessus guessed the service. */
function serviceOf(item: RawItem, limits: Limits): { port: number | null; protocol: string; location: string } {
  const digits = item.attributes.port ?? "";
  const port = /^\d{1,5}$/.test(digits) && Number(digits) > 0 && Number(digits) < 65_536 ? Number(digits) : null;
  const protocol = line(item.attributes.protocol, 20).toLowerCase();
  const name = line(item.attributes.svc_name, limits.nameChars).replace(/\?$/, "");
  if (port === null) return { port, protocol, location: "host" };
  return { port, protocol, location: `${String(port)}/${protocol || "tcp"}${name === "" || name === "unknown" ? "" : ` (${name})`}` };
}

function cvssOf(item: RawItem): Cvss | null {
  for (const scale of SCALES) {
    const digits = item.texts.get(scale.score)?.[0]?.trim() ?? "";
    const score = /^\d{1,2}(\.\d{1,2})?$/.test(digits) && Number(digits) <= 10 ? Number(digits) : null;
    const vector = (item.texts.get(scale.vector)?.[0] ?? "").trim().replace(/^CVSS2#/, "");
    const sound = isVector(vector) ? vector : null;
    const version = /^CVSS:(\d\.\d)\//.exec(sound ?? "")?.[1] ?? scale.version;
    if (score !== null || sound !== null) return { version, vector: sound, score };
  }
  return null;
}

/** Nessus writes `n/a` where there is nothing to be done. */
function remediationOf(solution: string | null, limits: Limits): string | null {
  const text = block(solution, limits.textChars);
  return text !== null && /^n\/?a\.?$/i.test(text) ? null : text;
}
