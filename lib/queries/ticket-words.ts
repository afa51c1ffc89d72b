import { z } from "zod";
import { TICKET_BADGES, PRIORITY_LABELS, PRIORITIES, REMEDIATION_LABELS, REMEDIATIONS, DESTINATION_LABELS, DESTINATIONS } from "@/lib/domain/ticket/words";

/** What was done to a ticket, said after the actor's name; {ticket} is its number. */
export const TICKET_HEADLINES: readonly (readonly [action: string, words: string])[] = [
  ["ticket.merged", "merged tickets into {ticket}"],
  ["ticket.split", "split {ticket}"],
  ["ticket.reopened", "reopened {ticket}"],
  ["ticket.closed", "closed {ticket}"],
  ["ticket.created", "made {ticket}"],
  ["ticket.escalated", "handed {ticket} to the security team"],
  ["ticket.reopening_proposed", "proposed to reopen {ticket}"],
  ["ticket.proposal_dismissed", "keeps {ticket} closed"],
  ["ticket.linked", "linked findings to {ticket}"],
  ["ticket.unlinked", "parted findings from {ticket}"],
  ["ticket.assigned", "assigned {ticket}"],
  ["ticket.changed", "changed {ticket}"],
  ["ticket.remediation_moved", "moved the remediation of {ticket}"],
  ["ticket.checked", "ticked the checklist of {ticket}"],
  ["ticket.sent", "sent {ticket} to the tracker"],
  ["ticket.send_failed", "could not send {ticket}"],
  ["ticket.in_doubt", "looks up whether {ticket} was made over there"],
  ["ticket.retried", "sends {ticket} again"],
  ["ticket.linked_by_hand", "linked {ticket} to the tracker by hand"],
  ["ticket.made_anew", "has {ticket} made anew in the tracker"],
  ["ticket.changed_there", "saw {ticket} changed in the tracker"],
  ["ticket.gone_there", "no longer finds {ticket} in the tracker"],
  ["ticket.drift_accepted", "took over what the tracker says of {ticket}"],
  ["ticket.drift_pushed", "sent what stands here of {ticket} again"],
  ["ticket.drift_recorded", "keeps {ticket} different from the tracker"],
  ["finding.ticketed", "put it on a ticket"],
  ["finding.unticketed", "took it off a ticket"],
];

const plain = (value: unknown): string | null => (typeof value === "string" || typeof value === "number" ? String(value) : null);
const day = (value: unknown): string | null => (typeof value === "string" ? value.slice(0, 10) : null);
const names = (value: unknown): string | null => (Array.isArray(value) && value.length > 0 ? value.join(", ") : null);
const numbered = (letter: "F" | "T") => (value: unknown): string | null => {
  const all = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === "number");
  return all.length === 0 ? null : `${all.slice(0, 20).map((each) => `${letter}-${each}`).join(", ")}${all.length > 20 ? ` and ${all.length - 20} more` : ""}`;
};
const oneOf = <T extends string>(values: readonly T[], labels: Readonly<Record<T, string>>) => (value: unknown): string | null => {
  const known = values.find((each) => each === value);
  return known === undefined ? null : labels[known];
};

/** Fields of tickets as the log names them, with what people read. */
export const TICKET_COLUMNS: readonly (readonly [column: string, label: string, say: (value: unknown) => string | null])[] = [
  ["state", "Ticket", (value) => (value === "open" || value === "closed" ? TICKET_BADGES[value] : null)],
  ["reopen_count", "Times reopened", plain],
  ["title", "Title", plain],
  ["description", "Description", plain],
  ["assignee", "Assignee", plain],
  ["team", "Team", plain],
  ["cc", "Copies to", names],
  ["priority", "Priority", oneOf(PRIORITIES, PRIORITY_LABELS)],
  ["labels", "Labels", names],
  ["due_on", "Due on", day],
  ["destination", "Destination", oneOf(DESTINATIONS, DESTINATION_LABELS)],
  ["connector", "Tracker", plain],
  ["external_key", "Over there", plain],
  ["remediation", "Remediation", oneOf(REMEDIATIONS, REMEDIATION_LABELS)],
  ["findings", "Findings", numbered("F")],
  ["ticket", "Ticket", numbered("T")],
  ["moved_from", "Moved from", numbered("T")],
  ["into", "Into", numbered("T")],
  ["from", "From", numbered("T")],
  ["merged_into", "Merged into", numbered("T")],
  ["merged_there", "Merged or duplicate over there", plain],
  ["went_to", "Moved out of reach, to", plain],
  ["split_from", "Split from", numbered("T")],
  ["check", "Checklist", plain],
  ["proposal", "Proposal", plain],
  ["gaps", "Missing when it was made", names],
];

const made = z.object({
  findings: z.array(z.number()).catch([]), severity: z.string().catch(""), assignee: z.string().nullish().catch(null), team: z.string().nullish().catch(null),
  destination: z.string().catch(""), connector: z.string().nullish().catch(null), due_on: z.string().nullish().catch(null), split_from: z.number().nullish().catch(null),
});

/** What a ticket was made with, as the few facts that matter: of what, how bad, for whom, where it goes, until when. */
export function madeWords(after: unknown): string {
  const { findings, severity, assignee, team, destination, connector, due_on: due, split_from: split } = made.parse(after);
  const goes = connector ?? oneOf(DESTINATIONS, DESTINATION_LABELS)(destination);
  return [
    findings.length === 0 ? "" : ` of ${findings.length} ${findings.length === 1 ? "finding" : "findings"}`, split ? `, split from T-${split}` : "", assignee || team ? ` for ${assignee || team}` : "",
    severity ? `, ${severity}${findings.length > 1 ? " at worst" : ""}` : "",
    goes ? (destination === "internal" ? ", kept in Docket" : `, to ${goes}`) : "", due ? `, due ${due.slice(0, 10)}` : "",
  ].join("");
}
