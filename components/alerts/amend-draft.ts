import { reasonRule } from "@/lib/domain/finding/close-reason";
import type { FindingRow, QueuePolicy } from "@/lib/domain/views/alerts";
import { closeDraft, faultsOf, termsOf, type CloseDraft, type Faults } from "./close-draft";
import type { AmendTerms } from "./deeds";
import { DISPOSITIONS, proofBands, type Disposition } from "./dispositions";

/** The reason stays what it is. */
export const AS_IT_STANDS = "as_it_stands";

export type AmendDraft = Omit<CloseDraft, "reason"> & { reason: Disposition["reason"] | typeof AS_IT_STANDS };

/** The reasons that lead to where all of these stand already; none where they stand apart, or there is but one. */
export function reasonsFor(rows: readonly FindingRow[]): readonly Disposition[] {
  const [first] = rows;
  if (!first || rows.some(({ governance }) => governance !== first.governance) || first.governance === "false_positive") return [];
  return DISPOSITIONS.filter(({ reason }) => reasonRule(reason).governance === first.governance);
}

/** A draft that begins with what stands on one finding; of several only the note is given. */
export function amendDraft(now: string, rows: readonly FindingRow[]): AmendDraft {
  const one = rows.length === 1 ? rows[0] : undefined;
  const standing = reasonsFor(rows).find(({ reason }) => reason === one?.closeReason);
  return { ...closeDraft(now, undefined, one), reason: standing && one ? standing.reason : AS_IT_STANDS };
}

/** Of which of these findings the reason becomes another one, and in which bands that asks for a proof. */
export function bandsOf(draft: AmendDraft, rows: readonly FindingRow[], policy: QueuePolicy) {
  const disposition = DISPOSITIONS.find(({ reason }) => reason === draft.reason);
  return disposition ? proofBands(rows.filter(({ closeReason }) => closeReason !== disposition.reason), disposition, policy) : [];
}

export function amendFaults({ reason, ...draft }: AmendDraft, needsProof: boolean): Faults {
  const faults = reason === AS_IT_STANDS ? {} : faultsOf({ ...draft, reason }, needsProof);
  return { ...faults, ...(draft.note.trim() ? {} : { note: "Say why the decision is put right." }) };
}

/** What is said of the decision: what is as it stood when the dialog was opened is left as it is. */
export function amendTerms({ reason, ...draft }: AmendDraft, before: AmendDraft): AmendTerms {
  const note = draft.note.trim();
  if (reason === AS_IT_STANDS) return { note };
  const { duplicateOf, followUpOn, evidence } = termsOf({ ...draft, reason });
  const isSame = reason === before.reason;
  return {
    note, evidence, reason,
    duplicateOf: isSame && draft.duplicateOf === before.duplicateOf ? undefined : duplicateOf,
    followUpOn: isSame && before.standsUntil === draft.followUpOn ? undefined : followUpOn,
  };
}
