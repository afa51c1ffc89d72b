import type { CloseReason, Governance } from "@/lib/domain/finding/words";

export type ReasonRule = {
  /** Where recording this reason leads. */
  governance: Governance;
  /** Offered, and taken, where the response is set to Closed. */
  closes: boolean;
  /** Does the policy's evidence rule govern it? */
  evidence: boolean;
  /** The fact that proves it instead of evidence. */
  needs: "duplicateOf" | "assetDecommissioned" | "followUpOn" | null;
  /** May a date to look again stand beside it? */
  followUp: boolean;
  /** A later sighting contradicts it. */
  contradicted: boolean;
  /** The call that records it, for whoever tried another. */
  call: string;
};

/** Close reasons on a finding: one row each. */
export const CLOSE_REASON_RULES = {
  patched: {
    governance: "resolved", closes: true, evidence: true, needs: null, followUp: false, contradicted: true,
    call: "Set the response to Closed with reason patched.",
  },
  false_positive: {
    governance: "false_positive", closes: true, evidence: false, needs: null, followUp: false, contradicted: false,
    call: "Set the response to Closed with reason false_positive and a note.",
  },
  risk_accepted: {
    governance: "accepted_risk", closes: false, evidence: false, needs: null, followUp: false, contradicted: false,
    call: "Set the response to Accepted Risk with an expiry date.",
  },
  vendor_notified: {
    governance: "in_progress", closes: false, evidence: false, needs: "followUpOn", followUp: true, contradicted: false,
    call: "Set the response to Investigating with reason vendor_notified and a follow-up date.",
  },
  mitigated: {
    governance: "resolved", closes: true, evidence: true, needs: null, followUp: true, contradicted: false,
    call: "Set the response to Closed with reason mitigated.",
  },
  duplicate: {
    governance: "resolved", closes: true, evidence: false, needs: "duplicateOf", followUp: false, contradicted: false,
    call: "Set the response to Closed with reason duplicate and the other finding's number.",
  },
  decommissioned: {
    governance: "resolved", closes: true, evidence: false, needs: "assetDecommissioned", followUp: false, contradicted: true,
    call: "Set the response to Closed with reason decommissioned, once the decommission date of its asset has come.",
  },
} as const satisfies Record<CloseReason, ReasonRule>;

/** The rule of a reason, typed as a rule. */
export function reasonRule(reason: CloseReason): ReasonRule {
  return CLOSE_REASON_RULES[reason];
}

/** Does a later sighting contradict a resolution with this reason? One without reason is always contradicted. */
export function isContradictedBySighting(reason: CloseReason | null): boolean {
  return reason === null || CLOSE_REASON_RULES[reason].contradicted;
}
