import type { Source } from "../contract";
import type { Limits } from "../limits";
import { childOf, cutXml, textOf, type XmlCut, type XmlElement } from "../reading/xml-elements";
import type { BomPart } from "./bom";

/** Stepped over: nothing of it is read, and some of it is large. */
const DROP = ["licenses", "hashes", "externalReferences", "dependencies", "properties", "pedigree", "services", "compositions", "annotations", "formulation", "proofOfConcept", "credits", "signature", "modelCard", "data"];
/** `v:` is the prefix that the extension of 2020 asks for. */
const VULNERABILITY = new Set(["vulnerability", "v:vulnerability"]);
const PLAN = { report: "CycloneDX bill of materials", roots: ["bom"], cut: ["component", ...VULNERABILITY], drop: DROP };

type Value = Record<string, unknown>;

/** The pieces of a bill in XML, in the words of the JSON form. The root comes last, with the metadata. */
export async function* xmlParts(source: Source, limits: Limits): AsyncGenerator<Iterable<BomPart>> {
  const main: Value = {};
  for await (const batch of cutXml(source, PLAN, limits)) yield partsOf(batch, main);
}

function* partsOf(batch: readonly XmlCut[], main: Value): Generator<BomPart> {
  for (const { element, above } of batch) {
    const around = above.map((one) => one.name);
    const place = { path: [...around, element.name].join("/"), at: [], keys: [], line: element.line };
    if (VULNERABILITY.has(element.name)) {
      const owner = above.findLast((one) => one.name === "component");
      yield { ...place, kind: "vulnerability", value: vulnerabilityOf(element, owner) };
    } else if (element.name === "component" && around.includes("tools")) main.tools ??= [componentOf(element)];
    else if (element.name === "component" && around.at(-1) === "metadata") main.component = componentOf(element);
    else if (element.name === "component" && !around.some((name) => VULNERABILITY.has(name))) yield { ...place, kind: "component", value: componentOf(element) };
    else if (above.length === 0) yield* rootOf(element, main, place);
  }
}

function* rootOf(root: XmlElement, main: Value, place: Omit<BomPart, "kind" | "value">): Generator<BomPart> {
  const metadata = childOf(root, "metadata");
  const tools = children(childOf(metadata, "tools"), "tool").map((one) => ({ name: textOf(one, "name") }));
  const authors = children(childOf(metadata, "authors"), "author").map((one) => ({ name: textOf(one, "name") }));
  const supplier = { name: textOf(childOf(metadata, "supplier"), "name") };
  yield { ...place, kind: "metadata", value: { timestamp: textOf(metadata, "timestamp"), authors, supplier, component: main.component, tools: tools.length > 0 ? tools : main.tools } };
  if (childOf(root, "vulnerabilities") !== undefined) yield { ...place, kind: "vulnerabilities", value: null };
}

/** A component of the extension's time may have no reference: its vulnerabilities lie inside of it. */
function componentOf(element: XmlElement): Value {
  const file = textOf(children(childOf(childOf(element, "evidence"), "occurrences"), "occurrence")[0], "location");
  return {
    "bom-ref": element.attributes["bom-ref"] ?? null,
    type: element.attributes.type,
    group: textOf(element, "group"),
    name: textOf(element, "name"),
    version: textOf(element, "version"),
    purl: textOf(element, "purl"),
    evidence: { occurrences: [{ location: file }] },
  };
}

function vulnerabilityOf(element: XmlElement, owner: XmlElement | undefined): Value {
  const analysis = child(element, "analysis");
  return {
    id: text(element, "id"),
    source: { url: text(child(element, "source"), "url") },
    references: listOf(element, "references", "reference").map((one) => ({ id: text(one, "id"), source: { url: text(child(one, "source"), "url") } })),
    ratings: listOf(element, "ratings", "rating").map((one) => ({
      score: text(one, "score") ?? text(child(one, "score"), "base"),
      severity: text(one, "severity"),
      method: text(one, "method"),
      vector: text(one, "vector"),
    })),
    cwes: listOf(element, "cwes", "cwe").map((one) => one.text),
    description: text(element, "description"),
    detail: text(element, "detail"),
    recommendation: text(element, "recommendation") ?? listOf(element, "recommendations", "recommendation").map((one) => one.text.trim()).join("\n"),
    workaround: text(element, "workaround"),
    advisories: listOf(element, "advisories", "advisory").map((one) => ({ url: text(one, "url") ?? one.text.trim() })),
    published: text(element, "published"),
    analysis: {
      state: text(analysis, "state"),
      justification: text(analysis, "justification"),
      response: listOf(analysis, "responses", "response").map((one) => one.text.trim()),
      detail: text(analysis, "detail"),
      firstIssued: text(analysis, "firstIssued"),
      lastUpdated: text(analysis, "lastUpdated"),
    },
    affects: listOf(element, "affects", "target").map((one) => ({ ref: text(one, "ref") })),
    inside: owner === undefined ? null : componentOf(owner),
  };
}

/** Children by their name without the extension's prefix. */
const children = (element: XmlElement | undefined, name: string): XmlElement[] => element?.children.filter((one) => one.name === name || one.name === `v:${name}`) ?? [];
const child = (element: XmlElement | undefined, name: string): XmlElement | undefined => children(element, name)[0];
const text = (element: XmlElement | undefined, name: string): string | null => child(element, name)?.text.trim() || null;
const listOf = (element: XmlElement | undefined, list: string, name: string): XmlElement[] => children(child(element, list), name);
