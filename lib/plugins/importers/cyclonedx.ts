import type { Importer, Recognition, Source, Yield } from "./contract";
import { readBom, type Bom } from "./cyclonedx/bom";
import { jsonParts } from "./cyclonedx/json";
import { readStatement, readVulnerability } from "./cyclonedx/vulnerability";
import { xmlParts } from "./cyclonedx/xml";
import type { Limits } from "./limits";
import { fieldsAt, isFields, stringAt, valueAt } from "./reading/fields";
import { firstCharacter } from "./reading/first-character";
import { outline } from "./reading/json-outline";
import { Tally, type Entry } from "./reading/tally";

function recognises(head: string): Recognition {
  if (head.trimStart().startsWith("<")) {
    const bom = /<bom\s[^>]{0,2000}cyclonedx\.org\/schema\/bom\//.test(head);
    return bom ? { verdict: "yes", why: "`bom` of CycloneDX" } : { verdict: "no", why: "no `bom` of CycloneDX" };
  }
  const { texts } = outline(head);
  if (texts.get("bomFormat") === "CycloneDX" || /cyclonedx\.org\/schema\/bom/.test(texts.get("$schema") ?? "")) return { verdict: "yes", why: "`bomFormat` CycloneDX" };
  return { verdict: "no", why: "no `bomFormat` of CycloneDX" };
}

/** What the bill itself calls remediated is found no more; whatever else its analysis says is for people to judge. */
const RESOLVED = /^resolved(?:_with_pedigree)?$/i;

/** A vulnerability is a result for each component that it affects, and what its `analysis` states stands beside. */
function entriesOf(raw: unknown, bom: Bom, limits: Limits): Entry[] {
  if (!isFields(raw) || stringAt(raw, "id") === null) return ["a vulnerability needs an id"];
  // Left out, it is about the product itself; what is there and no list says nothing that can be read.
  const affects = valueAt(raw, "affects");
  if (affects !== undefined && affects !== null && !Array.isArray(affects)) return ["what it affects is no list"];
  if (Array.isArray(affects) && affects.length > 0 && !affects.some((one) => stringAt(one, "ref") !== null)) return ["nothing that it affects has a reference"];
  const state = stringAt(fieldsAt(raw, "analysis"), "state");
  const stated = state === null ? [] : [readStatement(raw, bom, limits)];
  return bom.isVex || RESOLVED.test(state ?? "") ? stated : [...readVulnerability(raw, bom, limits), ...stated];
}

/**
 * CycloneDX 1.4 to 1.6 as JSON and XML, and the vulnerability extension of older XML. A bill without components
 * whose vulnerabilities are all analysed is a VEX document: it states, and observes nothing.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const xml = (await firstCharacter(source)) === "<";
  const parts = (): ReturnType<typeof jsonParts> => (xml ? xmlParts(source, limits) : jsonParts(source, limits));
  const bom = await readBom(parts(), limits);
  const tally = new Tally(limits);
  for await (const batch of parts()) {
    for (const part of batch) if (part.kind === "vulnerability") yield* tally.entries(part, entriesOf(part.value, bom, limits));
  }
  yield { kind: "part", part: bom.part() };
}

export const cyclonedx: Importer = { format: "cyclonedx", label: "CycloneDX JSON, XML", media: ["json", "xml"], about: "application", passes: 2, recognises, parse };
