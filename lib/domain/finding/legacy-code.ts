import type { Governance, Response } from "@/lib/domain/finding/words";

const DAY = 86_400_000;

/** Old status codes, folded. What is not in here, null included, needs review. */
export const LEGACY_CODES: ReadonlyMap<string, Response> = new Map([
  ["0", "needs_review"],
  ["1", "investigating"],
  ["2", "accepted_risk"], // Public
  ["3", "closed"], // To Be Closed
  ["4", "accepted_risk"],
  ["5", "closed"],
  ["9", "investigating"],
  ["10", "closed"], // Reviewed
]);

/** Old labels as they stand in archived data and saved searches; the words of today are understood too. */
export const LEGACY_LABELS: ReadonlyMap<string, Response> = new Map([
  ["none", "needs_review"],
  ["needs review", "needs_review"],
  ["needs_review", "needs_review"],
  ["reopened", "needs_review"],
  ["investigating", "investigating"],
  ["investigating (legacy)", "investigating"],
  ["public", "accepted_risk"],
  ["accepted risk", "accepted_risk"],
  ["accepted_risk", "accepted_risk"],
  ["to be closed", "closed"],
  ["closed", "closed"],
  ["reviewed", "closed"],
]);

/** The response behind an old code; an unknown one needs review. */
export function foldCode(code: string | number | null): Response {
  return (code === null ? undefined : LEGACY_CODES.get(String(code).trim())) ?? "needs_review";
}

/** The response behind a word of today or of then, whatever its case; null: nobody ever used it. */
export function foldLabel(label: string): Response | null {
  return LEGACY_LABELS.get(label.trim().toLowerCase()) ?? null;
}

export type LegacyEntry = {
  governance: Governance;
  acceptedUntil: Date | null;
  reReview: string | null;
  /** What the report said, kept where the code means nothing here. */
  rawCode: string | null;
};

const ENTRY = { needs_review: "open", investigating: "in_progress", accepted_risk: "accepted_risk", closed: "resolved" } as const satisfies Record<
  Response,
  Governance
>;

/** How long an acceptance taken over from an old code stands, in days. */
export const LEGACY_ACCEPTANCE_DAYS = 90;

/**
 * How a finding with an old code arrives, at first sight only: outside the transition table, never re-applied.
 * Closed becomes resolved without reason or verification; an acceptance expires by default and is flagged for re-review.
 */
export function legacyEntry(code: string | number | null, now: Date, acceptanceDays: number = LEGACY_ACCEPTANCE_DAYS): LegacyEntry {
  const governance = ENTRY[foldCode(code)];
  const accepted = governance === "accepted_risk";
  return {
    governance,
    acceptedUntil: accepted ? new Date(now.getTime() + acceptanceDays * DAY) : null,
    reReview: accepted ? `Taken over from the old status code ${code}, without an expiry of its own.` : null,
    rawCode: code !== null && !LEGACY_CODES.has(String(code).trim()) ? String(code) : null,
  };
}
