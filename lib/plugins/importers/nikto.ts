import { ReportFault, type Importer, type Observed, type Recognition, type Source, type Yield } from "./contract";
import { foldMessage } from "./fingerprints";
import type { Limits } from "./limits";
import { fieldsOf, isFields, stringAt } from "./reading/fields";
import { firstCharacter } from "./reading/first-character";
import { addressesIn } from "./reading/html-text";
import { instantOf } from "./reading/instants";
import { cutElements, elementsOf } from "./reading/json-elements";
import { placeOf as placeOfCut, readFacts } from "./reading/json-entries";
import { outline } from "./reading/json-outline";
import { observed } from "./reading/observed";
import { NO_PORT, portIn } from "./reading/ports";
import { Tally } from "./reading/tally";
import { stablePath, webPlace } from "./reading/web-place";
import { childOf, cutXml, placeOf, textOf } from "./reading/xml-elements";

const PLAN = { report: "Nikto report", roots: ["niktoscan", "niktoscans"], cut: ["scandetails", "item"], doctype: "niktoscan" };

/** One line of either form; `uri` may be an address or a path; `why` says what of its place cannot be read. */
type Item = { why?: string | null; site: string | null; port: number | null; id: string | null; osvdb: string | null; method: string | null; uri: string | null; message: string | null; references: string | null };

function recognises(head: string): Recognition {
  if (/<niktoscans?[\s>]/.test(head)) return { verdict: "yes", why: "`niktoscan`" };
  const { keys, root } = outline(head);
  if (root !== "other" && keys.has("host") && keys.has("banner") && keys.has("vulnerabilities")) return { verdict: "yes", why: "`banner` beside `vulnerabilities`" };
  return { verdict: "no", why: "no `niktoscan`" };
}

/** Nikto gives no severity: what it finds is a hint, low until somebody says otherwise. A text is why an item cannot be used. */
function readItem(item: Item, limits: Limits): Observed | string {
  if (item.id === null || item.message === null) return "an item needs an id and a message";
  if (item.site === null) return item.why ?? "it names no host";
  const path = stablePath(item.uri);
  const message = item.message.startsWith(`${item.uri ?? ""}: `) ? item.message.slice((item.uri ?? "").length + 2) : item.message;
  const osvdb = item.osvdb !== null && /^[1-9]\d*$/.test(item.osvdb) ? [`OSVDB-${item.osvdb}`] : [];
  return observed({
    asset: item.site,
    assetKind: "application",
    rule: { key: item.id, name: stableMessage(message), tags: osvdb },
    title: message,
    location: `${item.method ?? ""} ${item.uri ?? ""}`,
    identity: ["nikto item", item.id, item.method, path, stableMessage(message)],
    severity: "low",
    names: [message, item.references],
    cwe: [message, item.references],
    observation: item.message,
    references: [...addressesIn(item.references), ...addressesIn(item.message)],
    port: item.port,
  }, limits);
}

/** What stands behind these words is the server's answer of this day. */
export const stableMessage = (message: string): string => foldMessage(message).replace(/((?:with contents|fields|contents|inode|mtime):).*$/i, "$1");

/**
 * Nikto's XML of versions 2.1 and 2.5 (with one root inside of another, as some write it) and its JSON. Each host and
 * port is an asset, named by its address.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  yield* (await firstCharacter(source)) === "<" ? parseXml(source, limits) : parseJson(source, limits);
}

async function* parseXml(source: Source, limits: Limits): AsyncGenerator<Yield> {
  const tally = new Tally(limits);
  const times: (Date | null)[] = [];
  for await (const cuts of cutXml(source, PLAN, limits)) {
    for (const { element, above } of cuts) {
      const details = element.name === "scandetails" ? element : above.findLast((one) => one.name === "scandetails");
      const site = siteOf(details?.attributes ?? {});
      if (element.name === "scandetails") {
        tally.looked(site, "application", [element.attributes.targetip]);
        times.push(instantOf(childOf(element, "statistics")?.attributes.endtime) ?? instantOf(element.attributes.starttime));
      } else if (element.name === "item") {
        const { id = null, osvdbid: osvdb = null, method = null } = element.attributes;
        const [uri, message, references] = [textOf(element, "uri"), textOf(element, "description"), textOf(element, "references")];
        yield* tally.made(readItem({ site, port: webPlace(site)?.port ?? null, id, osvdb, method, uri, message, references }, limits), placeOf(element));
      }
      if (above.length === 0) yield tally.part("nikto", { takenAt: newest([...times, instantOf(element.attributes.scanend)]) });
    }
  }
}

const newest = (times: readonly (Date | null)[]): Date | null =>
  times.reduce((latest, time) => (time !== null && (latest === null || time > latest) ? time : latest), null);

function siteOf(details: Readonly<Record<string, string>>): string | null {
  const named = webPlace(details.sitename)?.origin ?? webPlace(details.siteip)?.origin;
  return named ?? ((details.targethostname || details.targetip) ?? null);
}

/** Where only host and port are said, the port tells how it is spoken to. */
export function siteAt(host: string | null, given: unknown): { site: string | null; port: number | null; why: string | null } {
  const port = portIn(given);
  if (port === false) return { site: null, port: null, why: NO_PORT };
  const scheme = port === 443 || port === 8443 ? "https" : "http";
  return { port, why: null, site: host === null ? null : (webPlace(`${scheme}://${host}${port === null ? "" : `:${String(port)}`}/`)?.origin ?? host) };
}

async function* parseJson(source: Source, limits: Limits): AsyncGenerator<Yield> {
  const root = (await firstCharacter(source)) === "[" ? "[]." : "";
  const names = ["host", "ip", "port"].map((key) => `${root}${key}`);
  const facts = await readFacts(source, names, [`${root}vulnerabilities[]`], limits);
  if (!facts.seen.has(`${root}vulnerabilities`) || !names.some((name) => facts.seen.has(name))) throw new ReportFault("This is no Nikto report: it has no `host` beside `vulnerabilities`");
  const tally = new Tally(limits);
  const siteOfHost = (at: readonly number[]) => siteAt(facts.text(`${root}host`, at) || facts.text(`${root}ip`, at), facts.at(`${root}port`, at));
  for (let host = 0; host < (root === "" ? 1 : (facts.seen.get("[].host") ?? 0)); host++) {
    const at = root === "" ? [] : [host];
    tally.looked(siteOfHost(at).site, "application", [facts.text(`${root}ip`, at)]);
  }
  for await (const batch of cutElements(source, elementsOf([`${root}vulnerabilities[]`], limits))) {
    for (const cut of batch) {
      const raw = fieldsOf(cut.value);
      const item = { ...siteOfHost(cut.at.slice(0, -1)), id: stringAt(raw, "id"), osvdb: stringAt(raw, "OSVDB"), method: stringAt(raw, "method"), uri: stringAt(raw, "url"), message: stringAt(raw, "msg"), references: stringAt(raw, "references") };
      yield* tally.made(isFields(cut.value) ? readItem(item, limits) : "an item must be an object", placeOfCut(cut));
    }
  }
  yield tally.part("nikto");
}

export const nikto: Importer = { format: "nikto", label: "Nikto XML, JSON", media: ["xml", "json"], about: "application", passes: 2, recognises, parse };
