import { CLOSE_REASON_LABELS, type CloseReason } from "@/lib/domain/finding/words";

type TicketReason = { reason: CloseReason; label: string; means: string; next: string };

const reason = (name: CloseReason, means: string, next: string): TicketReason => ({ reason: name, label: CLOSE_REASON_LABELS[name], means, next });

/** The seven reasons for which work ends, in the order of their number keys, each with what remains to be done. */
export const TICKET_REASONS: readonly TicketReason[] = [
  reason("patched", "The fix is shipped; its proof is still to come.", "The fix counts as resolved and waits for its proof: a retest that passes, or a scan that covers it and no longer sees it. Then record the disposition at each finding."),
  reason("mitigated", "A control covers it.", "Record the disposition at each finding, with the day on which the control is looked at again."),
  reason("duplicate", "The work is done elsewhere.", "Record at each finding which other one is the record."),
  reason("decommissioned", "The asset is gone.", "Record the disposition at each finding, once the date of its asset has come."),
  reason("false_positive", "There is nothing to fix.", "Record at each finding why it is not a weakness."),
  reason("vendor_notified", "The vendor has to act. Asks for a day.", "Until the vendor has answered, the ticket keeps the task to ask again."),
  reason("risk_accepted", "It is lived with. Asks for a justification.", "Complete the acceptance at each finding: expiry, owner and justification."),
];

/** What remains after a ticket was closed for this reason, in words. */
export function nextAfter(name: CloseReason): string {
  return TICKET_REASONS.find((each) => each.reason === name)?.next ?? "";
}
