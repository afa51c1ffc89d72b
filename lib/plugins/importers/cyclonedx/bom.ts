import { ReportFault, type AssetKind, type ReportPart, type ScannedAsset } from "../contract";
import type { Limits } from "../limits";
import { fieldsAt, instant, listAt, stringAt } from "../reading/fields";
import { line } from "../reading/plain-text";

/** A piece of a bill in the words of the JSON form. */
export type BomPart = { kind: "metadata" | "component" | "vulnerabilities" | "vulnerability"; value: unknown; path: string; at: readonly number[]; keys: readonly string[]; line: number };

export type Component = { name: string; version: string | null; purl: string | null; file: string | null };

/** component.type → what kind of asset that is. */
const KINDS: ReadonlyMap<string, AssetKind> = new Map([
  ["container", "container"],
  ["device", "host"],
  ["operating-system", "host"],
  ["firmware", "host"],
]);

/** What surrounds the vulnerabilities of a bill of materials. */
export class Bom {
  readonly components = new Map<string, Component>();
  private kept = 0;
  private listed = 0;
  private analysed = 0;
  private found = 0;
  private hasList = false;
  private metadata: unknown = null;

  constructor(private readonly limits: Limits) {}

  take({ kind, value, line: at }: BomPart): void {
    if (kind === "metadata") this.metadata = value;
    if (kind === "component") this.keep(value, at);
    if (kind === "vulnerabilities" || kind === "vulnerability") this.hasList = true;
    if (kind !== "vulnerability") return;
    this.found++;
    if (stringAt(fieldsAt(value, "analysis"), "state") !== null) this.analysed++;
  }

  /** Refuses what holds nothing to import. */
  check(): void {
    const main = fieldsAt(this.metadata, "component");
    if (stringAt(main, "name") !== null) this.keep(main, 1, false);
    if (!this.hasList) throw new ReportFault("This is a bill of materials without vulnerabilities: have a scanner look at it, and import what that reports", { path: "vulnerabilities" });
  }

  get isVex(): boolean {
    return this.listed === 0 && this.found > 0 && this.analysed === this.found;
  }

  get asset(): ScannedAsset | null {
    const main = fieldsAt(this.metadata, "component");
    const name = line([stringAt(main, "group"), stringAt(main, "name")].filter(Boolean).join("/"), this.limits.nameChars).replace(/^(?:\.\/)+/, "");
    return name === "" || name === "." || name === "/" ? null : { name, kind: KINDS.get(stringAt(main, "type") ?? "") ?? "application" };
  }

  get author(): string | null {
    const [author] = listAt(this.metadata, "authors", 1);
    const named = [author, fieldsAt(this.metadata, "manufacturer"), fieldsAt(this.metadata, "manufacture"), fieldsAt(this.metadata, "supplier")];
    return named.map((one) => stringAt(one, "name")).find((name) => name !== null) ?? this.tool;
  }

  get takenAt(): Date | null {
    return instant(stringAt(this.metadata, "timestamp"));
  }

  /** A list of tools, or since 1.5 an object with components and services. */
  private get tool(): string | null {
    const tools = fieldsAt(this.metadata, "tools");
    const all = [...listAt(this.metadata, "tools", 20), ...listAt(tools, "components", 20), ...listAt(tools, "services", 20)];
    return all.map((one) => stringAt(one, "name")).find((name) => name !== null) ?? null;
  }

  /** The tool is named beside the format, because the tool's own report calls the same weakness otherwise. */
  part(): ReportPart {
    const tool = line(this.tool, 60).toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");
    const detector = this.isVex ? line(this.author, 100) || "cyclonedx" : ["cyclonedx", tool].filter(Boolean).join("-");
    const scannedAssets = this.asset === null || this.isVex ? [] : [this.asset];
    return { detector, takenAt: this.takenAt, failed: false, scannedAssets, rules: null, ...(this.isVex ? { statementsOnly: true } : {}) };
  }

  /** `urn:cdx:…/1#ref` names a component of another version of the bill. */
  component(ref: string): Component | null {
    return this.components.get(ref) ?? this.components.get(ref.slice(ref.lastIndexOf("#") + 1)) ?? null;
  }

  private keep(raw: unknown, at: number, listed = true): void {
    if (listed) this.listed++;
    const ref = stringAt(raw, "bom-ref");
    const [group, name] = [stringAt(raw, "group"), stringAt(raw, "name")];
    for (const below of listAt(raw, "components", 100_000)) this.keep(below, at);
    if (ref === null || name === null) return;
    const [occurrence] = listAt(fieldsAt(raw, "evidence"), "occurrences", 1);
    const component = { name: group === null ? name : `${group}/${name}`, version: stringAt(raw, "version"), purl: stringAt(raw, "purl"), file: stringAt(occurrence, "location") };
    this.kept += 300 + ref.length + name.length + (component.purl?.length ?? 0);
    if (this.kept > this.limits.tableBytes) throw new ReportFault("The components of the report are more than allowed", { line: at });
    this.components.set(ref, component);
  }
}

/** First pass. */
export async function readBom(parts: AsyncIterable<Iterable<BomPart>>, limits: Limits): Promise<Bom> {
  const bom = new Bom(limits);
  for await (const batch of parts) for (const part of batch) bom.take(part);
  bom.check();
  return bom;
}
