import type { Severity } from "@/lib/domain/finding/words";
import type { Observed } from "../contract";
import type { Limits } from "../limits";
import { observed } from "./observed";

/** A service that speaks TLS, and what a scanner found wrong with it. */
export type TlsService = { host: string; port: number | null };
export type TlsWeakness = { check: string; /** What tells several of one check apart: a version of the protocol, a cipher suite. */ of?: string; seen: readonly string[] };

type Rule = { name: string; severity: Severity; help: string; cve?: readonly string[]; cwe: number };

/** The weaknesses that scanners of TLS measure but do not rate: severity and words are ours, after the CVSS of each CVE and RFC 8996, 9325. */
const RULES: Readonly<Record<string, Rule>> = {
  heartbleed: { name: "OpenSSL Heartbleed", severity: "high", cwe: 125, cve: ["CVE-2014-0160"], help: "Memory of the server can be read from outside. Upgrade OpenSSL, then replace keys and certificates." },
  "ccs-injection": { name: "OpenSSL ChangeCipherSpec injection", severity: "high", cwe: 326, cve: ["CVE-2014-0224"], help: "Somebody between client and server can force weak keys. Upgrade OpenSSL." },
  robot: { name: "ROBOT: RSA decryption oracle", severity: "high", cwe: 203, help: "Recorded sessions can be decrypted. Switch off cipher suites with RSA key exchange." },
  renegotiation: { name: "Insecure renegotiation", severity: "medium", cwe: 295, cve: ["CVE-2009-3555"], help: "Allow secure renegotiation only (RFC 5746), and none that clients start." },
  compression: { name: "TLS compression", severity: "medium", cwe: 310, cve: ["CVE-2012-4929"], help: "Secrets can be guessed from the length of what is sent (CRIME). Switch compression off." },
  "ssl-2": { name: "SSL 2.0 is offered", severity: "high", cwe: 327, cve: ["CVE-2016-0800"], help: "SSL 2.0 is broken and endangers other services with the same key (DROWN). Switch it off." },
  "ssl-3": { name: "SSL 3.0 is offered", severity: "high", cwe: 327, cve: ["CVE-2014-3566"], help: "SSL 3.0 is broken (POODLE). Switch it off." },
  "tls-1.0": { name: "TLS 1.0 is offered", severity: "medium", cwe: 327, help: "TLS 1.0 is deprecated (RFC 8996). Offer TLS 1.2 and 1.3 only." },
  "tls-1.1": { name: "TLS 1.1 is offered", severity: "medium", cwe: 327, help: "TLS 1.1 is deprecated (RFC 8996). Offer TLS 1.2 and 1.3 only." },
  "weak-cipher": { name: "Weak cipher suites", severity: "medium", cwe: 327, help: "Offer suites with forward secrecy and authenticated encryption only (RFC 9325)." },
  certificate: { name: "Certificate that clients do not trust", severity: "medium", cwe: 295, help: "Install a valid certificate for this name, with its chain." },
};

/** A weakness as a finding; what names no known check is a mistake of the importer and no finding. */
export function tlsFinding({ host, port }: TlsService, { check, of, seen }: TlsWeakness, limits: Limits): Observed | null {
  const rule = RULES[check];
  if (!rule) return null;
  const title = of === undefined ? rule.name : `${rule.name}: ${of}`;
  return observed({
    asset: host,
    assetKind: "host",
    rule: { key: check, name: rule.name, help: rule.help },
    title,
    location: port === null ? "" : `${String(port)}/tcp`,
    identity: ["tls weakness", check, of ?? null, port],
    severity: rule.severity,
    cwe: [`CWE-${String(rule.cwe)}`],
    names: rule.cve ?? [],
    category: "TLS",
    observation: seen.join("\n"),
    remediation: rule.help,
    port,
  }, limits);
}

/** Names by which scanners call the versions that are deprecated → check. */
const DEPRECATED: ReadonlyMap<string, string> = new Map([
  ["sslv2", "ssl-2"], ["ssl2.0", "ssl-2"], ["ssl2", "ssl-2"],
  ["sslv3", "ssl-3"], ["ssl3.0", "ssl-3"], ["ssl3", "ssl-3"],
  ["tlsv1", "tls-1.0"], ["tls1.0", "tls-1.0"], ["tlsv1.0", "tls-1.0"],
  ["tlsv1.1", "tls-1.1"], ["tls1.1", "tls-1.1"],
]);

/** The check for a version of the protocol, however it is spelt (`sslv3`, `SSL_3_0`, `tlsv1_1`); null when it may be offered. */
export function deprecatedProtocol(version: string): string | null {
  const plain = version.toLowerCase().replace(/_/g, ".").replace(/^(ssl|tls)\./, "$1").replace(/\.cipher\.suites$/, "");
  return DEPRECATED.get(plain) ?? null;
}

/** True for a suite of TLS 1.2, by its IANA or OpenSSL name, without forward secrecy or with a broken cipher or hash. */
export function isWeakSuite(name: string): boolean {
  if (/^TLS_(AES|CHACHA20)_/.test(name)) return false;
  if (/NULL|EXP|anon|^A(EC)?DH-|RC4|RC2|DES|IDEA|SEED|MD5/i.test(name)) return true;
  return !/DHE|EDH/.test(name) || !/GCM|CCM|CHACHA20|POLY1305|SHA(256|384)$/.test(name);
}
