import { ReportFault, type Observed, type Source, type Statement, type Yield } from "../contract";
import type { Limits } from "../limits";
import { cutElements, elementsOf, type Cut } from "./json-elements";

/** What an importer reads out of one entry of a report: a result, a statement, or a text why it cannot be used. */
export type Entry = Observed | Statement | string;

/** Turns what was read out of each entry into what the importer yields, and refuses a report that holds too much. */
export class Entries {
  private count = 0;

  constructor(private readonly limits: Limits) {}

  *of(cut: Pick<Cut, "path" | "at" | "keys" | "line">, entries: readonly Entry[]): Generator<Yield> {
    for (const entry of entries) {
      if (++this.count > this.limits.results) throw new ReportFault(`The report holds more than ${String(this.limits.results)} results`, { line: cut.line });
      if (typeof entry === "string") yield { kind: "rejected", where: placeOf(cut), why: entry };
      else if ("fingerprint" in entry) yield { kind: "result", result: entry };
      else yield { kind: "statement", statement: entry };
    }
  }
}

/** `results[2].packages[17], line 204`; a star is written as the name it stands for. */
export function placeOf(cut: Pick<Cut, "path" | "at" | "keys" | "line">): string {
  let [list, star] = [0, 0];
  const path = cut.path.replaceAll(/\[\]|\*/g, (step) => (step === "*" ? (cut.keys[star++] ?? "").slice(0, 100) : `[${String(cut.at[list++] ?? 0)}]`));
  return `${path}, line ${String(cut.line)}`;
}

/** The few values of a report that say what it is about, by path and by the indexes along it. */
export class Facts {
  private readonly values = new Map<string, unknown>();

  constructor(
    /** Wanted paths and their ancestors that occurred; see JsonElements. */
    readonly seen: ReadonlyMap<string, number>,
    cuts: readonly Cut[],
  ) {
    for (const { path, at, value } of cuts) this.values.set(placed(path, at), value);
  }

  at(path: string, at: readonly number[] = []): unknown {
    return this.values.get(placed(path, at));
  }

  text(path: string, at: readonly number[] = []): string | null {
    const value = this.at(path, at);
    return typeof value === "string" && value !== "" ? value : null;
  }

  /** Every value whose path ends in this key, in the order of the file. */
  under(key: string): unknown[] {
    return [...this.values].filter(([place]) => /(?:^|\.)([^.]*) [\d,]*$/.exec(place)?.[1] === key).map(([, value]) => value);
  }
}

const placed = (path: string, at: readonly number[]): string => `${path} ${at.join(",")}`;

/** A pass over the whole report for its facts; what `skip` names is stepped over, the next pass reads it. */
export async function readFacts(source: Source, wanted: readonly string[], skip: readonly string[], limits: Limits): Promise<Facts> {
  const elements = elementsOf(wanted, limits, skip);
  const cuts: Cut[] = [];
  let kept = 0;
  for await (const batch of cutElements(source, elements)) {
    for (const cut of batch) {
      cuts.push(cut);
      // Parsed objects take about twice the room of their text.
      kept += 200 + 2 * (typeof cut.value === "string" ? cut.value.length : JSON.stringify(cut.value).length);
      if (kept > limits.tableBytes) throw new ReportFault("The tables of the report are larger than allowed", { path: cut.path, line: cut.line });
    }
  }
  return new Facts(elements.seen, cuts);
}
