import { fieldsAt, fieldsOf, isFields, listAt, stringAt, valueAt, type Fields } from "../reading/fields";
import { portIn } from "../reading/ports";
import { deprecatedProtocol, isWeakSuite, type TlsWeakness } from "../reading/tls-weaknesses";
import { childOf, childrenOf, type XmlElement } from "../reading/xml-elements";

const MOST = 1_000;

/** What two readers of one server agree upon. */
export type Server = { host: string | null; otherNames: readonly (string | null | undefined)[]; port: number | null | false; weaknesses: readonly TlsWeakness[]; completed: boolean };

/** What a version of the protocol that the server speaks says about it: deprecated at all, or weak in some suites. */
function protocolWeakness(version: string, suites: readonly string[]): TlsWeakness[] {
  const deprecated = deprecatedProtocol(version);
  if (deprecated !== null) return [{ check: deprecated, seen: suites }];
  const weak = suites.filter(isWeakSuite);
  return weak.length === 0 ? [] : [{ check: "weak-cipher", of: version.replace(/_cipher_suites$/, "").replaceAll("_", ".").replace(/^tls\.?v?/i, "TLS "), seen: weak }];
}

const when = (condition: boolean, check: string, seen: readonly string[] = []): TlsWeakness[] => (condition ? [{ check, seen }] : []);

/** A target of the XML of versions 1 and 2. */
export function serverOfXml(target: XmlElement): Server {
  const attributes = (name: string, child: string): Readonly<Record<string, string>> => childOf(childOf(target, name), child)?.attributes ?? {};
  const protocols = target.children.filter((one) => /^(ssl|tls)v[\d_]+$/.test(one.name));
  const spoken = protocols.map((one) => ({ name: one.name, suites: childrenOf(childOf(one, "acceptedCipherSuites"), "cipherSuite").map((suite) => suite.attributes.name ?? "") }));
  const reneg = attributes("reneg", "sessionRenegotiation");
  const robot = attributes("robot", "robotAttack").resultEnum ?? "";
  return {
    host: target.attributes.host || target.attributes.ip || null,
    otherNames: [target.attributes.ip],
    port: portIn(target.attributes.port),
    completed: target.children.every(({ attributes }) => attributes.exception === undefined),
    weaknesses: [
      ...spoken.filter((one) => one.suites.length > 0).flatMap((one) => protocolWeakness(one.name, one.suites)),
      ...when(attributes("heartbleed", "openSslHeartbleed").isVulnerable === "True", "heartbleed"),
      ...when(attributes("openssl_ccs", "openSslCcsInjection").isVulnerable === "True", "ccs-injection"),
      ...when(reneg.isSecure === "False" || reneg.canBeClientInitiated === "True", "renegotiation", [`secure: ${reneg.isSecure ?? "?"}`, `started by clients: ${reneg.canBeClientInitiated ?? "?"}`]),
      ...when(attributes("compression", "compressionMethod").isSupported === "True", "compression"),
      ...when(/^VULNERABLE/.test(robot), "robot", [robot]),
      ...certificateOfXml(childOf(target, "certinfo")),
    ],
  };
}

function certificateOfXml(info: XmlElement | undefined): TlsWeakness[] {
  const validation = childOf(info, "certificateValidation");
  const mismatch = childOf(validation, "hostnameValidation")?.attributes.certificateMatchesServerHostname === "False";
  const failed = childrenOf(validation, "pathValidation").filter((one) => one.attributes.validationResult !== undefined && one.attributes.validationResult !== "ok");
  const seen = [...(mismatch ? ["it is for another name"] : []), ...failed.map((one) => `${one.attributes.usingTrustStore ?? "?"}: ${one.attributes.validationResult ?? ""}`)];
  return when(seen.length > 0, "certificate", seen);
}

/** Commands by their names of versions 3 and later → those of version 2. */
const OLD_NAMES: Readonly<Record<string, string>> = { certificate_info: "certinfo", session_renegotiation: "reneg", openssl_ccs_injection: "openssl_ccs", tls_compression: "compression" };
const PROTOCOLS: readonly (readonly [string, string])[] = [
  ["ssl_2_0_cipher_suites", "sslv2"], ["ssl_3_0_cipher_suites", "sslv3"], ["tls_1_0_cipher_suites", "tlsv1"], ["tls_1_1_cipher_suites", "tlsv1_1"], ["tls_1_2_cipher_suites", "tlsv1_2"],
];

/** A server of the JSON of any version: `scan_result` (5), `scan_commands_results` (3, 4), `commands_results` (2). */
export function serverOfJson(raw: Fields): Server {
  const location = [fieldsAt(raw, "server_location"), fieldsAt(fieldsAt(raw, "server_info"), "server_location"), fieldsAt(raw, "server_info")].find((one) => stringAt(one, "hostname") !== null);
  return {
    host: stringAt(location, "hostname"),
    otherNames: [stringAt(location, "ip_address")],
    port: portIn(valueAt(location, "port")),
    completed: isCompleted(raw),
    weaknesses: [...PROTOCOLS.flatMap(([name, old]) => suitesOf(commandOf(raw, name, old), name)), ...flawsOf((name) => commandOf(raw, name, OLD_NAMES[name] ?? name))],
  };
}

/** Versions 2 (`error_message` of a command), 3 and 4 (a table of errors), 5 and later (`status` of server and command). */
function isCompleted(raw: Fields): boolean {
  const status = stringAt(raw, "scan_status");
  const commands = [...Object.values(fieldsAt(raw, "scan_result")), ...Object.values(fieldsAt(raw, "commands_results"))].filter(isFields);
  const failed = commands.some((one) => stringAt(one, "status") === "ERROR" || stringAt(one, "error_message") !== null);
  return (status === null || status === "COMPLETED") && !failed && Object.keys(fieldsAt(raw, "scan_commands_errors")).length === 0;
}

function commandOf(raw: Fields, name: string, old: string): Fields {
  const newest = fieldsAt(fieldsAt(fieldsAt(raw, "scan_result"), name), "result");
  if (Object.keys(newest).length > 0) return newest;
  const middle = fieldsAt(fieldsAt(raw, "scan_commands_results"), name);
  return Object.keys(middle).length > 0 ? middle : fieldsAt(fieldsAt(raw, "commands_results"), old);
}

function suitesOf(result: Fields, version: string): TlsWeakness[] {
  const accepted = [...listAt(result, "accepted_cipher_suites", MOST), ...listAt(result, "accepted_cipher_list", MOST)].map(fieldsOf);
  const names = accepted.map((one) => stringAt(fieldsAt(one, "cipher_suite"), "name") ?? stringAt(one, "name") ?? stringAt(one, "openssl_name") ?? "");
  return names.length === 0 ? [] : protocolWeakness(version, names);
}

function flawsOf(command: (name: string) => Fields): TlsWeakness[] {
  const reneg = command("session_renegotiation");
  const client = valueAt(reneg, "is_vulnerable_to_client_renegotiation_dos") ?? valueAt(reneg, "accepts_client_renegotiation");
  const secure = valueAt(reneg, "supports_secure_renegotiation");
  const robot = stringAt(command("robot"), "robot_result") ?? stringAt(command("robot"), "robot_result_enum") ?? "";
  const compression = command("tls_compression");
  return [
    ...when(valueAt(command("heartbleed"), "is_vulnerable_to_heartbleed") === true, "heartbleed"),
    ...when(valueAt(command("openssl_ccs_injection"), "is_vulnerable_to_ccs_injection") === true, "ccs-injection"),
    ...when(secure === false || client === true, "renegotiation", [`secure: ${String(secure)}`, `started by clients: ${String(client)}`]),
    ...when(valueAt(compression, "supports_compression") === true || stringAt(compression, "compression_name") !== null, "compression"),
    ...when(/^VULNERABLE/.test(robot), "robot", [robot]),
    ...certificateOf(command("certificate_info")),
  ];
}

function certificateOf(info: Fields): TlsWeakness[] {
  const deployments = [...listAt(info, "certificate_deployments", MOST), info].filter(isFields);
  const seen = deployments.flatMap((one) => {
    const mismatch = valueAt(one, "leaf_certificate_subject_matches_hostname") === false ? ["it is for another name"] : [];
    const paths = [...listAt(one, "path_validation_results", MOST), ...listAt(one, "path_validation_result_list", MOST)].filter(isFields);
    return [...mismatch, ...paths.flatMap(failureOf)];
  });
  return when(seen.length > 0, "certificate", seen);
}

function failureOf(path: Fields): string[] {
  const error = stringAt(path, "openssl_error_string") ?? stringAt(path, "validation_error");
  const failed = valueAt(path, "was_validation_successful") === false || valueAt(path, "is_certificate_trusted") === false || error !== null;
  return failed ? [`${stringAt(fieldsAt(path, "trust_store"), "name") ?? "?"}: ${error ?? "validation failed"}`] : [];
}
