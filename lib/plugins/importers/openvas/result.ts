import type { Observed } from "../contract";
import type { Limits } from "../limits";
import { cvss, observed } from "../reading/observed";
import { line } from "../reading/plain-text";
import { severityOfScore, severityOfWord } from "../reading/severities";

/** What both reports of OpenVAS say about one result. `port` is `443/tcp`, `general/tcp`; `about` the named texts of the check. */
export type VasResult = {
  host: string | null;
  otherNames: readonly (string | null)[];
  oid: string | null;
  name: string | null;
  port: string;
  /** The level in OpenVAS's words, which the severity 0 to 10 underlies. */
  threat: string | null;
  severity: string | null;
  vector: string | null;
  family: string | null;
  names: readonly (string | null)[];
  references: readonly (string | null)[];
  about: ReadonlyMap<string, string>;
  solution: string | null;
  output: string | null;
  detection: string | null;
};

/** Levels of results that say how the scan went. */
const NO_FINDING = new Set(["debug", "error", "error message"]);

/** A text is why it cannot be used; null is no finding. A level below zero is how OpenVAS writes a false positive (-1), an error and a trace. */
export function readVasResult(result: VasResult, limits: Limits): Observed | string | null {
  const oid = line(result.oid, limits.nameChars);
  if (oid === "" || result.host === null) return "a result needs a host and the OID of its check";
  const threat = (result.threat ?? "").trim().toLowerCase();
  const score = /^-?\d{1,2}(\.\d{1,2})?$/.test(result.severity ?? "") ? Number(result.severity) : null;
  if (NO_FINDING.has(threat) || (score !== null && score < -1)) return null;
  const [, digits, protocol = ""] = /^(\d{1,5})\/([a-z]{2,10})/i.exec(result.port) ?? [];
  const port = digits === undefined || digits === "0" ? null : Number(digits);
  const service = /\(IANA: ([^)]{1,100})\)/.exec(result.port)?.[1];
  const about = (name: string): string | null => result.about.get(name) ?? null;
  const place = port === null ? "host" : `${String(port)}/${protocol.toLowerCase()}`;
  return observed(
    {
      asset: result.host,
      assetKind: "host",
      otherNames: result.otherNames,
      rule: { key: oid, name: result.name, help: [about("summary"), about("insight")], tags: [result.family] },
      title: result.name,
      description: [about("summary"), about("insight"), headed("Impact", about("impact")), headed("Affected", about("affected"))],
      location: service === undefined ? place : `${place} (${service})`,
      identity: ["openvas result", oid, port, port === null ? "" : protocol.toLowerCase()],
      severity: severityOfWord(threat === "log" ? "info" : threat) ?? severityOfScore(score) ?? "info",
      severityWord: result.threat ?? result.severity,
      cvss: cvss({ vector: result.vector, score: score === 0 ? null : score }),
      names: result.names,
      category: result.family,
      observation: [result.output, headed("How it was found", result.detection)],
      remediation: result.solution,
      references: result.references,
      suppressed: threat === "false positive" || score === -1,
      port,
    },
    limits,
  );
}

const headed = (name: string, text: string | null): string | null => (text === null || text.trim() === "" ? null : `${name}: ${text.trim()}`);
