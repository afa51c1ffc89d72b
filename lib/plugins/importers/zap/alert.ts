import type { Severity } from "@/lib/domain/finding/words";
import type { Observed } from "../contract";
import type { Limits } from "../limits";
import { addressesIn, textOfHtml } from "../reading/html-text";
import { observed } from "../reading/observed";
import { stablePath, webPlace } from "../reading/web-place";

/** An alert of either form: its texts by the names of the XML report, and the places where it was raised. */
export type Alert = { text(name: string): string | null; instances: readonly Instance[]; count: number };
export type Instance = (name: string) => string | null;

/** Places whose request and response are told, and places that are told at all. */
const TOLD_WHOLE = 3;
const TOLD = 200;

const SEVERITIES: ReadonlyMap<string, Severity> = new Map([["0", "info"], ["1", "low"], ["2", "medium"], ["3", "high"]]);

/**
 * One alert of one site is one finding, wherever on the site it was raised: ZAP itself raises and counts it so, and
 * caps the list of places. A text is why it cannot be used.
 */
export function readAlert(alert: Alert, site: string | null, limits: Limits): Observed | string {
  const { text, instances } = alert;
  const plugin = text("pluginid");
  const name = text("name") ?? text("alert");
  if (plugin === null || name === null) return "an alert needs a pluginid and a name";
  const [first] = instances;
  const asset = site ?? webPlace(first?.("uri"))?.origin ?? null;
  if (asset === null) return "it names no site";
  const severity = SEVERITIES.get(text("riskcode") ?? "");
  if (severity === undefined) return "its riskcode is none of 0 to 3";
  const bare = text("uri");
  return observed({
    asset,
    assetKind: "application",
    rule: { key: text("alertRef") ?? plugin, name, help: textOfHtml(text("desc")), tags: tagsOf(alert) },
    title: text("alert") ?? name,
    description: textOfHtml(text("desc")),
    location: first ? `${placeOf(first)}${alert.count > 1 ? ` and ${String(alert.count - 1)} more` : ""}` : "",
    identity: bare === null ? ["zap alert", plugin, name] : ["zap alert", plugin, name, stablePath(bare), text("param") ?? ""],
    severity,
    severityWord: text("riskdesc") ?? text("riskcode"),
    cwe: [text("cweid")].map((number) => (number !== null && /^\d{1,5}$/.test(number) ? `CWE-${number}` : null)),
    names: [name, text("desc"), text("otherinfo"), text("reference")],
    observation: [textOfHtml(text("otherinfo")), ...instances.slice(0, TOLD).map(told)],
    remediation: textOfHtml(text("solution")),
    references: addressesIn(text("reference")),
    suppressed: text("confidence") === "0",
    port: webPlace(asset)?.port ?? null,
  }, limits);
}

function tagsOf({ text }: Alert): string[] {
  const wasc = text("wascid");
  return wasc !== null && /^[1-9]\d{0,3}$/.test(wasc) ? [`WASC-${wasc}`] : [];
}

const placeOf = (instance: Instance): string => {
  const param = instance("param");
  return `${instance("method") ?? ""} ${instance("uri") ?? ""}${param === null ? "" : ` [${param}]`}`;
};

/** A place as people read it: method and address, what was sent and seen, and for the first places the exchange itself. */
function told(instance: Instance, at: number): string {
  const facts = ["attack", "evidence", "otherinfo"].flatMap((name) => (instance(name) === null ? [] : [`${name}: ${instance(name) ?? ""}`]));
  const exchange = ["requestheader", "requestbody", "responseheader", "responsebody"].map(instance).filter((one) => one !== null);
  return [placeOf(instance).trim(), ...facts, ...(at < TOLD_WHOLE ? exchange : [])].join("\n");
}
