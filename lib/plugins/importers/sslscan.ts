import { ReportFault, type Importer, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { NO_PORT, portIn } from "./reading/ports";
import { Tally } from "./reading/tally";
import { deprecatedProtocol, tlsFinding, type TlsWeakness } from "./reading/tls-weaknesses";
import { childrenOf, cutXml, placeOf, textOf, type XmlElement } from "./reading/xml-elements";

const PLAN = { report: "sslscan report", roots: ["document"], cut: ["ssltest"] };
/** What sslscan itself calls good. */
const GOOD = new Set(["strong", "acceptable"]);
const OFFERED = new Set(["preferred", "accepted"]);

function recognises(head: string): Recognition {
  return /<document\s[^>]{0,200}title="SSLScan Results"/.test(head) ? { verdict: "yes", why: "`SSLScan Results`" } : { verdict: "no", why: "no `SSLScan Results`" };
}

/**
 * sslscan's XML: deprecated protocols, weak cipher suites that the server takes, Heartbleed, compression, renegotiation and the certificate.
 * It looks at one port of a host, and says nothing of the others.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const tally = new Tally(limits);
  for await (const cuts of cutXml(source, PLAN, limits)) {
    for (const { element, above } of cuts) {
      if (above.length > 0) yield* readTest(element, tally, limits);
      else if (element.attributes.title !== "SSLScan Results") throw new ReportFault("This is no sslscan report: its title is not `SSLScan Results`");
      else yield tally.part("sslscan", tally.portsLooked);
    }
  }
}

function* readTest(test: XmlElement, tally: Tally, limits: Limits): Generator<Yield> {
  const host = test.attributes.host || test.attributes.sniname || "";
  const port = portIn(test.attributes.port);
  if (host === "" || port === false) {
    yield* tally.made(host === "" ? "it names no host" : NO_PORT, placeOf(test));
    return;
  }
  tally.lookedAt(host, port, [test.attributes.sniname]);
  for (const weakness of weaknessesOf(test)) yield* tally.made(tlsFinding({ host, port }, weakness, limits), placeOf(test));
}

function weaknessesOf(test: XmlElement): TlsWeakness[] {
  const all = (name: string): Readonly<Record<string, string>>[] => childrenOf(test, name).map((one) => one.attributes);
  const protocols = all("protocol").filter((one) => one.enabled === "1").map((one) => `${one.type ?? ""}v${one.version ?? ""}`);
  const deprecated = protocols.flatMap((version) => deprecatedProtocol(version) ?? []).map((check) => ({ check, seen: [] }));
  const bleeding = all("heartbleed").filter((one) => one.vulnerable === "1").map((one) => one.sslversion ?? "");
  const weak = all("cipher").filter((one) => OFFERED.has(one.status ?? "") && one.strength !== undefined && !GOOD.has(one.strength));
  const problems = childrenOf(test, "certificate").concat(childrenOf(test, "certificates").flatMap((list) => childrenOf(list, "certificate"))).flatMap(problemsOf);
  return [
    ...deprecated,
    ...(bleeding.length === 0 ? [] : [{ check: "heartbleed", seen: bleeding }]),
    ...weak.map((one) => ({ check: "weak-cipher", of: `${one.cipher ?? ""} (${one.sslversion ?? ""})`, seen: [`${one.strength ?? ""}, ${one.bits ?? "?"} bits`] })),
    ...all("compression").filter((one) => one.supported === "1").map(() => ({ check: "compression", seen: [] })),
    ...all("renegotiation").filter((one) => one.supported === "1" && one.secure === "0").map(() => ({ check: "renegotiation", seen: [] })),
    ...(problems.length === 0 ? [] : [{ check: "certificate", seen: problems }]),
  ];
}

function problemsOf(certificate: XmlElement): string[] {
  const subject = textOf(certificate, "subject") ?? "certificate";
  const expired = textOf(certificate, "expired") === "true" ? [`${subject}: not valid after ${textOf(certificate, "not-valid-after") ?? "?"}`] : [];
  return [...expired, ...(textOf(certificate, "self-signed") === "true" ? [`${subject}: self-signed`] : [])];
}

export const sslscan: Importer = { format: "sslscan", label: "sslscan XML", media: ["xml"], passes: 1, recognises, parse };
