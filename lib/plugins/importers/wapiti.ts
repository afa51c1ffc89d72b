import { ReportFault, type Importer, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { fieldsAt, isFields, stringAt, valueAt, type Fields } from "./reading/fields";
import { firstCharacter } from "./reading/first-character";
import { instantOf } from "./reading/instants";
import { cutElements, elementsOf } from "./reading/json-elements";
import { placeOf as placeOfCut } from "./reading/json-entries";
import { outline } from "./reading/json-outline";
import { Tally } from "./reading/tally";
import { webPlace } from "./reading/web-place";
import { childOf, childrenOf, cutXml, placeOf, textOf, type XmlElement } from "./reading/xml-elements";
import { readEntry, type Kind } from "./wapiti/entry";

const PLAN = { report: "Wapiti report", roots: ["report"], cut: ["entry"] };
/** Kinds of weaknesses; what the report calls additional is only what the server is made of. */
const KINDS = new Set(["vulnerability", "anomaly"]);
const ENTRIES = ["vulnerabilities.*[]", "anomalies.*[]"];

function recognises(head: string): Recognition {
  if (/<report\s+type=["']security["']/.test(head) && /wapiti|<report_infos>/i.test(head)) return { verdict: "yes", why: '`report type="security"` of Wapiti' };
  const { root, keys } = outline(head);
  if (root === "object" && keys.has("vulnerabilities") && (keys.has("anomalies") || keys.has("classifications")) && (keys.has("infos") || /"wstg"|"curl_command"|"sol"/.test(head))) return { verdict: "yes", why: "`classifications` beside `vulnerabilities`" };
  return { verdict: "no", why: "no report of Wapiti" };
}

/** Wapiti 3's XML and JSON: one asset per report. Entries of vulnerabilities and of anomalies are findings. */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  yield* (await firstCharacter(source)) === "<" ? parseXml(source, limits) : parseJson(source, limits);
}

async function* parseXml(source: Source, limits: Limits): AsyncGenerator<Yield> {
  const tally = new Tally(limits);
  for await (const cuts of cutXml(source, PLAN, limits)) {
    for (const { element, above } of cuts) {
      const [root = element] = above;
      const infos = childOf(root, "report_infos");
      const info = (name: string): string | null => childrenOf(infos, "info").find((one) => one.attributes.name === name)?.text.trim() || null;
      const kind = above.findLast((one) => KINDS.has(one.name));
      if (element.name === "entry" && kind) yield* tally.made(readEntry((name) => textOf(element, name), kindOf(kind), info("target"), limits), placeOf(element));
      if (above.length > 0) continue;
      if (!infos) throw new ReportFault("This is no Wapiti report: it has no <report_infos>");
      tally.looked(webPlace(info("target"))?.origin ?? null, "application");
      yield tally.part("wapiti", { takenAt: instantOf(info("dateOfScan")) });
    }
  }
}

function kindOf(element: XmlElement): Kind {
  const references = childrenOf(childOf(element, "references"), "reference");
  return {
    name: element.attributes.name ?? "",
    description: textOf(element, "description"),
    solution: textOf(element, "solution"),
    references: references.map((one) => textOf(one, "url") ?? ""),
    named: references.map((one) => textOf(one, "title") ?? ""),
  };
}

async function* parseJson(source: Source, limits: Limits): AsyncGenerator<Yield> {
  const kinds = new Map<string, Kind>();
  const infos = new Map<string, unknown>();
  const elements = elementsOf(["infos.target", "infos.date", "classifications.*"], limits, ENTRIES);
  for await (const batch of cutElements(source, elements)) {
    for (const { path, keys, value } of batch) {
      if (path === "classifications.*" && isFields(value) && kinds.size < limits.listItems * 10) kinds.set(keys[0] ?? "", kindOfJson(keys[0] ?? "", value));
      else if (path.startsWith("infos.")) infos.set(path, value);
    }
  }
  const text = (path: string): string | null => stringAt(Object.fromEntries(infos), path);
  const target = text("infos.target");
  if (target === null) throw new ReportFault("This is no Wapiti report: it names no target in `infos`");
  if (!elements.seen.has("vulnerabilities")) throw new ReportFault("The Wapiti report holds no `vulnerabilities`: it does not say what was found", { path: "vulnerabilities" });
  const tally = new Tally(limits);
  tally.looked(webPlace(target)?.origin ?? null, "application");
  for await (const batch of cutElements(source, elementsOf(ENTRIES, limits))) {
    for (const cut of batch) {
      const name = cut.keys[0] ?? "";
      const kind = kinds.get(name) ?? { name, description: null, solution: null, references: [], named: [] };
      const { value } = cut;
      yield* tally.made(isFields(value) ? readEntry((field) => plain(valueAt(value, field)), kind, target, limits) : "an entry must be an object", placeOfCut(cut));
    }
  }
  yield tally.part("wapiti", { takenAt: instantOf(text("infos.date")) });
}

function kindOfJson(name: string, raw: Fields): Kind {
  const references = Object.entries(fieldsAt(raw, "ref"));
  const urls = references.map(([, url]) => (typeof url === "string" ? url : ""));
  return { name, description: stringAt(raw, "desc"), solution: stringAt(raw, "sol"), references: urls, named: references.map(([title]) => title) };
}

const plain = (value: unknown): string | null => (typeof value === "number" ? String(value) : typeof value === "string" ? value || null : null);

export const wapiti: Importer = { format: "wapiti", label: "Wapiti XML, JSON", media: ["xml", "json"], about: "application", passes: 2, recognises, parse };
