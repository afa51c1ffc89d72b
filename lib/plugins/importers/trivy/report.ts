import { ReportFault, type ScannedAsset, type Source } from "../contract";
import type { Limits } from "../limits";
import { fieldsOf, instant } from "../reading/fields";
import { cutElements, elementsOf, type Cut } from "../reading/json-elements";
import { line } from "../reading/plain-text";
import { COMMAND_LINE, detectorOfEntry, lookedFor, type Looked } from "./kinds";
import { artifactAsset, stableName, workloadAsset, type EntryContext } from "./context";

/** Where lists of results stand: an image or folder, the bare list of old versions, a cluster (new, old). */
const LISTS = ["Results[]", "[]", "Resources[].Results[]", "Vulnerabilities[].Results[]", "Misconfigurations[].Results[]"] as const;
const IN_LIST = ["Vulnerabilities[]", "Misconfigurations[]", "Secrets[]", "Licenses[]", "ExperimentalModifiedFindings[]"] as const;
/** Where a report of the Kubernetes operator stands: alone, in `kubectl get -o json`, in a list. */
const OPERATOR = ["", "items[].", "[]."] as const;
const IN_OPERATOR = ["report.vulnerabilities[]", "report.checks[]", "report.secrets[]", "status.detailReport.results[].checks[]"] as const;

const FACTS_OF_LIST = ["Target", "Class", "Type"];
const FACTS_OF_RESOURCE = ["Namespace", "Kind", "Name"];
const FACTS_OF_OPERATOR = [
  ...["kind", "metadata.name", "metadata.namespace", "metadata.creationTimestamp", "metadata.labels"],
  ...["report.updateTimestamp", "status.updateTimestamp", "status.detailReport.results[].id", "status.detailReport.results[].name"],
];

export const ENTRIES: readonly string[] = [
  ...LISTS.flatMap((list) => IN_LIST.map((entry) => `${list}.${entry}`)),
  ...OPERATOR.flatMap((place) => IN_OPERATOR.map((entry) => `${place}${entry}`)),
];

const FACTS: readonly string[] = [
  ...["SchemaVersion", "ArtifactName", "ArtifactType", "CreatedAt", "ClusterName"],
  ...LISTS.flatMap((list) => FACTS_OF_LIST.map((fact) => `${list}.${fact}`)),
  ...LISTS.filter((list) => list.includes(".")).flatMap((list) => FACTS_OF_RESOURCE.map((fact) => `${list.split(".", 1)[0] ?? ""}.${fact}`)),
  ...OPERATOR.flatMap((place) => FACTS_OF_OPERATOR.map((fact) => `${place}${fact}`)),
];

/** The operator's reports with findings; others list packages or say how things stand, and are never taken for a clean scan. */
const WITH_FINDINGS = /(?:Vulnerability|ConfigAudit|RbacAssessment|InfraAssessment|ExposedSecret|Compliance)Report$/;

/**
 * Reports of the operator by their kind → detector. Each kind is exported by itself, and two of them speak of one container (what is installed in it,
 * what lies in it) or of one pod (its configuration, that of the control plane): none closes what the other one found.
 */
const DETECTORS: readonly (readonly [RegExp, string])[] = [
  [/ExposedSecretReport$/, "trivy-operator-secrets"],
  [/InfraAssessmentReport$/, "trivy-operator-infra"],
  [/Report$/, "trivy-operator"],
];

const detectorOfKind = (kind: string): string => DETECTORS.find(([pattern]) => pattern.test(kind))?.[1] ?? "trivy-operator";

/** The facts of a Trivy report by their place: `Results[].Target` at 3 → `package-lock.json`. */
export class ReportFacts {
  private readonly values = new Map<string, unknown>();
  /** What a report of the command line shows of what it looked for; told once all of it was read. */
  looked: Looked = { detectors: [COMMAND_LINE], isProven: true };
  private spoken: readonly string[] | null = null;

  put(path: string, at: readonly number[], value: unknown): void {
    this.values.set(`${path} ${at.join(",")}`, value);
  }

  text(path: string, at: readonly number[] = []): string | null {
    const value = this.values.get(`${path} ${at.join(",")}`);
    return typeof value === "string" && value !== "" ? value : null;
  }

  fields(path: string, at: readonly number[]): unknown {
    return fieldsOf(this.values.get(`${path} ${at.join(",")}`));
  }

  /** Places of the operator's reports in this file, as prefix and indexes, with what they are: those that hold findings, of one detector or all. */
  operatorPlaces(detector: string | null = null): { place: string; at: number[]; kind: string }[] {
    return this.kinds().filter(({ kind }) => WITH_FINDINGS.test(kind) && (detector === null || detectorOfKind(kind) === detector));
  }

  /** Whatever stands in this file as an object of the cluster. */
  kinds(): { place: string; at: number[]; kind: string }[] {
    return [...this.values].flatMap(([key, kind]) => {
      const found = /^(|items\[\]\.|\[\]\.)kind ([\d,]*)$/.exec(key);
      return found ? [{ place: found[1] ?? "", at: (found[2] ?? "").split(",").filter(Boolean).map(Number), kind: typeof kind === "string" ? kind : "" }] : [];
    });
  }

  /** The detectors that speak in this file; asked once all of it was read. */
  get detectors(): readonly string[] {
    const places = this.spoken === null ? this.operatorPlaces() : [];
    this.spoken ??= places.length === 0 ? this.looked.detectors : [...new Set(places.map(({ kind }) => detectorOfKind(kind)))].sort();
    return this.spoken;
  }

  /** Whose an entry is. What no report of the operator holds is read with its first one. */
  detectorOf(cut: Cut): string | undefined {
    const { place, at } = operatorPlace(cut);
    const kind = isOfOperator(cut) ? this.text(`${place}kind`, at) : null;
    const own = isOfOperator(cut) ? null : detectorOfEntry(cut);
    if (own !== null && this.detectors.includes(own)) return own;
    return kind === null || !WITH_FINDINGS.test(kind) ? this.detectors[0] : detectorOfKind(kind);
  }

  /** A cluster is scanned for all of it; the operator says what each report is. */
  get isProven(): boolean {
    return this.looked.isProven || this.operatorPlaces().length > 0 || this.text("ClusterName") !== null;
  }

  /** The class of each result of the command line, by Trivy's word; null where it has none. */
  classes(): (string | null)[] {
    return LISTS.flatMap((list) => [...this.values.keys()].filter((key) => key.startsWith(`${list}.Target `)).map((key) => this.text(`${list}.Class`, key.split(" ").at(-1)?.split(",").filter(Boolean).map(Number))));
  }

  /** Newest time that the report gives for itself. */
  takenAt(detector: string): Date | null {
    const own = instant(this.text("CreatedAt"));
    const updates = this.operatorPlaces(detector).flatMap(({ place, at }) => {
      const times = ["report.updateTimestamp", "status.updateTimestamp", "metadata.creationTimestamp"];
      return times.map((fact) => instant(this.text(`${place}${fact}`, at))).filter((time) => time !== null).slice(0, 1);
    });
    return [own, ...updates].reduce((newest, time) => (time !== null && (newest === null || time > newest) ? time : newest), null);
  }

  operator(place: string, at: readonly number[]): ScannedAsset | null {
    const metadata = { name: this.text(`${place}metadata.name`, at), namespace: this.text(`${place}metadata.namespace`, at) };
    return workloadAsset({ ...metadata, labels: this.fields(`${place}metadata.labels`, at) });
  }

  artifact(): ScannedAsset | null {
    const cluster = line(this.text("ClusterName"), 300);
    if (cluster !== "") return { name: cluster, kind: "cloud" };
    return artifactAsset(this.text("ArtifactName"), this.text("ArtifactType"));
  }

  /** What it looked at, whether or not anything was found. */
  assets(detector: string): ScannedAsset[] {
    const all = [this.artifact(), ...this.operatorPlaces(detector).map(({ place, at }) => this.operator(place, at))];
    return [...new Map(all.flatMap((asset) => (asset === null ? [] : [[asset.name, asset] as const]))).values()];
  }
}

/** First pass: everything but the entries. Refuses what is no Trivy report. */
export async function readFacts(source: Source, limits: Limits): Promise<ReportFacts> {
  const facts = new ReportFacts();
  const elements = elementsOf(FACTS, limits, ENTRIES);
  let kept = 0;
  for await (const batch of cutElements(source, elements)) {
    for (const cut of batch) {
      facts.put(cut.path, cut.at, cut.value);
      kept += 100 + (typeof cut.value === "string" ? cut.value.length : 1_000);
      if (kept > limits.tableBytes) throw new ReportFault("The tables of the report are larger than allowed", { path: cut.path, line: cut.line });
    }
  }
  facts.looked = lookedFor(facts.classes(), (name) => [...elements.seen.keys()].some((path) => path.endsWith(`.${name}[]`)));
  const known = ["SchemaVersion", "ArtifactName", "ClusterName", "Results", "[].Target"].some((path) => elements.seen.has(path));
  const kinds = facts.kinds().map(({ kind }) => kind).filter((kind) => /Report$/.test(kind));
  const [other] = kinds.some((kind) => WITH_FINDINGS.test(kind)) ? [] : kinds;
  if (!known && other !== undefined) throw new ReportFault(`A ${line(other, 60)} of the Trivy operator holds no findings that are read: leave it out`, { path: "kind" });
  if (!known && kinds.length === 0) throw new ReportFault("This is no Trivy report: it says neither what was scanned nor what was found", { path: "(root)" });
  return facts;
}

/** What surrounds an entry that was cut out in the second pass. */
export function contextOf(cut: Cut, facts: ReportFacts, limits: Limits): EntryContext {
  const list = LISTS.find((one) => IN_LIST.some((entry) => cut.path === `${one}.${entry}`));
  return list === undefined ? operatorContext(cut, facts, limits) : listContext(list, cut, facts, limits);
}

function listContext(list: string, cut: Cut, facts: ReportFacts, limits: Limits): EntryContext {
  const at = cut.at.slice(0, -1);
  const asset = facts.artifact();
  const owner = list.split(".", 1)[0] ?? "";
  const [namespace, kind, name] = FACTS_OF_RESOURCE.map((fact) => facts.text(`${owner}.${fact}`, at.slice(0, 1)));
  const steps = list.includes(".") ? [namespace, kind, stableName(kind ?? "", name ?? "")] : [];
  return {
    asset: asset?.name ?? null,
    assetKind: asset?.kind ?? null,
    resource: line(steps.filter(Boolean).join("/"), limits.locationChars),
    target: line(facts.text(`${list}.Target`, at), limits.locationChars),
    sort: facts.text(`${list}.Class`, at) ?? sortOf(facts.text(`${list}.Type`, at)),
    ecosystem: facts.text(`${list}.Type`, at),
    control: null,
    suppressed: false,
    limits,
  };
}

/** Before `Class` existed, the type told packages of the system from those of a language. */
const sortOf = (type: string | null): string =>
  /^(?:alpine|amazon|debian|ubuntu|centos|redhat|rocky|alma|oracle|photon|suse|opensuse.*|fedora|cbl-mariner|wolfi)$/.test(type ?? "") ? "os-pkgs" : "lang-pkgs";

const isOfOperator = (cut: Cut): boolean => OPERATOR.some((place) => IN_OPERATOR.some((entry) => cut.path === `${place}${entry}`));

function operatorPlace(cut: Cut): { place: string; at: readonly number[] } {
  const place = OPERATOR.find((one) => one !== "" && cut.path.startsWith(one)) ?? "";
  return { place, at: place === "" ? [] : cut.at.slice(0, 1) };
}

function operatorContext(cut: Cut, facts: ReportFacts, limits: Limits): EntryContext {
  const { place, at } = operatorPlace(cut);
  const asset = facts.operator(place, at);
  const result = cut.at.slice(0, -1);
  const control = [facts.text(`${place}status.detailReport.results[].id`, result), facts.text(`${place}status.detailReport.results[].name`, result)];
  const inControl = cut.path.includes("detailReport") && control.some(Boolean);
  return {
    asset: asset?.name ?? null,
    assetKind: asset?.kind ?? null,
    resource: "",
    target: "",
    sort: "os-pkgs",
    ecosystem: null,
    control: inControl ? line(control.filter(Boolean).join(" "), limits.titleChars) : null,
    suppressed: false,
    limits,
  };
}
