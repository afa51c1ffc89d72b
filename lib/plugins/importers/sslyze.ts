import { ReportFault, type Importer, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { isFields } from "./reading/fields";
import { firstCharacter } from "./reading/first-character";
import { instantOf } from "./reading/instants";
import { cutElements, elementsOf } from "./reading/json-elements";
import { placeOf as placeOfCut } from "./reading/json-entries";
import { outline } from "./reading/json-outline";
import { NO_PORT } from "./reading/ports";
import { Tally } from "./reading/tally";
import { tlsFinding } from "./reading/tls-weaknesses";
import { cutXml, placeOf } from "./reading/xml-elements";
import { type Server, serverOfJson, serverOfXml } from "./sslyze/server";

const PLAN = { report: "SSLyze report", roots: ["document"], cut: ["target"] };
const SERVERS = ["server_scan_results[]", "accepted_targets[]"];
const TIMES = ["date_scans_completed", "date_scans_started"];

function recognises(head: string): Recognition {
  if (/<document\s[^>]{0,200}(?:title="SSLyze Scan Results"|SSLyzeVersion=)/.test(head)) return { verdict: "yes", why: "`SSLyze Scan Results`" };
  const { root, keys } = outline(head);
  const servers = keys.has("server_scan_results") || (keys.has("accepted_targets") && /"commands_results"|"sslyze_version"/.test(head));
  const told = /"sslyze_(?:version|url)"|"scan_commands_results"|"scan_result"|"commands_results"|"date_scans_(?:started|completed)"/.test(head);
  return root === "object" && servers && told ? { verdict: "yes", why: "`server_scan_results` of SSLyze" } : { verdict: "no", why: "no `server_scan_results` of SSLyze" };
}

/**
 * SSLyze's JSON of versions 2 to 6 and the XML of versions 1 and 2. It measures and does not rate: deprecated
 * protocols, weak suites of TLS 1.2 (one finding for all of them), known flaws and certificates that no client trusts are findings.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  yield* (await firstCharacter(source)) === "<" ? parseXml(source, limits) : parseJson(source, limits);
}

async function* parseXml(source: Source, limits: Limits): AsyncGenerator<Yield> {
  const tally = new Tally(limits);
  for await (const cuts of cutXml(source, PLAN, limits)) {
    for (const { element, above } of cuts) {
      if (above.length > 0) yield* readServer(serverOfXml(element), placeOf(element), tally, limits);
      else if (element.attributes.SSLyzeVersion === undefined && !/SSLyze/.test(element.attributes.title ?? "")) throw new ReportFault("This is no SSLyze report: it names no version of SSLyze");
      else yield tally.part("sslyze", tally.portsLooked);
    }
  }
}

async function* parseJson(source: Source, limits: Limits): AsyncGenerator<Yield> {
  const tally = new Tally(limits);
  const elements = elementsOf([...SERVERS, ...TIMES], limits);
  const times = new Map<string, Date | null>();
  for await (const batch of cutElements(source, elements)) {
    for (const cut of batch) {
      if (TIMES.includes(cut.path)) times.set(cut.path, instantOf(typeof cut.value === "string" ? cut.value : null));
      else if (isFields(cut.value)) yield* readServer(serverOfJson(cut.value), placeOfCut(cut), tally, limits);
      else yield* tally.made("a server must be an object", placeOfCut(cut));
    }
  }
  if (!elements.seen.has("server_scan_results") && !elements.seen.has("accepted_targets")) throw new ReportFault("This is no SSLyze report: it has no `server_scan_results`");
  yield tally.part("sslyze", { takenAt: times.get("date_scans_completed") ?? times.get("date_scans_started") ?? null, ...tally.portsLooked });
}

/** A server that could not be reached, or of which a command failed, was not looked at: what is known about its port stays, as on all ports that nobody asked. */
function* readServer({ host, otherNames, port, weaknesses, completed }: Server, where: string, tally: Tally, limits: Limits): Generator<Yield> {
  if (host === null || port === false) {
    yield* tally.made(host === null ? "it names no host" : NO_PORT, where);
    return;
  }
  if (completed) tally.lookedAt(host, port, otherNames);
  for (const weakness of weaknesses) yield* tally.made(tlsFinding({ host, port }, weakness, limits), where);
}

export const sslyze: Importer = { format: "sslyze", label: "SSLyze JSON, XML", media: ["json", "xml"], passes: 1, recognises, parse };
