import { reasonRule } from "@/lib/domain/finding/close-reason";
import { isClaimed } from "@/lib/domain/finding/is-claimed";
import { GOVERNANCE_LABELS, SEVERITY_LABELS, type EvidenceKind, type Governance, type Severity } from "@/lib/domain/finding/words";
import type { FindingRow, QueuePolicy } from "@/lib/domain/views/alerts";
import type { Terms } from "./deeds";
import type { Skip } from "./dialog-parts";

/** The reasons of the dialog in the order of their number keys, with what each asks for. */
export const DISPOSITIONS = [
  { reason: "patched", label: "Patched", means: "The fix is shipped. Seen again, it reopens." },
  { reason: "mitigated", label: "Mitigated", means: "A control covers it. Asks for a review date." },
  { reason: "duplicate", label: "Duplicate", means: "Another finding is the record." },
  { reason: "decommissioned", label: "Decommissioned", means: "The asset is gone, and its record has the date." },
  { reason: "false_positive", label: "False positive", means: "It is not a weakness. Asks for a note." },
  { reason: "vendor_notified", label: "Vendor notified", means: "Waits under Investigating. Asks for a follow-up date." },
] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

export const PROOFS = [
  { kind: "scan", label: "Scanner re-run", asks: "Which scan no longer sees it (its number or report)" },
  { kind: "retest", label: "Manual retest", asks: "What was tried, and where it is written down" },
  { kind: "commit", label: "Commit", asks: "Address or hash of the commit" },
  { kind: "attestation", label: "Attestation", asks: "What is attested" },
] as const satisfies readonly { kind: EvidenceKind; label: string; asks: string }[];

const WILL = { resolved: "will move to Resolved", false_positive: "will be recorded as not a weakness", in_progress: "will wait for the vendor under Investigating", accepted_risk: "will be accepted", open: "will need review", reopened: "will need review" } as const satisfies Record<Governance, string>;

export function willDo(disposition: Disposition, isClaim: boolean): string {
  if (isClaim) return "will wait under Investigating: the next scan that covers them closes them, or says that the fix failed";
  return WILL[reasonRule(disposition.reason).governance];
}

/** What becomes of findings under a disposition: skipped with the reason, put right where they stand, or moved. The server has the last word. */
type Fates = { skips: Skip[]; amends: FindingRow[]; moves: FindingRow[] };

type Said = Pick<Terms, "duplicateOf" | "followUpOn" | "note" | "evidence" | "claim">;

/** As the server tells them apart: the same status, reason, date and original without a note or a proof is there already. */
export function fatesOf(rows: readonly FindingRow[], disposition: Disposition, said: Said): Fates {
  const fates: Fates = { skips: [], amends: [], moves: [] };
  for (const row of rows) {
    const why = whyNot(row, disposition, said);
    if (why) fates.skips.push({ row, why });
    else (row.governance === reasonRule(disposition.reason).governance && !said.claim ? fates.amends : fates.moves).push(row);
  }
  return fates;
}

function whyNot(row: FindingRow, { reason }: Disposition, said: Said): string | null {
  if (reason === "duplicate" && row.number === said.duplicateOf) return "is the finding that the others duplicate";
  if (said.claim && isClaimed(row)) return "waits for the next scan already";
  if (row.governance !== reasonRule(reason).governance) return null;
  if (said.claim) return "is resolved already: no scan is waited for";
  const isSameDay = said.followUpOn === undefined || (row.followUpOn !== null && Date.parse(row.followUpOn) === Date.parse(said.followUpOn));
  const isSame = row.closeReason === reason && isSameDay && (said.duplicateOf === undefined || row.duplicateOf === said.duplicateOf);
  return isSame && !said.note && !said.evidence ? "already recorded so; a note would be added to it" : null;
}

/** What is put right where it stands, in words. */
export function amendsWords(count: number, { reason }: Disposition): string {
  const where = GOVERNANCE_LABELS[reasonRule(reason).governance];
  return count === 1 ? `1 is ${where} already: its reason, date or note is put right.` : `${count.toLocaleString("en")} are ${where} already: their reason, date or note is put right.`;
}

type Provable = { scannerStatus: FindingRow["scannerStatus"]; severity: Pick<FindingRow["severity"], "calibrated"> };

/** Bands among these findings for which the policy wants proof before they count as resolved. The scan that no longer sees a finding is one. */
export function proofBands(rows: readonly Provable[], disposition: Pick<Disposition, "reason">, policy: QueuePolicy): Severity[] {
  if (!reasonRule(disposition.reason).evidence) return [];
  return policy.evidenceRequired.filter((band) => rows.some((row) => row.severity.calibrated === band && !isProvedAlready(row, policy)));
}

function isProvedAlready({ scannerStatus }: Provable, { acceptedEvidence }: QueuePolicy): boolean {
  return scannerStatus === "closed" && acceptedEvidence.includes("scan");
}

/** What is said beside the evidence that may be named. Whose scan it was the server knows: where policy asks for four eyes it has the last word. */
export function proofHint(rows: readonly Provable[], disposition: Pick<Disposition, "reason">, policy: QueuePolicy): string {
  const bands = proofBands(rows, disposition, policy);
  if (bands.length > 0) return `the policy asks for it on ${bandWords(bands)}`;
  if (rows.length === 0 || !rows.every((row) => isProvedAlready(row, policy))) return "optional; without it the closure is shown as administrative";
  const proof = rows.length === 1 ? "the scan that no longer sees it is one" : "the scans that no longer see them are";
  return `optional; ${proof}${policy.fourEyes ? ", unless you sent the scan" : ""}`;
}

export function bandWords(bands: readonly Severity[]): string {
  return bands.map((band) => SEVERITY_LABELS[band].toLowerCase()).join(" and ");
}
