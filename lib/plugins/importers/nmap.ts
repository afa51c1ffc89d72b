import type { Importer, Recognition, Source, Yield } from "./contract";
import type { Limits } from "./limits";
import { OPEN_PORT, type Place, readPort, readScripts } from "./nmap/port";
import { portsLooked } from "./nmap/ports-looked";
import { instantOfSeconds } from "./reading/instants";
import { NO_PORT, portIn } from "./reading/ports";
import { Tally } from "./reading/tally";
import { childOf, childrenOf, cutXml, placeOf, type XmlElement } from "./reading/xml-elements";

/** `port` before its host: a host that answers on every port would else be held whole. */
const PLAN = { report: "Nmap report", roots: ["nmaprun"], cut: ["host", "port"], drop: ["taskprogress", "taskbegin", "taskend", "extraports"], doctype: "nmaprun" };

function recognises(head: string): Recognition {
  if (!head.trimStart().startsWith("<")) return { verdict: "no", why: "an Nmap report is XML" };
  return /<nmaprun[\s>]/.test(head) ? { verdict: "yes", why: "`nmaprun`" } : { verdict: "no", why: "no `nmaprun`" };
}

/**
 * Nmap's XML (`-oX`). Every open port is an informational finding; each entry of the `vulners` script and each
 * vulnerability that a script of the `vulns` library reports is one more. Hosts that answered and whose ports were asked count as scanned, as far as
 * the run looked: on the ports that it names, and without a script it says nothing of what scripts found.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const tally = new Tally(limits);
  for await (const cuts of cutXml(source, PLAN, limits)) {
    for (const { element, above } of cuts) {
      if (element.name === "port") yield* portOf(element, above.findLast((one) => one.name === "host"), tally, limits);
      if (element.name === "host") yield* hostOf(element, tally, limits);
      if (above.length === 0) yield endOf(element, tally);
    }
  }
}

function* portOf(port: XmlElement, host: XmlElement | undefined, tally: Tally, limits: Limits): Generator<Yield> {
  const asset = nameOf(host);
  const service = childOf(port, "service")?.attributes;
  const [number, protocol] = [portIn(port.attributes.portid ?? "none"), port.attributes.protocol ?? "tcp"];
  if (asset === null || number === false) {
    yield* tally.made(asset === null ? "its host has no address" : NO_PORT, placeOf(port));
    return;
  }
  const place: Place = { asset, port: number, protocol, service: service?.name ?? null, product: service?.product ?? null, version: service?.version ?? null };
  yield* tally.made(readPort(port, place, limits), placeOf(port));
  if (childOf(port, "state")?.attributes.state !== "open") return;
  for (const read of readScripts(childrenOf(port, "script"), place, limits)) yield* tally.made(read, placeOf(port));
}

function* hostOf(host: XmlElement, tally: Tally, limits: Limits): Generator<Yield> {
  const asset = nameOf(host);
  if (asset === null) return;
  if (isLooked(host)) tally.looked(asset, "host", namesOf(host));
  const place: Place = { asset, port: null, protocol: null, service: null, product: null, version: null };
  const scripts = childrenOf(childOf(host, "hostscript"), "script");
  for (const read of readScripts(scripts, place, limits)) yield* tally.made(read, placeOf(host));
}

/** `-sn` and `-sL` list hosts of which no port was asked; one that ran into its time-out is told without what was found. */
function isLooked(host: XmlElement): boolean {
  return childOf(host, "status")?.attributes.state !== "down" && host.attributes.timedout !== "true" && childOf(host, "ports") !== undefined;
}

/** What was typed to be scanned, else the address: names that DNS gives come and go. */
function nameOf(host: XmlElement | undefined): string | null {
  const typed = childrenOf(childOf(host, "hostnames"), "hostname").find((one) => one.attributes.type === "user")?.attributes.name;
  const addresses = childrenOf(host, "address");
  const address = addresses.find((one) => one.attributes.addrtype !== "mac") ?? addresses[0];
  return (typed || address?.attributes.addr) ?? null;
}

/** Whatever it was reached by and answers to, other than the address of its network card. */
function namesOf(host: XmlElement): string[] {
  const addresses = childrenOf(host, "address").filter(({ attributes }) => attributes.addrtype !== "mac").map(({ attributes }) => attributes.addr ?? "");
  return [...addresses, ...childrenOf(childOf(host, "hostnames"), "hostname").map(({ attributes }) => attributes.name ?? "")];
}

function endOf(run: XmlElement, tally: Tally): Yield {
  const finished = childOf(childOf(run, "runstats"), "finished")?.attributes;
  const seconds = Number(finished?.time ?? run.attributes.start);
  const failed = finished !== undefined && finished.exit !== undefined && finished.exit !== "success";
  const rules = checksOf(run.attributes.args ?? "");
  const ports = portsLooked(childrenOf(run, "scaninfo").map(({ attributes }) => attributes), rules !== null && rules.length > 1);
  return tally.part("nmap", { takenAt: instantOfSeconds(Number.isFinite(seconds) ? seconds : null), failed: failed || ports === null, rules, ports: ports ?? [] });
}

const SCRIPTS = /(?:^|\s)(?:--script(?![-\w])|-sC|-A)/;
/** Scripts by their names; a category, a pattern or a folder stands for scripts that nobody lists here. */
const NAMED = /(?:^|\s)--script[= ]([a-z\d-]+-[a-z\d-]+(?:,[a-z\d-]+-[a-z\d-]+)*)(?=\s|$)/g;

/** The checks that ran, where the command line of the run says so; null where it does not. `vulners` names no checks, only what it found. */
function checksOf(command: string): string[] | null {
  if (command === "") return null;
  if (!SCRIPTS.test(command)) return [OPEN_PORT];
  const named = [...command.matchAll(NAMED)].flatMap(([, names = ""]) => names.split(","));
  const others = command.replaceAll(NAMED, "");
  return named.length === 0 || SCRIPTS.test(others) ? null : [OPEN_PORT, ...named];
}

export const nmap: Importer = { format: "nmap", label: "Nmap XML", media: ["xml"], passes: 1, recognises, parse };
