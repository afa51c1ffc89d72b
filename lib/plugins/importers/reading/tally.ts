import { type AssetKind, type Observed, ReportFault, type ReportPart, type ScannedAsset, type Statement, type Yield } from "../contract";
import { type LookedPorts, MOST_NAMES_SAID, MOST_OTHER_NAMES, MOST_PORTS, MOST_UNREAD } from "@/lib/domain/scan/report";
import { foldPath } from "../fingerprints";
import type { Limits } from "../limits";
import type { Cut } from "./json-elements";
import { placeOf } from "./json-entries";
import { otherNamesIn } from "./other-names";
import { line } from "./plain-text";

/** What an importer reads out of one entry of a report: a result, a statement, or a text why it cannot be used. */
export type Entry = Observed | Statement | string;

function withNames(asset: ScannedAsset, names: ReadonlySet<string> | undefined): ScannedAsset {
  return names === undefined || names.size === 0 ? asset : { ...asset, otherNames: [...names] };
}

/** Counts what a parse gives against the limits, and gathers the assets that its part will name. */
export class Tally {
  private readonly assets = new Map<string, ScannedAsset>();
  private readonly names = new Map<string, Set<string>>();
  private namesSaid = 0;
  private readonly unreadPaths = new Set<string>();
  private readonly ports = new Map<string, LookedPorts>();
  private isIncomplete = false;
  private results = 0;

  constructor(private readonly limits: Limits) {}

  /** An asset that was looked at, with or without a result, and what else it is called. */
  looked(name: string | null, kind: AssetKind, otherNames: readonly (string | null | undefined)[] = []): void {
    const plain = line(name, this.limits.nameChars);
    if (plain === "") return;
    if (otherNames.length > 0) this.called(plain, otherNames);
    if (this.assets.has(plain)) return;
    if (this.assets.size >= this.limits.assets) throw new ReportFault(`The report holds more than ${String(this.limits.assets)} assets`);
    this.assets.set(plain, { name: plain, kind });
  }

  private called(asset: string, otherNames: readonly (string | null | undefined)[]): void {
    const known = this.names.get(asset) ?? new Set<string>();
    if (known.size === 0) this.names.set(asset, known);
    for (const name of otherNamesIn(otherNames)) {
      if (name === asset || known.has(name) || known.size >= MOST_OTHER_NAMES || this.namesSaid >= MOST_NAMES_SAID) continue;
      known.add(name);
      this.namesSaid++;
    }
  }

  /** What to yield for a result or statement that was read: a text is why it cannot be used, null is no finding. */
  made(read: Entry | null, where: string): Yield[] {
    if (read === null) return [];
    if (++this.results > this.limits.results) throw new ReportFault(`The report holds more than ${String(this.limits.results)} results`);
    if (typeof read === "string") return [{ kind: "rejected", where, why: read }];
    if (!("fingerprint" in read)) return [{ kind: "statement", statement: read }];
    if (read.asset !== null && read.assetKind !== null) this.looked(read.asset, read.assetKind, read.otherNames);
    return [{ kind: "result", result: read, where }];
  }

  /** The same for all that one value of a JSON report gives. */
  *entries(cut: Pick<Cut, "path" | "at" | "keys" | "line">, entries: readonly Entry[]): Generator<Yield> {
    for (const entry of entries) yield* this.made(entry, placeOf(cut));
  }

  /** A file that the tool could not read, or a folder whose files are meant. Without a name, or past the bound, the run did not complete. */
  unread(path: string | null): void {
    const plain = line(foldPath(path ?? ""), this.limits.locationChars);
    if (plain === "" || this.unreadPaths.size >= MOST_UNREAD) this.isIncomplete = true;
    else this.unreadPaths.add(plain);
  }

  /** A port of an asset that was looked at, as far as that; the asset itself where it has none. Past the bound the run did not complete. */
  lookedAt(name: string | null, port: number | null, otherNames: readonly (string | null | undefined)[] = []): void {
    this.looked(name, "host", otherNames);
    const asset = line(name, this.limits.nameChars);
    const key = `${String(port)} ${asset}`;
    if (asset === "" || this.ports.has(key)) return;
    if (this.ports.size >= MOST_PORTS) this.isIncomplete = true;
    else if (port === null) this.ports.set(key, { asset, protocol: null, from: 0, to: 0 });
    else if (port > 0 && port <= 65_535) this.ports.set(key, { asset, protocol: "tcp", from: port, to: port });
  }

  /** What `lookedAt` gathered, for a part: of its assets these alone were looked at. */
  get portsLooked(): { ports: readonly LookedPorts[] } {
    return { ports: [...this.ports.values()] };
  }

  part(detector: string, more: Partial<ReportPart> = {}): Yield {
    const unread = this.unreadPaths.size === 0 ? {} : { unread: [...this.unreadPaths] };
    return { kind: "part", part: { detector, takenAt: null, failed: this.isIncomplete, scannedAssets: [...this.assets.values()].map((asset) => withNames(asset, this.names.get(asset.name))), rules: null, ...unread, ...more } };
  }
}
