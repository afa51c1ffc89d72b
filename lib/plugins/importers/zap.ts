import { ReportFault, type Importer, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { isFields, listAt, numberAt, valueAt, type Fields } from "./reading/fields";
import { firstCharacter } from "./reading/first-character";
import { instantOf } from "./reading/instants";
import { cutElements, elementsOf } from "./reading/json-elements";
import { outline } from "./reading/json-outline";
import { Tally } from "./reading/tally";
import { webPlace } from "./reading/web-place";
import { childrenOf, cutXml, placeOf, textOf, type XmlElement } from "./reading/xml-elements";
import { type Alert, type Instance, readAlert } from "./zap/alert";

const PLAN = { report: "ZAP report", roots: ["OWASPZAPReport"], cut: ["site", "alertitem", "instance"] };
const PATHS = ["@programName", "@version", "@generated", "created", "site[].@name", "site[].alerts[]"];

/** Places of one alert that are held at once. */
const INSTANCES = 1_000;

function recognises(head: string): Recognition {
  if (/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?<OWASPZAPReport[\s>]/.test(head)) return { verdict: "yes", why: "`OWASPZAPReport`" };
  const { root, keys, texts } = outline(head);
  if (root !== "object") return { verdict: "no", why: "no `OWASPZAPReport`" };
  if (texts.get("@programName") === "ZAP" || (keys.has("@generated") && keys.has("site"))) return { verdict: "yes", why: "`@generated` beside `site`" };
  return { verdict: "no", why: "no `@programName` ZAP" };
}

/**
 * The reports of ZAP: "Traditional XML" and "XML Plus", "Traditional JSON" and "JSON Plus", of all versions. A site is
 * an asset, also one without alerts. An alert that ZAP holds for a false positive is suppressed.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  yield* (await firstCharacter(source)) === "<" ? parseXml(source, limits) : parseJson(source, limits);
}

async function* parseXml(source: Source, limits: Limits): AsyncGenerator<Yield> {
  const tally = new Tally(limits);
  let instances: XmlElement[] = [];
  for await (const cuts of cutXml(source, PLAN, limits)) {
    for (const { element, above } of cuts) {
      if (element.name === "instance" && instances.length < INSTANCES) instances.push(element);
      if (element.name === "site") tally.looked(siteName(element.attributes.name), "application");
      if (element.name === "alertitem") {
        const site = siteName(above.findLast((one) => one.name === "site")?.attributes.name);
        yield* tally.made(readAlert(alertOf(element, instances), site, limits), placeOf(element));
        instances = [];
      }
      if (above.length === 0) yield tally.part("zap", { takenAt: instantOf(element.attributes.generated) });
    }
  }
}

function alertOf(element: XmlElement, instances: readonly XmlElement[]): Alert {
  const texts = instances.map((one): Instance => (name) => textOf(one, name));
  const alone: Instance = (name) => textOf(element, name);
  const bare = texts.length === 0 && textOf(element, "uri") !== null;
  return { text: alone, instances: bare ? [alone] : texts, count: Number(textOf(element, "count")) || childrenOf(element, "uri").length || texts.length };
}

async function* parseJson(source: Source, limits: Limits): AsyncGenerator<Yield> {
  const tally = new Tally(limits);
  const elements = elementsOf(PATHS, limits);
  const facts = new Map<string, unknown>();
  let site: string | null = null;
  let number = -1;
  for await (const batch of cutElements(source, elements)) {
    for (const { path, at, value, line } of batch) {
      if (at[0] !== undefined && at[0] !== number) [site, number] = [null, at[0]];
      if (path === "site[].@name") tally.looked((site = siteName(typeof value === "string" ? value : null)), "application");
      else if (path === "site[].alerts[]") {
        const read = isFields(value) ? readAlert(alertOfJson(value), site, limits) : "an alert must be an object";
        yield* tally.made(read, `site[${String(at[0])}].alerts[${String(at[1])}], line ${String(line)}`);
      } else facts.set(path, value);
    }
  }
  if (!facts.has("@version") && !facts.has("@programName")) throw new ReportFault("This is no ZAP report: it names neither `@programName` nor `@version`");
  const missing = elements.seen.has("site") ? elements.seen.has("site[]") && !elements.seen.has("site[].alerts") && "alerts" : "site";
  if (missing !== false) throw new ReportFault(`The ZAP report holds no list \`${missing}\`: it does not say what was found`, { path: missing });
  const taken = [facts.get("created"), facts.get("@generated")].map((time) => instantOf(typeof time === "string" ? time : null));
  yield tally.part("zap", { takenAt: taken.find((time) => time !== null) ?? null });
}

/** Names of the JSON report that differ from those of the XML. */
const JSON_NAMES: Readonly<Record<string, string>> = {
  requestheader: "request-header",
  requestbody: "request-body",
  responseheader: "response-header",
  responsebody: "response-body",
};

function alertOfJson(raw: Fields): Alert {
  const instances = listAt(raw, "instances", INSTANCES).map((one): Instance => (name) => plain(valueAt(one, JSON_NAMES[name] ?? name)));
  return { text: (name) => plain(valueAt(raw, name)), instances, count: numberAt(raw, "count") ?? instances.length };
}

const plain = (value: unknown): string | null => {
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? value.trim() || null : null;
};

/** A site's origin without its usual port, as every report of a web scanner names it; ZAP's own spelling where that is no address. */
const siteName = (name: string | null | undefined): string | null => webPlace(name)?.origin ?? (name?.trim() || null);

export const zap: Importer = { format: "zap", label: "ZAP XML, JSON", media: ["xml", "json"], about: "application", passes: 1, recognises, parse };
