import type { ChangedField } from "@/lib/domain/finding/changed-fields";
import type { Governance } from "@/lib/domain/finding/words";
import type { FindingRow, QueueCounts, QueueFilter } from "./alerts";
import type { Instant } from "./shell";

/** One step that somebody took on a finding: which people-owned field, from what to what, in the words of the screen; null where there is nothing. */
export type FieldChange = { field: ChangedField | "evidence"; from: string | null; to: string | null };

/** One entry of the log on a finding that the reader had not seen yet. */
export type MoveView = { version: number; at: Instant; by: string; from: Governance | null; to: Governance | null; fields: readonly FieldChange[] };

/** A finding that somebody else moved meanwhile, newest move first. */
export type MovedView = { number: number; moves: readonly MoveView[] };

/** What a screen asks when it hears that something changed. */
export type ChangesAsked = {
  filter: QueueFilter;
  /** rows that it shows, at the version that it knows */
  seen: readonly { number: number; version: number }[];
  /** findings that changed and that it does not know */
  unknown: readonly number[];
};

/** The answer: the rows as they stand, who moved them, and what is new for this queue. */
export type QueueChanges = {
  rows: readonly FindingRow[];
  /** who moved which of them last since then */
  moved: readonly { number: number; by: string }[];
  counts: QueueCounts;
  /** how many match the filter inside its tab */
  total: number;
  /** those of `unknown` that the queue lists */
  arrived: readonly number[];
};
