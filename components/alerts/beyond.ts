import type { FindingRow } from "@/lib/domain/views/alerts";
import { isHeld } from "./listed";
import type { QueueState } from "./queue-state";

/**
 * What a queue holds beyond the rows that are loaded, so that what is new can be told from what merely moved. `known`: so many belong there
 * without being new. `said`: how many the queue held in all when it was asked last. Null where nobody has counted yet.
 */
export type Beyond = { known: number | null; said: number | null };

export function startBeyond(total: number | null, loaded: number): Beyond {
  return { known: total === null ? null : total - loaded, said: total };
}

/** Rows were loaded from there; those that were known to be new had never been counted. */
export function beyondWithout({ known, said }: Beyond, rows: readonly FindingRow[], arrived: ReadonlySet<number>): Beyond {
  return { known: known === null ? null : known - rows.filter(({ number }) => !arrived.has(number)).length, said };
}

/**
 * How many are new and have no name, after an answer whose total was read after its rows. A loaded row that was not looked at may have left
 * already, which makes the rest look smaller, not larger: what merely moved is not called new. What left from beyond is forgotten, and what nobody had counted
 * is known, once an answer has found every loaded row where it was, for then the total before it was counted with the same rows.
 */
export function newBeyond(before: Beyond, state: Pick<QueueState, "page" | "rows" | "unfit">, heard: { total: number; seen: ReadonlySet<number>; moved: boolean; arrived: number }): { beyond: Beyond; more: number } {
  const held = state.rows.filter((row) => isHeld(state, row)).length;
  const rest = heard.total - held;
  const isSure = !heard.moved && before.said !== null && state.rows.every(({ number }) => heard.seen.has(number));
  const known = isSure ? Math.min(before.known ?? Infinity, (before.said ?? 0) - held) : before.known;
  return { beyond: { known, said: heard.total }, more: known === null ? 0 : Math.max(0, rest - known - heard.arrived) };
}
