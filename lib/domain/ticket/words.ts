/** A ticket is open or closed; one that was opened again is open, and counts how often. */
export const TICKET_STATES = ["open", "closed"] as const;
export type TicketState = (typeof TICKET_STATES)[number];

/** What the badge of a ticket says. */
export const TICKET_BADGES = { open: "Open", reopened: "Reopened", closed: "Closed" } as const;
export type TicketBadge = keyof typeof TICKET_BADGES;

/** The tabs of the list of tickets. `done_there`: the tracker calls it done, here it is open. `attention`: somebody has to look. */
export const TICKET_TABS = ["open", "reopened", "done_there", "attention", "closed", "all"] as const;
export type TicketTab = (typeof TICKET_TABS)[number];
export const TICKET_TAB_LABELS = {
  open: "Open", reopened: "Reopened", done_there: "Done there, close here", attention: "Needs a look", closed: "Closed", all: "All",
} as const satisfies Record<TicketTab, string>;

export const PRIORITIES = ["urgent", "high", "medium", "low"] as const;
export type Priority = (typeof PRIORITIES)[number];
export const PRIORITY_LABELS = { urgent: "Urgent", high: "High", medium: "Medium", low: "Low" } as const satisfies Record<Priority, string>;

export const DESTINATIONS = ["internal", "email", "jira_cloud", "jira_dc", "servicenow", "github", "custom"] as const;
export type Destination = (typeof DESTINATIONS)[number];
export const DESTINATION_LABELS = {
  internal: "Docket alone", email: "E-mail", jira_cloud: "Jira Cloud", jira_dc: "Jira Data Center", servicenow: "ServiceNow", github: "GitHub issues", custom: "Custom API",
} as const satisfies Record<Destination, string>;

/** Destinations that can be searched: what may have been made there is looked for before anything is sent again. Elsewhere nobody looks but a person. */
const LOOKED_FOR: readonly Destination[] = ["jira_cloud", "jira_dc", "servicenow", "github"];
export const isLookedFor = (destination: Destination): boolean => LOOKED_FOR.includes(destination);

/** How far a ticket has come to its destination. `gone`: deleted or moved out of reach over there. */
export const SYNCS = ["none", "pending", "in_doubt", "failed", "sent", "gone"] as const;
export type Sync = (typeof SYNCS)[number];
export const SYNC_LABELS = {
  none: "Kept here", pending: "On its way", in_doubt: "In doubt", failed: "Not sent", sent: "Sent", gone: "Gone over there",
} as const satisfies Record<Sync, string>;

/** Stands for an issue over there that its tracker does not name. */
export const UNNAMED = "another issue";

/** How far the fix is, from worst to best: a ticket shows the worst of its findings. */
export const REMEDIATIONS = ["reopened", "open", "in_progress", "resolved", "verified"] as const;
export type Remediation = (typeof REMEDIATIONS)[number];
export const REMEDIATION_LABELS = {
  reopened: "Reopened", open: "Open", in_progress: "In progress", resolved: "Resolved", verified: "Verified",
} as const satisfies Record<Remediation, string>;

/** What the verification checklist of a new ticket asks for. */
export const CHECKLIST = ["Code review completed", "Retest passed", "Penetration test verified the fix"] as const;

export const MAX_TICKET_FINDINGS = 1_000;
export const MAX_TICKETS_AT_ONCE = 1_000;
export const MAX_LABELS = 30;
export const MAX_CC = 30;
