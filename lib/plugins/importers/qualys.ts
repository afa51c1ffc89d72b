import { ReportFault, type Importer, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { type Check, readDetection } from "./qualys/detection";
import { checkOf, DIALECTS, type Dialect } from "./qualys/dialects";
import { shorten } from "./reading/plain-text";
import { headOf } from "./reading/source-head";
import { Tally } from "./reading/tally";
import { cutXml, placeOf, textOf, type XmlElement } from "./reading/xml-elements";

const ROOTS = [...DIALECTS.keys()].join("|");
const ROOT = new RegExp(`^\\ufeff?\\s*(?:<\\?xml[^>]{0,300}>\\s*)?(?:<!--[\\s\\S]{0,4000}?-->\\s*)?(?:<!DOCTYPE[^>[]{0,500}>\\s*)?(?:<!--[\\s\\S]{0,4000}?-->\\s*)?<(${ROOTS})[\\s>]`);

function recognises(head: string): Recognition {
  const root = ROOT.exec(head)?.[1];
  if (root === undefined) return { verdict: "no", why: `none of ${[...DIALECTS.keys()].join(", ")}` };
  const own = root !== "SCAN" || /<KEY value="|<SCAN value="|qualys/i.test(head);
  return own ? { verdict: "yes", why: `\`${root}\`` } : { verdict: "no", why: "a <SCAN>, but none of Qualys" };
}

/**
 * XML reports of Qualys: asset data, scan results, and the detections of the API. The asset data report describes its
 * checks behind its detections, so it is read twice. Every host of the report was looked at, also without a detection.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const root = await rootOf(source);
  const dialect = DIALECTS.get(root);
  if (!dialect) throw new ReportFault("This is no Qualys report");
  const plan = { report: "Qualys report", roots: [root], doctype: root };
  const checks = dialect.glossary === null ? null : await readGlossary(source, dialect.glossary, { ...plan, drop: ["HOST_LIST"] }, limits);
  const tally = new Tally(limits);
  for await (const cuts of cutXml(source, { ...plan, cut: dialect.detections, drop: ["GLOSSARY"] }, limits)) {
    for (const { element, above } of cuts) {
      if (above.length > 0) yield* tally.made(readOne(dialect, element, above, checks, limits), placeOf(element));
      else yield partOf(dialect, element, tally);
    }
  }
}

function partOf(dialect: Dialect, root: XmlElement, tally: Tally): Yield {
  for (const { host, otherNames } of dialect.hosts(root)) tally.looked(host, "host", otherNames);
  return tally.part("qualys", dialect.part(root));
}

function readOne(dialect: Dialect, ...[element, above, checks, limits]: [...Parameters<Dialect["detection"]>, ReadonlyMap<string, Check> | null, Limits]): ReturnType<typeof readDetection> {
  const detection = dialect.detection(element, above);
  const check = dialect.check(element, above) ?? checks?.get(detection.qid ?? "") ?? null;
  return readDetection(detection, check, limits);
}

/** The checks of the glossary by their QID, as long as they can be held. */
async function readGlossary(source: Source, name: string, plan: Omit<Parameters<typeof cutXml>[1], "cut">, limits: Limits): Promise<ReadonlyMap<string, Check>> {
  const checks = new Map<string, Check>();
  let kept = 0;
  for await (const cuts of cutXml(source, { ...plan, cut: [name] }, limits)) {
    for (const { element } of cuts) {
      const qid = textOf(element, "QID");
      if (element.name !== name || qid === null) continue;
      const check = bounded(checkOf(element), limits);
      kept += 500 + [check.threat, check.impact, check.solution].reduce((size, text) => size + (text?.length ?? 0), 0);
      if (kept > limits.tableBytes) throw new ReportFault("The tables of the report are larger than allowed", { line: element.line });
      checks.set(qid, check);
    }
  }
  return checks;
}

function bounded(check: Check, limits: Limits): Check {
  const cut = (text: string | null): string | null => (text === null ? null : shorten(text, limits.textChars * 2));
  return { ...check, threat: cut(check.threat), impact: cut(check.impact), solution: cut(check.solution), names: check.names.slice(0, limits.listItems), addresses: check.addresses.slice(0, limits.listItems) };
}

/** Which of Qualys' reports this is; another root is refused by name when it is read as if it were the first. */
const rootOf = async (source: Source): Promise<string> => ROOT.exec(await headOf(source))?.[1] ?? "ASSET_DATA_REPORT";

export const qualys: Importer = { format: "qualys", label: "Qualys XML", media: ["xml"], passes: 2, recognises, parse };
