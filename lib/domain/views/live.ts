import type { FieldChange } from "@/lib/domain/finding/field-changes";
import type { FindingRow, QueueCounts, QueueFilter } from "./alerts";
import type { Instant } from "./shell";

/** What one person did to a finding in one act, after the version that the reader had seen. */
export type MoveView = { at: Instant; by: string; changes: readonly FieldChange[] };

/** A finding that was moved meanwhile: newest act first, and the row as it stands. */
export type MovedView = { row: FindingRow; moves: readonly MoveView[] };

/** What a screen asks when it hears that something changed. */
export type ChangesAsked = {
  filter: QueueFilter;
  /** rows that it shows, at the version that it knows */
  seen: readonly { number: number; version: number }[];
  /** findings that changed and that it does not know */
  unknown: readonly number[];
  /** cursors at the ends of what is loaded: what lies beyond them was there before, or is met there */
  ends: readonly string[];
};

/** The answer: the rows as they stand, who moved them, and what is new for this queue. */
export type QueueChanges = {
  rows: readonly FindingRow[];
  /** who moved which of them last since then */
  moved: readonly { number: number; by: string }[];
  counts: QueueCounts;
  /** how many match the filter inside its tab */
  total: number;
  /** those of `seen` that the queue lists still, in its tab and under its filter */
  fitting: readonly number[];
  /** those of `unknown` that the queue lists between those ends, and which are therefore new there */
  arrived: readonly number[];
};
