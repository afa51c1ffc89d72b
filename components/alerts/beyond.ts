import type { FindingRow } from "@/lib/domain/views/alerts";
import { MOST_ASKED } from "./change-pace";
import { isHeld } from "./listed";
import type { QueueState } from "./queue-state";

/**
 * What a queue holds beyond the rows that are loaded, so that what is new can be told from what merely moved. `known`: so many belong there
 * without being new. `said`: how many the queue held in all when it was asked last. Null where nobody has counted yet. `unseen`: loaded rows that `known`
 * still holds, by the version they had when it was reckoned, for nobody has looked whether they had left by then.
 */
export type Beyond = { known: number | null; said: number | null; unseen: ReadonlyMap<number, number> };

export function startBeyond(total: number | null, loaded: number): Beyond {
  return { known: total === null ? null : total - loaded, said: total, unseen: new Map() };
}

/** Rows were loaded from there; those that were known to be new had never been counted. */
export function beyondWithout(before: Beyond, rows: readonly FindingRow[], arrived: ReadonlySet<number>): Beyond {
  return { ...before, known: before.known === null ? null : before.known - rows.filter(({ number }) => !arrived.has(number)).length };
}

type Loaded = Pick<QueueState, "page" | "rows" | "unfit">;
type Heard = { total: number; seen: ReadonlySet<number>; moved: ReadonlySet<number>; arrived: number };

/** Of more rows than one question names none is ever sure of all: those that nobody has looked at count as if they had left, each until it is found where it was. */
function reckoned({ known, said, unseen }: Beyond, held: readonly FindingRow[], state: Loaded, { seen, moved }: Heard): Pick<Beyond, "known" | "unseen"> {
  if (said !== null && moved.size === 0 && state.rows.every(({ number }) => seen.has(number))) return { known: Math.min(known ?? Infinity, said - held.length), unseen: new Map() };
  if (known !== null) {
    const found = held.filter(({ number, version }) => seen.has(number) && unseen.get(number) === version).length;
    return { known: known - found, unseen: found === 0 ? unseen : new Map([...unseen].filter(([number]) => !seen.has(number))) };
  }
  if (said === null || state.rows.length <= MOST_ASKED) return { known, unseen };
  const later = held.filter(({ number }) => !seen.has(number));
  return { known: said - held.filter(({ number }) => seen.has(number) && !moved.has(number)).length, unseen: new Map(later.map(({ number, version }) => [number, version])) };
}

/**
 * How many are new and have no name, after an answer whose total was read after its rows. A loaded row that was not looked at may have left
 * already, which makes the rest look smaller, not larger: what merely moved is not called new. What left from beyond is forgotten, and what nobody had counted
 * is known, once an answer has found every loaded row where it was, for then the total before it was counted with the same rows.
 */
export function newBeyond(before: Beyond, state: Loaded, heard: Heard): { beyond: Beyond; more: number } {
  const held = state.rows.filter((row) => isHeld(state, row));
  const { known, unseen } = reckoned(before, held, state, heard);
  const more = known === null ? 0 : Math.max(0, heard.total - held.length - Math.max(0, known) - heard.arrived); // fewer than none where the total was read before the rows
  return { beyond: { known, said: heard.total, unseen }, more };
}
