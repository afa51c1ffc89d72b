import type { Observed } from "../contract";
import type { Limits } from "../limits";
import { cvss, observed, type Reading } from "../reading/observed";
import { severityOfScore, severityOfWord } from "../reading/severities";
import { childOf, childrenOf, type XmlElement } from "../reading/xml-elements";

/** Where scripts ran: a port of a host, or the host itself. */
export type Place = { asset: string; port: number | null; protocol: string | null; service: string | null; product: string | null; version: string | null };

/** The check behind every open port. */
export const OPEN_PORT = "open-port";

/** An open port with what listens on it: an informational finding. Null for a port in any other state. */
export function readPort(port: XmlElement, place: Place, limits: Limits): Observed | null {
  if (childOf(port, "state")?.attributes.state !== "open") return null;
  const service = childOf(port, "service")?.attributes;
  const scripts = childrenOf(port, "script").filter((script) => script.attributes.id !== "vulners" && vulnerabilitiesOf(script).length === 0);
  const product = [place.product, place.version, service?.extrainfo].filter(Boolean).join(" ");
  return observed({
    ...whereOf(place),
    rule: { key: OPEN_PORT, name: "Open port" },
    title: `Open port ${where(place)}`,
    description: product === "" ? null : product,
    identity: ["nmap port", place.port, place.protocol],
    severity: "info",
    category: "Open port",
    observation: [...childrenOf(childOf(port, "service"), "cpe").map((cpe) => cpe.text), ...scripts.map((script) => `${script.attributes.id ?? ""}: ${script.attributes.output ?? ""}`)],
    package: place.product,
    version: place.version,
  }, limits);
}

/** What the scripts found there: entries of `vulners`, and vulnerabilities that scripts of the `vulns` library report. */
export function readScripts(scripts: readonly XmlElement[], place: Place, limits: Limits): (Observed | string)[] {
  return scripts.flatMap((script) => {
    if (script.attributes.id === "vulners") return vulnersOf(script).map((entry) => readVulners(entry, place, limits));
    return vulnerabilitiesOf(script).map((table) => readVulnerability(table, script, place, limits));
  });
}

const elem = (table: XmlElement, key: string): string | null => childrenOf(table, "elem").find((one) => one.attributes.key === key)?.text.trim() || null;

const elemsOf = (table: XmlElement, key: string): string[] => {
  const list = childrenOf(table, "table").find((one) => one.attributes.key === key);
  return childrenOf(list, "elem").map((one) => one.text.trim());
};

/** A table for each product, and in it one for each entry. */
const vulnersOf = (script: XmlElement): XmlElement[] => childrenOf(script, "table").flatMap((product) => childrenOf(product, "table"));

const vulnerabilitiesOf = (script: XmlElement): XmlElement[] =>
  childrenOf(script, "table").filter((table) => /^(LIKELY )?VULNERABLE/.test(elem(table, "state") ?? "") && elem(table, "title") !== null);

function readVulners(entry: XmlElement, place: Place, limits: Limits): Observed | string {
  const id = elem(entry, "id");
  if (id === null) return "an entry of vulners needs an id";
  const type = elem(entry, "type") ?? "cve";
  const score = Number(elem(entry, "cvss") ?? Number.NaN);
  const exploit = elem(entry, "is_exploit") === "true";
  const component = [place.product, place.version].filter(Boolean).join(" ");
  return observed({
    ...whereOf(place),
    rule: { key: id, name: id, tags: [type, ...(exploit ? ["exploit"] : [])] },
    title: `${exploit ? "Exploit " : ""}${id}${component === "" ? "" : ` for ${component}`}`,
    description: exploit ? "vulners knows a public exploit for the version that the service names." : "The version that the service names is known to be vulnerable.",
    identity: ["nmap vulners", id, place.port, place.protocol],
    severity: severityOfScore(Number.isNaN(score) ? null : score) ?? "info",
    severityWord: elem(entry, "cvss"),
    cvss: cvss({ score: Number.isNaN(score) ? null : score, version: "" }),
    names: [id],
    category: "Known vulnerability",
    references: /^[\w.:-]+$/.test(id) && /^\w+$/.test(type) ? [`https://vulners.com/${type}/${id}`] : [],
    package: place.product,
    version: place.version,
  }, limits);
}

function readVulnerability(table: XmlElement, script: XmlElement, place: Place, limits: Limits): Observed {
  const state = elem(table, "state") ?? "";
  const risk = elem(table, "risk_factor");
  const ids = elemsOf(table, "ids");
  return observed({
    ...whereOf(place),
    rule: { key: script.attributes.id ?? "script", name: elem(table, "title"), help: elemsOf(table, "description") },
    title: elem(table, "title"),
    description: elemsOf(table, "description"),
    identity: ["nmap script", script.attributes.id ?? "", table.attributes.key ?? elem(table, "title"), place.port, place.protocol],
    severity: severityOfWord(risk) ?? (state.startsWith("LIKELY") ? "medium" : "high"),
    severityWord: risk ?? state,
    names: [...ids, table.attributes.key, elem(table, "title")],
    category: "Known vulnerability",
    observation: [state, ...elemsOf(table, "check_results"), ...elemsOf(table, "exploit_results"), ...elemsOf(table, "extra_info")],
    references: elemsOf(table, "refs"),
  }, limits);
}

const where = ({ port, protocol, service }: Place): string => (port === null ? "" : `${String(port)}/${protocol ?? "tcp"}${service === null ? "" : ` (${service})`}`);

function whereOf(place: Place): Pick<Reading, "asset" | "assetKind" | "location" | "port"> {
  return { asset: place.asset, assetKind: "host", location: where(place), port: place.port };
}
