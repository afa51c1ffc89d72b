import { GOVERNANCE_LABELS, GOVERNANCE_STATUSES, reasonLabel } from "@/lib/domain/finding/words";
import { storable } from "@/lib/domain/storable";

type Said = { to: string | null; reason: string | null };

function status(to: string | null): string | null {
  const known = GOVERNANCE_STATUSES.find((one) => one === to);
  return known ? GOVERNANCE_LABELS[known].toLowerCase() : null;
}

const reasoned = (reason: string | null) => (reason === null ? null : storable(reasonLabel(reason).toLowerCase(), 200));

/** What an entry of the log did, in the words of a message; null where the message's own title says it. */
export const DEED_WORDS: Readonly<Record<string, (said: Said) => string | null>> = {
  "finding.shared": ({ reason }) => (reason === null ? null : storable(reason, 200)),
  "finding.transitioned": ({ to, reason }) => [status(to), reasoned(reason)].filter((one) => one !== null).join(", ") || null,
  "finding.expired": () => "its acceptance ran out, it is open again",
  "finding.regressed": () => "a scan sees it again, it is reopened",
  "finding.reverted": () => "a decision was taken back",
  "ticket.closed": ({ reason }) => `closed${reason === null ? "" : ` as ${reasoned(reason) ?? ""}`}`,
  "ticket.reopened": ({ reason }) => `reopened${reason === null ? "" : `: ${storable(reason, 200)}`}`,
  "ticket.reopening_proposed": ({ reason }) => `open it again?${reason === null ? "" : ` ${storable(reason, 200)}`}`,
};

/** Deeds that have a title of their own, and that concern others than the assignee. */
export const DEEDS_APART: Readonly<Record<string, { label: string; why: string }>> = {
  "ticket.reopening_proposed": { label: "Look at a closed ticket again", why: "it is assigned to you, or you closed it" },
};
