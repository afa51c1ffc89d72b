/** What people are told of. `label` is what a message begins with and the preferences show; `managers`: it goes to those who manage the environment; `list`: an address list may have it too. */
export const NOTICE_EVENTS = {
  new_ticket: { label: "New ticket", managers: false, list: true },
  assignment: { label: "Assigned to you", managers: false, list: false },
  shared: { label: "Shared with you", managers: false, list: false },
  status_changed: { label: "Somebody else decided on what is yours", managers: false, list: false },
  verification_failed: { label: "A fix did not hold", managers: false, list: true },
  critical_finding: { label: "New critical finding", managers: true, list: true },
  re_find: { label: "Yours was seen again", managers: false, list: false },
  acceptance_expiring: { label: "An acceptance runs out soon", managers: false, list: false },
  escalation: { label: "A fix failed again and again", managers: true, list: true },
} as const satisfies Record<string, { label: string; managers: boolean; list: boolean }>;

export type NoticeEvent = keyof typeof NOTICE_EVENTS;
export const NOTICE_EVENT_NAMES = ["new_ticket", "assignment", "shared", "status_changed", "verification_failed", "critical_finding", "re_find", "acceptance_expiring", "escalation"] as const satisfies readonly NoticeEvent[];
