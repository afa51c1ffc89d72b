/** What people are told of. `of` says whom it concerns; `label` is what the preferences show. */
export const NOTICE_EVENTS = {
  new_ticket: { label: "A ticket was made for you", of: "assignee" },
  assignment: { label: "Something was assigned to you", of: "assignee" },
  status_changed: { label: "Somebody else decided on what is yours", of: "assignee" },
  verification_failed: { label: "A fix did not hold", of: "assignee, list" },
  critical_finding: { label: "A critical finding came in", of: "managers, list" },
  re_find: { label: "Something closed was seen again", of: "assignee" },
  acceptance_expiring: { label: "An acceptance runs out soon", of: "assignee, approver" },
  escalation: { label: "A fix failed again and again", of: "managers, list" },
} as const satisfies Record<string, { label: string; of: string }>;

export type NoticeEvent = keyof typeof NOTICE_EVENTS;
export const NOTICE_EVENT_NAMES = ["new_ticket", "assignment", "status_changed", "verification_failed", "critical_finding", "re_find", "acceptance_expiring", "escalation"] as const satisfies readonly NoticeEvent[];
