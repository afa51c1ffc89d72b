import { ReportFault, type Source } from "../contract";
import type { Limits } from "../limits";
import { cutElements, elementsOf, type Cut } from "./json-elements";
import { line } from "./plain-text";

/** `results[2].packages[17], line 204`; a star is written as the name it stands for. */
export function placeOf(cut: Pick<Cut, "path" | "at" | "keys" | "line">): string {
  let [list, star] = [0, 0];
  const path = cut.path.replaceAll(/\[\]|\*/g, (step) => (step === "*" ? line(cut.keys[star++] ?? "", 100) : `[${String(cut.at[list++] ?? 0)}]`));
  return `${path}, line ${String(cut.line)}`;
}

/** The few values of a report that say what it is about, by path and by the indexes along it. */
export class Facts {
  private readonly values = new Map<string, unknown>();
  private readonly lists = new Map<string, readonly number[]>();

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

  /** A list that the pass was asked to look out for begins here. */
  began(path: string, at: readonly number[]): void {
    this.lists.set(placed(path, at), at);
  }

  /** Does the report hold this list, be it empty? */
  has(list: string, at: readonly number[]): boolean {
    return this.lists.has(placed(list, at));
  }

  /** Where the lists of this path began, by the indexes along it. */
  places(list: string): (readonly number[])[] {
    return [...this.lists].filter(([place]) => place.startsWith(`${list} `)).map(([, at]) => at);
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

/**
 * A pass over the whole report for its facts; what `skip` names is stepped over, the next pass reads it. `lists` are paths of lists that
 * are looked out for: an empty one says that nothing was found, a missing one says nothing.
 */
export async function readFacts(source: Source, wanted: readonly string[], skip: readonly string[], limits: Limits, lists: readonly string[] = []): Promise<Facts> {
  const elements = elementsOf(wanted, limits, skip);
  const cuts: Cut[] = [];
  const places: [string, readonly number[]][] = [];
  let kept = 0;
  elements.began = (path, at) => {
    if (!lists.includes(path)) return;
    places.push([path, at]);
    kept += 100;
  };
  for await (const batch of cutElements(source, elements)) {
    for (const cut of batch) {
      cuts.push(cut);
      // Parsed objects take about twice the room of their text.
      kept += 200 + 2 * (typeof cut.value === "string" ? cut.value.length : JSON.stringify(cut.value).length);
      if (kept > limits.tableBytes) throw new ReportFault("The tables of the report are larger than allowed", { path: cut.path, line: cut.line });
    }
  }
  const facts = new Facts(elements.seen, cuts);
  for (const [path, at] of places) facts.began(path, at);
  return facts;
}
