import { ReportFault, type Source } from "../contract";
import type { Limits } from "../limits";
import { cutElements, elementsOf, type Cut, type JsonElements } from "../reading/json-elements";
import type { BomPart } from "./bom";

const KINDS: Readonly<Record<string, BomPart["kind"]>> = { metadata: "metadata", "components[]": "component", "vulnerabilities[]": "vulnerability" };

/** The pieces of a bill in JSON. Metadata may stand behind what it is about, so it takes a pass of its own. */
export async function* jsonParts(source: Source, limits: Limits): AsyncGenerator<Iterable<BomPart>> {
  const elements = elementsOf(["bomFormat", "$schema", ...Object.keys(KINDS)], limits);
  for await (const batch of cutElements(source, elements)) yield parts(batch);
  if (!elements.seen.has("bomFormat") && !elements.seen.has("$schema")) throw new ReportFault("This is no CycloneDX bill of materials: it names no `bomFormat`", { path: "bomFormat" });
  yield listed(elements);
}

function* parts(batch: Iterable<Cut>): Generator<BomPart> {
  for (const cut of batch) {
    const kind = KINDS[cut.path];
    if (cut.path === "bomFormat" && cut.value !== "CycloneDX") throw new ReportFault("This is no CycloneDX bill of materials", { path: "bomFormat" });
    if (kind !== undefined) yield { ...cut, kind };
  }
}

/** An empty list of vulnerabilities says that somebody looked. */
const listed = (elements: JsonElements): BomPart[] =>
  elements.seen.has("vulnerabilities") ? [{ kind: "vulnerabilities", value: null, path: "vulnerabilities", at: [], keys: [], line: 1 }] : [];
