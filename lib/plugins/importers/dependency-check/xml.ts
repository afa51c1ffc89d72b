import type { Source } from "../contract";
import type { Limits } from "../limits";
import { childOf, childrenOf, cutXml, textOf, type XmlCut, type XmlElement } from "../reading/xml-elements";
import type { CheckPart } from "./dependency";

const PLAN = { report: "report of Dependency-Check", roots: ["analysis"], cut: ["dependency"], drop: ["evidenceCollected", "license", "includedBy", "dataSource"] };

type Value = Record<string, unknown>;

/** The pieces of a report in XML, in the words of the JSON form. */
export async function* xmlParts(source: Source, limits: Limits): AsyncGenerator<Iterable<CheckPart>> {
  for await (const batch of cutXml(source, PLAN, limits)) yield parts(batch);
}

function* parts(batch: readonly XmlCut[]): Generator<CheckPart> {
  for (const { element, above } of batch) {
    if (element.name === "dependency") yield { kind: "dependency", value: dependencyOf(element), path: `<dependency> ${textOf(element, "fileName") ?? ""}`.trim().slice(0, 200), at: [], keys: [], line: element.line };
    else if (above.length === 0) yield projectOf(element);
  }
}

function projectOf(root: XmlElement): CheckPart {
  const project = childOf(root, "projectInfo");
  const scan = childOf(root, "scanInfo");
  const failed = childOf(scan, "analysisExceptions") !== undefined || childOf(root, "analysisExceptions") !== undefined;
  return { kind: "project", project: { known: project !== undefined, listed: childOf(root, "dependencies") !== undefined, name: textOf(project, "name"), date: textOf(project, "reportDate"), failed } };
}

function dependencyOf(element: XmlElement): Value {
  const outer = childOf(element, "identifiers");
  // Some versions wrote the identifiers into identifiers.
  const identifiers = [outer, childOf(outer, "identifiers")];
  const list = childOf(element, "vulnerabilities");
  return {
    fileName: textOf(element, "fileName"),
    filePath: textOf(element, "filePath"),
    packages: identifiers.flatMap((one) => childrenOf(one, "package")).map((one) => ({ id: textOf(one, "id") })),
    identifiers: identifiers.flatMap((one) => childrenOf(one, "identifier")).map((one) => ({ type: one.attributes.type, name: textOf(one, "name") })),
    relatedDependencies: childrenOf(childOf(element, "relatedDependencies"), "relatedDependency").map((one) => ({ fileName: textOf(one, "fileName"), filePath: textOf(one, "filePath") })),
    projectReferences: childrenOf(childOf(element, "projectReferences"), "projectReference").map((one) => one.text.trim()),
    vulnerabilities: childrenOf(list, "vulnerability").map(vulnerabilityOf),
    suppressedVulnerabilities: childrenOf(list, "suppressedVulnerability").map(vulnerabilityOf),
  };
}

/** A vulnerability of version 1 of the schema has its only score without a section of its own, and one CWE. */
function vulnerabilityOf(element: XmlElement): Value {
  const second = childOf(element, "cvssV2");
  const old = { score: textOf(element, "cvssScore"), accessVector: textOf(element, "cvssAccessVector"), accessComplexity: textOf(element, "cvssAccessComplexity"), authenticationr: textOf(element, "cvssAuthenticationr"), confidentialImpact: textOf(element, "cvssConfidentialImpact"), integrityImpact: textOf(element, "cvssIntegrityImpact"), availabilityImpact: textOf(element, "cvssAvailabilityImpact") };
  return {
    source: element.attributes.source ?? null,
    name: textOf(element, "name"),
    severity: textOf(element, "severity"),
    cvssv2: second === undefined ? old : textsOf(second),
    cvssv3: textsOf(childOf(element, "cvssV3")),
    cvssv4: textsOf(childOf(element, "cvssV4")),
    cwes: [...childrenOf(childOf(element, "cwes"), "cwe"), ...childrenOf(element, "cwe")].map((one) => one.text.trim()),
    description: textOf(element, "description"),
    notes: textOf(element, "notes"),
    references: childrenOf(childOf(element, "references"), "reference").map((one) => ({ url: textOf(one, "url") })),
    vulnerableSoftware: childrenOf(childOf(element, "vulnerableSoftware"), "software").map((one) => ({ id: one.text.trim(), ...one.attributes })),
  };
}

const textsOf = (element: XmlElement | undefined): Value => Object.fromEntries((element?.children ?? []).map((one) => [one.name, one.text.trim()]));
