import { ReportFault, type Importer, type Observed, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { addressesIn, textOfHtml } from "./reading/html-text";
import { instantOf } from "./reading/instants";
import { observed } from "./reading/observed";
import { shorten } from "./reading/plain-text";
import { LEVELS, scoreOf } from "./reading/qualys-scores";
import { Tally } from "./reading/tally";
import { stablePath, webPlace } from "./reading/web-place";
import { childOf, childrenOf, cutXml, placeOf, textOf, type XmlElement } from "./reading/xml-elements";

const ROOTS = ["WAS_SCAN_REPORT", "WAS_WEBAPP_REPORT"] as const;
const PLAN = { report: "Qualys WAS report", roots: ROOTS };
const DETECTIONS = ["VULNERABILITY", "SENSITIVE_CONTENT", "INFORMATION_GATHERED"];
const EXCHANGES = 3;

function recognises(head: string): Recognition {
  const [, root] = /<(WAS_(?:SCAN|WEBAPP)_REPORT)[\s>]/.exec(head) ?? [];
  return root === undefined ? { verdict: "no", why: `none of ${ROOTS.join(", ")}` } : { verdict: "yes", why: `\`${root}\`` };
}

/** A check as the glossary behind the detections describes it. */
type Check = { title: string | null; level: string | null; category: string | null; group: string | null; description: string | null; impact: string | null; solution: string | null; cwe: string | null; cve: string | null; cvss3: string | null; cvss2: string | null };

/** What stands behind the detections: the checks, the applications by their names, and how the scans went. */
type Behind = { checks: ReadonlyMap<string, Check>; sites: ReadonlyMap<string | null, string>; takenAt: Date | null; failed: boolean; isFiltered: boolean };

/**
 * Qualys Web Application Scanning, XML of a scan or of an application. The checks stand behind the detections, so it is read twice.
 * The diagnoses of the scanner itself are no findings. A report that was filtered by more than what is patched or ignored does not show all
 * that the scans saw.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const behind = await readBehind(source, limits);
  const tally = new Tally(limits);
  for (const site of behind.sites.values()) tally.looked(site, "application");
  for await (const cuts of cutXml(source, { ...PLAN, cut: DETECTIONS, drop: ["SUMMARY", "GLOSSARY", "APPENDIX"] }, limits)) {
    for (const { element, above } of cuts) {
      if (above.length > 0) yield* tally.made(readOne(element, above, behind, limits), placeOf(element));
      else yield tally.part("qualys-was", { takenAt: behind.takenAt, failed: behind.failed, ...(behind.isFiltered ? { provesItsEnd: false } : {}) });
    }
  }
}

async function readBehind(source: Source, limits: Limits): Promise<Behind> {
  const tables = new Tables(limits);
  for await (const cuts of cutXml(source, { ...PLAN, cut: ["QID", "WEBAPP", "SCAN", "FILTER"], drop: ["RESULTS", "SUMMARY", "TARGET"] }, limits)) {
    for (const { element, above } of cuts) tables.take(element, above.length === 0);
  }
  return tables.behind();
}

/** Gathers what stands behind the detections, as far as it can be held. */
class Tables {
  private readonly checks = new Map<string, Check>();
  private readonly sites = new Map<string | null, string>();
  private number = "";
  private kept = 0;
  private newest: Date | null = null;
  private madeAt: Date | null = null;
  private failed = false;
  private isFiltered = false;

  constructor(private readonly limits: Limits) {}

  take(element: XmlElement, isRoot: boolean): void {
    if (isRoot) this.madeAt = instantOf(textOf(childOf(element, "HEADER"), "GENERATION_DATETIME"));
    else if (element.name === "FILTER") this.isFiltered ||= !/^(?:remediation|status)$/i.test(textOf(element, "NAME") ?? "");
    else if (element.name === "SCAN") this.takeScan(element);
    else if (element.name === "WEBAPP") this.takeSite(textOf(element, "NAME"), webPlace(textOf(element, "URL"))?.origin, element.line);
    else this.takeCheck(element);
  }

  behind(): Behind {
    return { checks: this.checks, sites: this.sites, takenAt: this.newest ?? this.madeAt, failed: this.failed, isFiltered: this.isFiltered };
  }

  private takeScan(scan: XmlElement): void {
    const end = instantOf(textOf(scan, "END_DATE"));
    if (end !== null && (this.newest === null || end > this.newest)) this.newest = end;
    if (!/^finished$/i.test(textOf(scan, "STATUS") ?? "finished")) this.failed = true;
  }

  private takeSite(name: string | null, origin: string | undefined, at: number): void {
    if (origin === undefined) return;
    this.keep(100 + (name?.length ?? 0), at);
    for (const one of [name, null]) if (!this.sites.has(one)) this.sites.set(one, origin);
  }

  /** The glossary names a check `QID`, and its number in it `QID` too: the number is cut first. */
  private takeCheck(element: XmlElement): void {
    if (element.children.length === 0) this.number = element.text.trim();
    else if (this.number !== "") {
      const check = checkOf(element, this.limits);
      this.keep(500 + Object.values(check).reduce((size, text) => size + (text?.length ?? 0), 0), element.line);
      this.checks.set(this.number, check);
      this.number = ""; // a check that names none is nobody's, and not what the one before it was
    }
  }

  private keep(bytes: number, line: number): void {
    this.kept += bytes;
    if (this.kept > this.limits.tableBytes) throw new ReportFault("The tables of the report are larger than allowed", { line });
  }
}

function checkOf(element: XmlElement, limits: Limits): Check {
  const text = (name: string): string | null => {
    const said = textOf(element, name);
    return said === null || /^(?:n\/a|not\s+applicable)\.?$/i.test(said) ? null : shorten(said, limits.textChars * 2);
  };
  const base = (name: string): string | null => textOf(childOf(element, name), "BASE");
  return {
    title: text("TITLE"), level: text("SEVERITY"), category: text("CATEGORY"), group: text("GROUP"), description: text("DESCRIPTION"), impact: text("IMPACT"), solution: text("SOLUTION"),
    cwe: text("CWE"), cve: text("CVE"), cvss3: text("CVSS_V3_BASE") ?? base("CVSS_V3"), cvss2: text("CVSS_BASE") ?? base("CVSS"),
  };
}

const UNKNOWN: Check = { title: null, level: null, category: null, group: null, description: null, impact: null, solution: null, cwe: null, cve: null, cvss3: null, cvss2: null };

/** A text is why it cannot be used; null is no finding: what was fixed, and what the scanner says of its own run. */
function readOne(element: XmlElement, above: readonly XmlElement[], { checks, sites }: Behind, limits: Limits): Observed | string | null {
  const [qid, address, parameter] = [textOf(element, "QID"), textOf(element, "URL"), textOf(element, "PARAM")];
  const own = webPlace(address)?.origin;
  const site = siteOf(own, textOf(above.findLast(({ name }) => name === "WEB_APPLICATION"), "NAME"), sites);
  if (qid === null || site === undefined) return "a detection needs a QID and an address";
  const check = checks.get(qid) ?? UNKNOWN;
  if (check.group === "IG-DIAG" || /^fixed$/i.test(textOf(element, "STATUS") ?? "")) return null;
  const path = own === undefined || own === site ? stablePath(address) : `${own}${stablePath(address)}`;
  const gathered = element.name === "INFORMATION_GATHERED";
  const impact = textOfHtml(check.impact);
  return observed({
    asset: site,
    assetKind: "application",
    rule: { key: qid, name: check.title ?? `QID ${qid}`, help: textOfHtml(check.description), tags: [check.category, check.group] },
    title: check.title ?? `QID ${qid}`,
    description: [textOfHtml(check.description), impact === null ? null : `Impact: ${impact}`],
    location: [address ?? site, parameter === null ? "" : `(${parameter})`].join(" "),
    identity: ["qualys was detection", qid, path, parameter],
    severity: gathered ? "info" : (LEVELS.get(check.level ?? "") ?? "info"),
    severityWord: check.level,
    cvss: scoreOf(check.cvss3, "3.1") ?? scoreOf(check.cvss2, "2.0"),
    cwe: [check.cwe],
    names: [check.cve],
    category: check.category,
    observation: [plainOf(childOf(element, "DATA")), ...exchangesOf(element)],
    remediation: textOfHtml(check.solution),
    references: addressesIn(check.solution),
    firstSeen: instantOf(textOf(element, "FIRST_TIME_DETECTED")),
    suppressed: textOf(element, "IGNORED") === "true",
    port: webPlace(address)?.port ?? null,
  }, limits);
}

/** A detection is of the application that was scanned, also where it lies on another of its hosts: the next scan of it says whether it is gone. */
function siteOf(own: string | undefined, named: string | null, sites: Behind["sites"]): string | undefined {
  const known = named === null ? undefined : sites.get(named);
  return known ?? ([...sites.values()].some((site) => site === own) ? own : (sites.get(null) ?? own));
}

/** Requests as they were sent, and what of the answers shows the weakness. */
function exchangesOf(element: XmlElement): (string | null)[] {
  return childrenOf(childOf(element, "PAYLOADS"), "PAYLOAD").slice(0, EXCHANGES).flatMap((payload) => {
    const [request, response] = [childOf(payload, "REQUEST"), childOf(payload, "RESPONSE")];
    const headers = childrenOf(childOf(request, "HEADERS"), "HEADER").slice(0, 100).map((header) => `${textOf(header, "key") ?? ""}: ${textOf(header, "value") ?? ""}`);
    const sent = request === undefined ? null : [`${textOf(request, "METHOD") ?? "GET"} ${textOf(request, "URL") ?? ""}`, ...headers, ...(textOf(request, "BODY") === null ? [] : ["", textOf(request, "BODY")])].join("\n");
    return [sent, plainOf(childOf(response, "EVIDENCE")), plainOf(childOf(response, "CONTENTS"))];
  });
}

/** Bytes that are no UTF-8 become replacement characters: they are shown, and never executed. */
const plainOf = (element: XmlElement | undefined): string | null =>
  element === undefined ? null : element.attributes.base64 === "true" ? Buffer.from(element.text, "base64").toString("utf8") : element.text;

export const qualysWas: Importer = { format: "qualys-was", label: "Qualys WAS XML", media: ["xml"], about: "application", passes: 2, recognises, parse };
