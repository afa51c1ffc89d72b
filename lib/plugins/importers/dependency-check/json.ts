import type { Source } from "../contract";
import type { Limits } from "../limits";
import { cutElements, elementsOf, type Cut } from "../reading/json-elements";
import { stringAt } from "../reading/fields";
import type { CheckPart } from "./dependency";

const WANTED = ["projectInfo", "scanInfo.analysisExceptions[]", "dependencies[]"];

/** The pieces of a report in JSON. */
export async function* jsonParts(source: Source, limits: Limits): AsyncGenerator<Iterable<CheckPart>> {
  const elements = elementsOf(WANTED, limits);
  for await (const batch of cutElements(source, elements)) yield parts(batch);
  if (elements.seen.has("dependencies")) yield [{ kind: "project", project: { listed: true } }];
}

function* parts(batch: Iterable<Cut>): Generator<CheckPart> {
  for (const cut of batch) {
    if (cut.path === "projectInfo") yield { kind: "project", project: { known: true, name: stringAt(cut.value, "name"), date: stringAt(cut.value, "reportDate") } };
    else if (cut.path === "dependencies[]") yield { ...cut, kind: "dependency" };
    else yield { kind: "project", project: { failed: true } };
  }
}
