import type { ReportPart } from "../contract";
import { instantOf } from "../reading/instants";
import { childOf, childrenOf, textOf, type XmlElement } from "../reading/xml-elements";
import type { Check, Detection } from "./detection";

type Host = Pick<Detection, "host" | "otherNames">;

/** How one of Qualys' XML reports is read. `above` are the elements around, from the root inwards. */
export type Dialect = {
  /** Elements that are detections, and those of a glossary that stands behind them. */
  detections: readonly string[];
  glossary: string | null;
  detection(element: XmlElement, above: readonly XmlElement[]): Detection;
  /** What the detection itself says about its check; null when the glossary does. */
  check(element: XmlElement, above: readonly XmlElement[]): Check | null;
  hosts(root: XmlElement): readonly Host[];
  part(root: XmlElement): Pick<ReportPart, "takenAt" | "failed">;
};

const nearest = (above: readonly XmlElement[], name: string): XmlElement | undefined => above.findLast((one) => one.name === name);

/** The name by which Qualys tracks the host: an address that is handed out anew names no host. */
function trackedName(host: XmlElement | undefined): string | null {
  const named = [textOf(host, "DNS"), textOf(host, "NETBIOS")];
  const method = (textOf(host, "TRACKING_METHOD") ?? "IP").toUpperCase();
  const order = method === "IP" ? [textOf(host, "IP"), ...named] : method === "NETBIOS" ? [...named.toReversed(), textOf(host, "IP")] : [...named, textOf(host, "IP")];
  return order.find((name) => name !== null) ?? null;
}

const tracked = (host: XmlElement | undefined): Host => ({ host: trackedName(host), otherNames: ["IP", "DNS", "NETBIOS"].map((name) => textOf(host, name)) });

const listed = (element: XmlElement, list: string, entry: string, name: string): (string | null)[] =>
  childrenOf(childOf(element, list), entry).map((one) => textOf(one, name));

/** A check as the glossary of the asset report, and a detection of the scan report, describe it. */
export const checkOf = (element: XmlElement): Check => ({
  title: textOf(element, "TITLE"),
  level: textOf(element, "SEVERITY") ?? element.attributes.severity ?? null,
  category: textOf(element, "CATEGORY"),
  threat: textOf(element, "THREAT") ?? textOf(element, "DIAGNOSIS"),
  impact: textOf(element, "IMPACT") ?? textOf(element, "CONSEQUENCE"),
  solution: textOf(element, "SOLUTION"),
  cvss3: textOf(childOf(element, "CVSS3_SCORE"), "CVSS3_BASE") ?? textOf(element, "CVSS3_BASE"),
  cvss2: textOf(childOf(element, "CVSS_SCORE"), "CVSS_BASE") ?? textOf(element, "CVSS_BASE"),
  names: [...listed(element, "CVE_ID_LIST", "CVE_ID", "ID"), element.attributes.cveid ?? null],
  addresses: listed(element, "VENDOR_REFERENCE_LIST", "VENDOR_REFERENCE", "URL"),
});

/** Asset data report (asset_data_report.dtd). */
const ASSETS: Dialect = {
  detections: ["VULN_INFO"],
  glossary: "VULN_DETAILS",
  detection: (element, above) => ({
    ...tracked(nearest(above, "HOST")),
    qid: textOf(element, "QID"),
    sort: textOf(element, "TYPE"),
    port: textOf(element, "PORT"),
    protocol: textOf(element, "PROTOCOL"),
    service: textOf(element, "SERVICE"),
    status: textOf(element, "VULN_STATUS"),
    result: textOf(element, "RESULT"),
    firstSeen: instantOf(textOf(element, "FIRST_FOUND")),
    suppressed: false,
  }),
  check: () => null,
  hosts: (root) => [
    ...childrenOf(childOf(root, "HOST_LIST"), "HOST").map(tracked),
    ...childrenOf(childOf(childOf(childOf(root, "APPENDICES"), "NO_RESULTS"), "IP_LIST"), "RANGE").map((range) => ({ host: textOf(range, "START") === textOf(range, "END") ? textOf(range, "START") : null, otherNames: [] })),
  ],
  part: (root) => ({ takenAt: instantOf(textOf(childOf(root, "HEADER"), "GENERATION_DATETIME")), failed: false }),
};

/** Scan results (scan-1.dtd): a detection lies in its category, which names the port, and in the host. */
const SCAN: Dialect = {
  detections: ["VULN", "PRACTICE", "INFO", "SERVICE"],
  glossary: null,
  detection: (element, above) => {
    const category = nearest(above, "CAT")?.attributes ?? {};
    const host = nearest(above, "IP")?.attributes ?? {};
    const informs = element.name === "INFO" || element.name === "SERVICE";
    return {
      host: host.value ?? host.name ?? null,
      otherNames: [host.name],
      qid: element.attributes.number ?? null,
      sort: informs ? "Info" : element.name,
      port: category.port ?? null,
      protocol: category.protocol ?? null,
      service: category.value ?? null,
      status: null,
      result: textOf(element, "RESULT"),
      firstSeen: null,
      suppressed: false,
    };
  },
  check: (element, above) => ({ ...checkOf(element), category: nearest(above, "CAT")?.attributes.value ?? null }),
  hosts: (root) => childrenOf(root, "IP").map(({ attributes }) => ({ host: attributes.value ?? null, otherNames: [attributes.name] })),
  part: (root) => {
    const keys = new Map(childrenOf(childOf(root, "HEADER"), "KEY").map((key) => [key.attributes.value ?? "", key.text.trim()]));
    const status = keys.get("STATUS");
    return { takenAt: instantOf(keys.get("DATE")), failed: childOf(root, "ERROR") !== undefined || (status !== undefined && status !== "FINISHED") };
  },
};

/** Host list detection of the API (host_list_vm_detection_output.dtd), which names no titles. */
const DETECTIONS: Dialect = {
  detections: ["DETECTION"],
  glossary: null,
  detection: (element, above) => ({
    ...tracked(nearest(above, "HOST")),
    qid: textOf(element, "QID"),
    sort: textOf(element, "TYPE"),
    port: textOf(element, "PORT"),
    protocol: textOf(element, "PROTOCOL"),
    service: null,
    status: textOf(element, "STATUS"),
    result: textOf(element, "RESULTS"),
    firstSeen: instantOf(textOf(element, "FIRST_FOUND_DATETIME")),
    suppressed: textOf(element, "IS_IGNORED") === "1" || textOf(element, "IS_DISABLED") === "1",
  }),
  check: checkOf,
  hosts: (root) => childrenOf(childOf(childOf(root, "RESPONSE"), "HOST_LIST"), "HOST").map(tracked),
  part: (root) => ({ takenAt: instantOf(textOf(childOf(root, "RESPONSE"), "DATETIME")), failed: false }),
};

/** By root element. */
export const DIALECTS: ReadonlyMap<string, Dialect> = new Map([
  ["ASSET_DATA_REPORT", ASSETS],
  ["SCAN", SCAN],
  ["HOST_LIST_VM_DETECTION_OUTPUT", DETECTIONS],
]);
