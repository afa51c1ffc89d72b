export type ActionRule = {
  /** What a person reads in a list. */
  label: string;
  /** The name that the older systems know it by. */
  alias?: string;
};

/** Every action of the log, noun.event. An action that is not here cannot be written. */
export const AUDIT_ACTIONS = {
  "finding.matched": { label: "Matched", alias: "FINDING_MATCHED" },
  "finding.transitioned": { label: "Status changed", alias: "change-status.alert" },
  "finding.acknowledged": { label: "Disposition recorded", alias: "FINDING_ACKNOWLEDGED" },
  "finding.assigned": { label: "Assigned" },
  "finding.tagged": { label: "Tagged" },
  "finding.state_set": { label: "State said" },
  "finding.routed": { label: "Routed" },
  "finding.shared": { label: "Shared" },
  "finding.severity_calibrated": { label: "Severity calibrated" },
  "finding.evidence_added": { label: "Evidence added" },
  "finding.amended": { label: "Decision amended" },
  "finding.reverted": { label: "Taken back" },
  "finding.expired": { label: "Acceptance expired" },
  "finding.regressed": { label: "Regressed" },
  "finding.refound": { label: "Re-found" },
  "finding.legacy_folded": { label: "Old status taken over" },
  "finding.entered_kev": { label: "Entered the KEV catalogue" },
  "finding.left_kev": { label: "Left the KEV catalogue" },
  "finding.carried": { label: "Decision carried over" },
  "finding.moved": { label: "Known again after a move" },
  "finding.re_review_flagged": { label: "Flagged for re-review" },
  "finding.re_review_cleared": { label: "Re-review cleared" },
  "finding.exported": { label: "Findings exported" },
  "finding.ticketed": { label: "Ticket made" },
  "finding.unticketed": { label: "Ticket unlinked" },
  "finding.verified": { label: "Fix verified" },
  "finding.verification_failed": { label: "Fix did not hold" },
  "finding.claimed": { label: "Next scan named as proof" },
  "ticket.created": { label: "Ticket created", alias: "TICKET_CREATED" },
  "ticket.closed": { label: "Ticket closed", alias: "TICKET_CLOSED" },
  "ticket.reopened": { label: "Ticket reopened", alias: "TICKET_REOPENED" },
  "ticket.changed": { label: "Ticket changed" },
  "ticket.assigned": { label: "Ticket assigned" },
  "ticket.linked": { label: "Finding linked" },
  "ticket.unlinked": { label: "Finding unlinked" },
  "ticket.split": { label: "Ticket split" },
  "ticket.merged": { label: "Ticket merged" },
  "ticket.checked": { label: "Checklist ticked" },
  "ticket.remediation_moved": { label: "Remediation moved" },
  "ticket.reopening_proposed": { label: "Reopening proposed" },
  "ticket.proposal_dismissed": { label: "Proposal dismissed" },
  "ticket.escalated": { label: "Escalated to the security team" },
  "ticket.sent": { label: "Sent to the tracker" },
  "ticket.send_failed": { label: "Not sent" },
  "ticket.in_doubt": { label: "Sending in doubt" },
  "ticket.retried": { label: "Sending tried again" },
  "ticket.send_cancelled": { label: "Sending called off" },
  "ticket.linked_by_hand": { label: "Linked to the tracker by hand" },
  "ticket.made_anew": { label: "To be made anew in the tracker" },
  "ticket.changed_there": { label: "Changed in the tracker" },
  "ticket.gone_there": { label: "Gone in the tracker" },
  "ticket.drift_accepted": { label: "Tracker's value accepted" },
  "ticket.drift_pushed": { label: "Own value sent again" },
  "ticket.drift_recorded": { label: "Difference recorded" },
  "retest.requested": { label: "Retest asked for" },
  "retest.passed": { label: "Retest passed" },
  "retest.failed": { label: "Retest failed" },
  "retest.cancelled": { label: "Retest called off" },
  "evidence.file_added": { label: "File attached" },
  "connector.created": { label: "Connector added" },
  "connector.changed": { label: "Connector changed" },
  "connector.removed": { label: "Connector removed" },
  "connector.tested": { label: "Connector tested" },
  "connector.secret_changed": { label: "Connector's secret changed" },
  "connector.hook_secret_changed": { label: "Webhook's secret changed" },
  "connector.opened": { label: "Connector paused by failures" },
  "notices.choices_changed": { label: "Own messages changed" },
  "notices.lists_changed": { label: "Recipient lists changed" },
  "acceptance.requested": { label: "Acceptance requested" },
  "acceptance.approved": { label: "Acceptance approved" },
  "acceptance.refused": { label: "Acceptance refused" },
  "acceptance.warned": { label: "Expiry announced" },
  "bulk.prepared": { label: "Bulk action shown" },
  "bulk.started": { label: "Bulk action started" },
  "bulk.completed": { label: "Bulk action completed" },
  "bulk.cancelled": { label: "Bulk action cancelled" },
  "bulk.paused": { label: "Bulk action paused" },
  "bulk.resumed": { label: "Bulk action resumed" },
  "bulk.failed": { label: "Bulk action broke off" },
  "scan.requested": { label: "Scan received" },
  "scan.previewed": { label: "Scan previewed" },
  "scan.released": { label: "Preview applied" },
  "scan.renewed": { label: "Preview made anew" },
  "scan.held": { label: "Scan held" },
  "scan.completed": { label: "Scan applied" },
  "scan.failed": { label: "Scan refused" },
  "scan.cancelled": { label: "Scan cancelled" },
  "asset.created": { label: "Asset created" },
  "asset.changed": { label: "Asset changed" },
  "asset.imported": { label: "Assets imported" },
  "asset.decommissioned": { label: "Asset decommissioned" },
  "asset.reverted": { label: "Asset change taken back" },
  "carry.dismissed": { label: "Carry-over dismissed" },
  "suggestion.made": { label: "Suggestion made" },
  "suggestion.applied": { label: "Suggestion applied" },
  "suggestion.ignored": { label: "Suggestion ignored" },
  "view.saved": { label: "View saved" },
  "view.changed": { label: "View changed" },
  "view.deleted": { label: "View deleted" },
  "view.made_default": { label: "Default view set" },
  "mapping.saved": { label: "Column mapping saved" },
  "feed.loaded": { label: "Catalogue loaded" },
  "environment.created": { label: "Environment created" },
  "environment.renamed": { label: "Environment renamed" },
  "environment.policy_changed": { label: "Policy changed" },
  "environment.sla_changed": { label: "SLA changed" },
  "person.created": { label: "Person added" },
  "person.changed": { label: "Person changed" },
  "person.disabled": { label: "Person disabled" },
  "person.enabled": { label: "Person enabled" },
  "person.password_changed": { label: "Password changed" },
  "person.keyboard_changed": { label: "Own keys changed" },
  "membership.granted": { label: "Role granted" },
  "membership.changed": { label: "Role changed" },
  "membership.revoked": { label: "Role taken away" },
  "token.created": { label: "Token created" },
  "token.revoked": { label: "Token revoked" },
  "token.refused": { label: "Token refused elsewhere" },
  "session.signed_in": { label: "Signed in" },
  "session.signed_out": { label: "Signed out" },
  "session.failed": { label: "Sign-in failed" },
  "audit.exported": { label: "Log exported" },
  "audit.verified": { label: "Log verified" },
  "job.retried": { label: "Background job tried again" },
  "demo.loaded": { label: "Demo loaded" },
} as const satisfies Record<string, ActionRule>;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

/** Entries of a finding that tell of a decision although its status may stay: together with those that move it, what "decisions" in its trail means. */
export const DECISION_ACTIONS: readonly AuditAction[] = [
  "finding.acknowledged", "finding.amended", "finding.reverted", "finding.re_review_flagged", "finding.re_review_cleared", "finding.carried", "carry.dismissed",
  "suggestion.applied", "suggestion.ignored", "acceptance.requested", "acceptance.approved", "acceptance.refused",
];

/** Entries about the work on a finding: its tickets and how far the fix is. */
export const TICKET_ACTIONS: readonly AuditAction[] = [
  "finding.ticketed", "finding.unticketed", "ticket.created", "ticket.closed", "ticket.reopened", "ticket.changed", "ticket.assigned", "ticket.linked", "ticket.unlinked", "ticket.split", "ticket.merged",
  "ticket.checked", "ticket.remediation_moved", "ticket.reopening_proposed", "ticket.proposal_dismissed", "ticket.escalated", "ticket.sent", "ticket.send_failed", "ticket.in_doubt", "ticket.retried",
  "ticket.linked_by_hand", "ticket.made_anew", "ticket.changed_there", "ticket.gone_there", "ticket.drift_accepted", "ticket.drift_pushed", "ticket.drift_recorded",
];

/** Is this a name of the log? For text that comes from outside. */
export function isAuditAction(name: string): name is AuditAction {
  return Object.hasOwn(AUDIT_ACTIONS, name);
}

/** The older name of an action; null where it has none. */
export function aliasOf(action: string): string | null {
  if (!isAuditAction(action)) return null;
  const rule: ActionRule = AUDIT_ACTIONS[action];
  return rule.alias ?? null;
}

/** The older name of one entry: its action's own, or that of a change of status, whatever moved it (a sighting, a revert). */
export function aliasOfEntry(action: string, movesStatus: boolean): string | null {
  return aliasOf(action) ?? (movesStatus ? aliasOf("finding.transitioned") : null);
}

/** The action behind a name or an alias, as filters and exports may use either; null: there is none. */
export function actionNamed(name: string): AuditAction | null {
  if (isAuditAction(name)) return name;
  const found = Object.keys(AUDIT_ACTIONS).find((action) => aliasOf(action) === name);
  return found !== undefined && isAuditAction(found) ? found : null;
}
