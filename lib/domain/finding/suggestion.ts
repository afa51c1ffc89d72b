import type { CloseReason, Governance } from "@/lib/domain/finding/words";

/** What can be suggested about a finding. Only a person follows it. */
export const SUGGESTS = ["false_positive", "in_progress", "resolve_candidate", "accept_risk_candidate", "keep_open"] as const;
export type Suggests = (typeof SUGGESTS)[number];

export const SUGGESTION_OUTCOMES = ["applied", "ignored", "superseded"] as const;
export type SuggestionOutcome = (typeof SUGGESTION_OUTCOMES)[number];

export const STATEMENT_STATUSES = ["not_affected", "affected", "fixed", "under_investigation", "false_positive"] as const;
export type StatementStatus = (typeof STATEMENT_STATUSES)[number];

/** What a statement of a VEX document suggests. */
export const SUGGESTED_BY: Readonly<Record<StatementStatus, Suggests>> = {
  not_affected: "false_positive",
  false_positive: "false_positive",
  fixed: "resolve_candidate",
  affected: "keep_open",
  under_investigation: "in_progress",
};

export const STATEMENT_LABELS: Readonly<Record<StatementStatus, string>> = {
  not_affected: "not affected",
  affected: "affected",
  fixed: "fixed",
  under_investigation: "under investigation",
  false_positive: "false positive",
};

/** What following a suggestion does: a step through the transition table, agreement alone, or nothing that may be done this way. */
export const STEPS: Readonly<Record<Suggests, { to: Governance; reason?: CloseReason } | "agree" | "never">> = {
  false_positive: { to: "false_positive" },
  in_progress: { to: "in_progress" },
  resolve_candidate: { to: "resolved", reason: "patched" },
  keep_open: "agree",
  accept_risk_candidate: "never",
};

/** What a person reads on the button, and what it does in a sentence. */
export const SUGGESTS_LABELS: Readonly<Record<Suggests, { title: string; does: string }>> = {
  false_positive: { title: "False positive", does: "Sets it to False Positive, with the statement as the note" },
  in_progress: { title: "Investigate", does: "Sets it to Investigating, with the statement as the note" },
  resolve_candidate: { title: "Resolved as patched", does: "Records Patched, with the statement as the note; the policy may ask for evidence" },
  accept_risk_candidate: { title: "Accept the risk", does: "Cannot be applied: accept the risk yourself, with an expiry" },
  keep_open: { title: "Keep it open", does: "Records that you agree; the finding stays as it is" },
};

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** Who states it and when: `Acme Product Security states on 3 Nov 2026`. */
export function statedBy(author: string | null, saidAt: Date | null): string {
  return `${author ?? "An author without a name"} states${saidAt === null ? "" : ` on ${day.format(saidAt)}`}`;
}

/** What is stated, with the standard's reason in words: `not affected, vulnerable code not in execute path`. */
export function claimOf(status: StatementStatus, justification: string | null): string {
  return [STATEMENT_LABELS[status], justification?.replaceAll("_", " ")].filter(Boolean).join(", ");
}
