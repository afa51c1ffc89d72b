import { ReportFault, type Importer, type Recognition, type ScannedAsset, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { readVasResult, type VasResult } from "./openvas/result";
import { instantOf } from "./reading/instants";
import { Tally } from "./reading/tally";
import { childOf, childrenOf, cutXml, placeOf, textOf, type XmlElement } from "./reading/xml-elements";

const PLAN = { report: "OpenVAS report", roots: ["report", "get_reports_response"], cut: ["result"], drop: ["detail", "ports", "errors", "preferences", "filters", "detection"] };

function recognises(head: string): Recognition {
  const root = /^\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:report|get_reports_response)[\s>]/.test(head);
  if (!root) return { verdict: "no", why: "an OpenVAS report begins with <report>" };
  const own = /<(?:gmp|omp)>|<scan_run_status>|<nvt oid=|\sformat_id=|<report_format[\s>]/.test(head);
  return own ? { verdict: "yes", why: "`report` of the Greenbone protocol" } : { verdict: "no", why: "a <report>, but none of OpenVAS" };
}

/**
 * XML reports of OpenVAS and Greenbone (GMP 7 to 22). A host whose scan ended was looked at, also without a result. What
 * an override calls a false positive is suppressed; log messages are informational. A page of a report closes nothing, and neither does what two
 * reports differ in: which of its results it shows is its reader's choice. A result that only the older one holds is gone.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const tally = new Tally(limits);
  let held = 0;
  for await (const cuts of cutXml(source, PLAN, limits)) {
    for (const { element, above } of cuts) {
      if (element.name === "result" && above.at(-1)?.name === "results") {
        held++;
        yield* tally.made(isGone(element) ? null : readVasResult(resultOf(element), limits), placeOf(element));
      }
      if (above.length === 0) yield partOf(element, held, tally);
    }
  }
}

/** Of two reports that were compared, the older one alone holds it. */
const isGone = (element: XmlElement): boolean => /^gone\b/i.test(textOf(element, "delta") ?? "");

function partOf(root: XmlElement, held: number, tally: Tally): Yield {
  const report = innermost(root);
  if (childOf(report, "results") === undefined) throw new ReportFault("This is no OpenVAS report: it holds no results", { line: root.line });
  const status = textOf(report, "scan_run_status");
  const hosts = childrenOf(report, "host").flatMap((host): ScannedAsset[] => {
    const name = textOf(host, "ip");
    return name === null || textOf(host, "end") === null ? [] : [{ name, kind: "host" }];
  });
  for (const { name, kind } of hosts) tally.looked(name, kind);
  const taken = instantOf(textOf(report, "scan_end")) ?? instantOf(textOf(report, "timestamp"));
  return tally.part("openvas", { takenAt: taken, failed: status !== null && status !== "Done", ...(report.attributes.type === "delta" || isPage(report, held) ? { provesItsEnd: false } : {}) });
}

/**
 * GMP gives a page of a report unless it is asked to ignore pages: it begins behind the first result, holds fewer than the filter let
 * through (`full` counts what the usual filter hides, too), or as many as a page may hold and nobody counted.
 */
function isPage(report: XmlElement, held: number): boolean {
  const { start = "1", max = "-1" } = childOf(report, "results")?.attributes ?? {};
  const filtered = textOf(childOf(report, "result_count"), "filtered");
  if (Number(start) > 1 || (filtered !== null && Number(filtered) > held)) return true;
  return filtered === null && Number(max) > 0 && held >= Number(max);
}

/** A report lies in the envelope of what was asked for. */
function innermost(element: XmlElement): XmlElement {
  const inside = childOf(element, "report");
  return inside === undefined ? element : innermost(inside);
}

function resultOf(element: XmlElement): VasResult {
  const nvt = childOf(element, "nvt");
  const refs = childrenOf(childOf(nvt, "refs"), "ref").map(({ attributes }) => ({ type: attributes.type ?? "", id: attributes.id ?? "" }));
  const about = aboutOf(textOf(nvt, "tags"));
  const severities = childrenOf(childOf(nvt, "severities"), "severity").map((one) => ({ type: one.attributes.type ?? "", vector: textOf(one, "value") }));
  const newest = ["cvss_base_v3", "cvss_base_v4", "cvss_base_v2"].map((type) => severities.find((one) => one.type === type)).find((one) => one !== undefined);
  const plain = (name: string): string | null => {
    const text = textOf(nvt, name);
    return text === "NOCVE" || text === "NOBID" || text === "NOXREF" ? null : text;
  };
  return {
    host: textOf(element, "host"),
    otherNames: [textOf(childOf(element, "host"), "hostname")],
    oid: nvt?.attributes.oid ?? null,
    name: textOf(nvt, "name") ?? textOf(element, "name"),
    port: textOf(element, "port") ?? "",
    threat: textOf(element, "threat"),
    severity: textOf(element, "severity"),
    vector: newest?.vector ?? about.get("cvss_base_vector") ?? null,
    family: textOf(nvt, "family"),
    names: [plain("cve"), ...refs.filter((one) => one.type === "cve").map((one) => one.id)],
    references: [...refs.filter((one) => one.type === "url").map((one) => one.id), ...(plain("xref") ?? "").split(/[\s,]+/).map((one) => one.replace(/^URL:/, ""))],
    about,
    solution: textOf(nvt, "solution") ?? about.get("solution") ?? null,
    output: textOf(element, "description"),
    detection: about.get("vuldetect") ?? null,
  };
}

/** `summary=…|insight=…`: a bar parts the texts, and may stand in one. */
function aboutOf(tags: string | null): ReadonlyMap<string, string> {
  const about = new Map<string, string>();
  let last = "";
  for (const piece of (tags ?? "").split("|").slice(0, 500)) {
    const [, name, text = ""] = /^([a-z_]{2,30})=([\s\S]*)$/.exec(piece) ?? [];
    if (name !== undefined) about.set((last = name), text.trim());
    else if (last !== "") about.set(last, `${about.get(last) ?? ""}|${piece}`);
  }
  return about;
}

export const openvas: Importer = { format: "openvas", label: "OpenVAS XML (Greenbone)", media: ["xml"], passes: 1, recognises, parse };
