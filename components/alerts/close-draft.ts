import { reasonRule } from "@/lib/domain/finding/close-reason";
import type { EvidenceKind } from "@/lib/domain/finding/words";
import type { EvidenceInput } from "@/lib/domain/views/actions";
import type { FindingRow } from "@/lib/domain/views/alerts";
import type { Terms } from "./deeds";
import { dayAfter, endOfDay } from "./dialog-parts";
import { DISPOSITIONS, type Disposition } from "./dispositions";

/** Named in place of evidence: the finding waits for the next scan that covers it. */
export const NEXT_SCAN = "next_scan";

export type Proof = { kind: EvidenceKind | typeof NEXT_SCAN | null; reference: string; approver: string };
export type CloseDraft = { reason: Disposition["reason"]; note: string; duplicateOf: string; followUpOn: string; proof: Proof;
  /** the day that stands on the one finding, while it is still to come; null: none */
  standsUntil: string | null;
};
export type Faults = Partial<Record<"note" | "duplicateOf" | "followUpOn" | "kind" | "reference" | "approver", string>>;

export const NO_PROOF: Proof = { kind: null, reference: "", approver: "" };

/** A draft to begin with: as a duplicate where the record that it repeats is known already, else with the reason that stands on the one finding it is about. */
export function closeDraft(now: string, duplicateOf?: number, standing?: FindingRow): CloseDraft {
  const reason = duplicateOf ? "duplicate" : (DISPOSITIONS.find((each) => each.reason === standing?.closeReason)?.reason ?? "patched");
  const original = duplicateOf ?? standing?.duplicateOf;
  const standsUntil = standing?.followUpOn && standing.followUpOn > now ? dayAfter(standing.followUpOn, 0) : null;
  return { reason, note: "", duplicateOf: original ? `F-${original}` : "", followUpOn: standsUntil ?? dayAfter(now, 90), standsUntil, proof: NO_PROOF };
}

function numberOf(text: string): number | undefined {
  const match = /^\s*(?:F-)?(\d{1,9})\s*$/i.exec(text);
  return match?.[1] ? Number(match[1]) : undefined;
}

/** Does this draft wait for the next covering scan, instead of closing at once? */
export function isClaim({ reason, proof }: Pick<CloseDraft, "reason" | "proof">): boolean {
  return proof.kind === NEXT_SCAN && reasonRule(reason).evidence;
}

/** The proof as the server takes it; undefined while none is named, or while a scan is to bring it. */
export function evidenceOf(proof: Proof): EvidenceInput | undefined {
  if (!proof.kind || proof.kind === NEXT_SCAN) return undefined;
  return { kind: proof.kind, reference: proof.reference.trim() || undefined, approver: proof.kind === "attestation" ? proof.approver.trim() : undefined };
}

/** What is missing of a proof, by field. A document stands for itself; a commit is known by its name alone. */
export function proofFaults(proof: Proof, isRequired: boolean, hasFile = false): Faults {
  if (proof.kind === NEXT_SCAN) return {};
  if (!proof.kind) return isRequired ? { kind: "The policy asks for evidence: choose what proves the fix." } : {};
  return {
    ...(proof.reference.trim() || (hasFile && proof.kind !== "commit") ? {} : { reference: "Say where the proof can be found." }),
    ...(proof.kind === "attestation" && !proof.approver.trim() ? { approver: "An attestation names who approved it." } : {}),
  };
}

/** What is missing before this can be recorded, by field. */
export function faultsOf(draft: CloseDraft, needsProof: boolean): Faults {
  return {
    ...(draft.reason === "false_positive" && !draft.note.trim() ? { note: "A false positive needs a note: why is it not a weakness?" } : {}),
    ...(draft.reason === "duplicate" && !numberOf(draft.duplicateOf) ? { duplicateOf: "Name the finding that is the record, as in F-42." } : {}),
    ...(reasonRule(draft.reason).followUp && !endOfDay(draft.followUpOn) ? { followUpOn: "Choose a day." } : {}),
    ...(reasonRule(draft.reason).evidence ? proofFaults(draft.proof, needsProof) : {}),
  };
}

/** The draft as a decision. A notified vendor keeps the finding open; every other reason closes it. */
export function termsOf(draft: CloseDraft): Terms {
  const hasProof = reasonRule(draft.reason).evidence;
  return {
    ...(draft.reason === "vendor_notified" ? { response: "investigating" } : { response: "closed" }),
    reason: draft.reason,
    note: draft.note.trim() || undefined,
    duplicateOf: draft.reason === "duplicate" ? numberOf(draft.duplicateOf) : undefined,
    followUpOn: reasonRule(draft.reason).followUp ? (endOfDay(draft.followUpOn) ?? undefined) : undefined,
    evidence: hasProof ? evidenceOf(draft.proof) : undefined,
    ...(isClaim(draft) ? { claim: true } : {}),
  };
}
