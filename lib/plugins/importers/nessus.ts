import { MOST_NAMES_SAID } from "@/lib/domain/scan/report";
import { ReportFault, type Importer, type Recognition, type ScannedAsset, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { readItem } from "./nessus/item";
import { PluginSet } from "./nessus/plugin-set";
import { instant } from "./reading/fields";
import { otherNamesIn } from "./reading/other-names";
import { line } from "./reading/plain-text";
import { readXml, type XmlHandler, type XmlTag } from "./reading/xml-stream";

const ROOT = "NessusClientData_v2";

/** Most texts that are kept of one child name, before the limits of the finding apply. */
const REPEATS = 500;

type Host = { name: string; properties: Map<string, string>; position: number; items: number };
type Item = { attributes: Readonly<Record<string, string>>; texts: Map<string, string[]>; kept: number; line: number };

/** Follows the elements of a report; what it made of them is taken out after each slice. */
class NessusReport implements XmlHandler {
  readonly assets = new Map<string, ScannedAsset>();
  readonly plugins = new PluginSet();
  takenAt: Date | null = null;
  root: string | null = null;
  reports = 0;
  private made: Yield[] = [];
  private readonly names: string[] = [];
  private host: Host | null = null;
  private item: Item | null = null;
  private property: string | null = null;
  private preference: string | null = null;
  private hosts = 0;
  private namesSaid = 0;
  private results = 0;

  constructor(private readonly limits: Limits) {}

  take(): Yield[] {
    const made = this.made;
    this.made = [];
    return made;
  }

  open(tag: XmlTag): void {
    const parent = this.names.at(-1) ?? "";
    this.names.push(tag.name);
    if (this.names.length === 1) this.openRoot(tag);
    if (tag.name === "Report" && parent === ROOT) this.reports++;
    if (tag.name === "ReportHost" && parent === "Report") this.host = this.openHost(tag);
    if (tag.name === "tag" && parent === "HostProperties") this.property = tag.attributes.name ?? null;
    if (tag.name === "ReportItem" && parent === "ReportHost") {
      this.item = { attributes: tag.attributes, texts: new Map(), kept: 0, line: tag.line };
    }
  }

  close(name: string, text: string): void {
    this.names.pop();
    const parent = this.names.at(-1) ?? "";
    if (name === "tag" && parent === "HostProperties") this.closeProperty(text);
    else if (parent === "preference") this.closePreference(name, text);
    else if (this.item && parent === "ReportItem") this.closeText(this.item, name, text);
    else if (name === "ReportItem" && parent === "ReportHost") this.closeItem();
    else if (name === "ReportHost" && parent === "Report") this.closeHost();
  }

  private openRoot(tag: XmlTag): void {
    this.root = tag.name;
    if (tag.name === ROOT) return;
    throw new ReportFault(`This is no Nessus v2 report: it begins with <${line(tag.name, 60)}>`, { path: `/${line(tag.name, 60)}`, line: tag.line });
  }

  /** The name that was scanned, as people entered it: a name by DNS comes and goes between scans. */
  private openHost(tag: XmlTag): Host {
    return { name: line(tag.attributes.name, this.limits.nameChars), properties: new Map(), position: this.hosts++, items: 0 };
  }

  private closeProperty(text: string): void {
    if (this.host && this.property !== null && this.host.properties.size < 1_000) this.host.properties.set(this.property, text.slice(0, 1_000).trim());
    this.property = null;
  }

  /** A preference is a name and, behind it, its value. */
  private closePreference(name: string, text: string): void {
    if (name === "value" && this.preference === "plugin_set") this.plugins.read(text);
    this.preference = name === "name" ? text.slice(0, 100).trim() : null;
  }

  private closeText(item: Item, name: string, text: string): void {
    item.kept += text.length;
    if (item.kept > this.limits.elementBytes) throw new ReportFault("A single item of the report is larger than allowed", { line: item.line });
    const texts = item.texts.get(name) ?? [];
    if (texts.length < REPEATS && item.texts.size < REPEATS) item.texts.set(name, texts);
    if (texts.length < REPEATS) texts.push(text);
  }

  private closeItem(): void {
    const { item, host } = this;
    this.item = null;
    if (!item || !host) return;
    if (++this.results > this.limits.results) throw new ReportFault(`The report holds more than ${String(this.limits.results)} results`, { line: item.line });
    const name = nameOf(host);
    const read = name === "" ? "its host has no name" : readItem(item, name, this.limits);
    const where = `ReportHost[${String(host.position)}].ReportItem[${String(host.items++)}], line ${String(item.line)}`;
    if (typeof read === "string") this.made.push({ kind: "rejected", where, why: read });
    if (typeof read === "string" || read === null) return;
    this.plugins.found(read.rule.key);
    this.made.push({ kind: "result", result: read, where });
  }

  private calledAs(host: Host, name: string): Pick<ScannedAsset, "otherNames"> {
    const names = otherNamesIn(NAMES.map((property) => host.properties.get(property))).filter((one) => one !== name);
    this.namesSaid += names.length;
    return names.length === 0 || this.namesSaid > MOST_NAMES_SAID ? {} : { otherNames: names };
  }

  /** A host whose scan began and did not end was not looked at in full: its findings are not closed by this report. */
  private closeHost(): void {
    const { host } = this;
    this.host = null;
    if (!host) return;
    const ended = endOf(host.properties);
    const broken = ended === null && host.properties.has("HOST_START");
    const name = nameOf(host);
    if (ended !== null && (this.takenAt === null || ended > this.takenAt)) this.takenAt = ended;
    if (name === "" || broken) return;
    if (this.assets.size >= this.limits.assets) throw new ReportFault(`The report holds more than ${String(this.limits.assets)} hosts`);
    this.assets.set(name, { name, kind: "host", ...this.calledAs(host, name) });
  }
}

/** The properties of a host that name it. */
const NAMES = ["host-ip", "host-fqdn", "host-rdns", "hostname", "netbios-name"] as const;

const nameOf = (host: Host): string => host.name || line(host.properties.get("host-fqdn") ?? host.properties.get("host-ip"), 300);

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** When the host's scan ended: the stamp in seconds, else the scanner's local time, which names no zone: read as UTC. */
function endOf(properties: ReadonlyMap<string, string>): Date | null {
  const stamp = properties.get("HOST_END_TIMESTAMP") ?? "";
  if (/^\d{9,10}$/.test(stamp)) return instant(new Date(Number(stamp) * 1_000).toISOString());
  const found = /^\w{3} (\w{3}) +(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})$/.exec(properties.get("HOST_END") ?? "");
  const month = MONTHS.indexOf(found?.[1] ?? "") + 1;
  if (!found || month === 0) return null;
  const [, , day = "", time = "", year = ""] = found;
  return instant(`${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}T${time}Z`);
}

function recognises(head: string): Recognition {
  const start = head.trimStart();
  if (!start.startsWith("<")) return { verdict: "no", why: "a Nessus report is XML" };
  if (/<NessusClientData_v2[\s>]/.test(start)) return { verdict: "yes", why: "`NessusClientData_v2`" };
  if (/<NessusClientData[\s>]/.test(start)) return { verdict: "no", why: "Nessus v1 (.nessus of 2009): export it as v2" };
  return { verdict: "no", why: "no `NessusClientData_v2`" };
}

/**
 * Nessus v2 (.nessus): one part for the whole file, one asset per ReportHost, also those without an item. Items of
 * severity 0 are informational findings; compliance checks that passed are none. The policy names the checks that ran.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const report = new NessusReport(limits);
  for await (const _ of readXml(source, report, limits)) yield* report.take();
  if (report.reports === 0) throw new ReportFault("The report has a policy but no results", { path: `/${ROOT}/Report` });
  const assets = [...report.assets.values()];
  yield { kind: "part", part: { detector: "nessus", takenAt: report.takenAt, failed: false, scannedAssets: assets, rules: report.plugins.all } };
}

export const nessus: Importer = { format: "nessus", label: "Nessus v2", media: ["xml"], passes: 1, recognises, parse };
