import type { StoredFinding } from "@/lib/db/sql/finding-row";
import { isActive } from "@/lib/domain/finding/governance";
import { nextDue, slaState, usedShare, type SlaState as ClockState, type Timed } from "@/lib/domain/sla/state";
import type { FindingRow, SlaState, SlaView } from "@/lib/domain/views/alerts";
import { personView } from "@/lib/queries/who";

/** The clock columns of a stored finding, as the rules take them. */
export function timedOf(stored: StoredFinding): Timed {
  return {
    governance: stored.governance_status,
    firstResponseAt: stored.first_response_at,
    slaStartedAt: stored.sla_started_at,
    slaPausedAt: stored.sla_paused_at,
    acknowledgeBy: stored.acknowledge_by,
    resolveBy: stored.resolve_by,
  };
}

const SHOWN = { none: "none", running: "due", warning: "warning", breached: "overdue", paused: "paused", met: "met" } as const satisfies Record<ClockState, SlaState>;

/** The clocks of a finding at this moment. What was disposed of too late is late, not overdue: nobody has to act. */
export function slaView(stored: StoredFinding, now: Date): SlaView {
  const timed = timedOf(stored);
  const state = SHOWN[slaState(timed, now)];
  const next = nextDue(timed);
  return {
    state: state === "overdue" && !isActive(stored.governance_status) ? "late" : state,
    acknowledgeBy: stored.acknowledge_by?.toISOString() ?? null,
    acknowledged: stored.first_response_at !== null,
    resolveBy: stored.resolve_by?.toISOString() ?? null,
    next: next && { clock: next.clock, due: next.due.toISOString(), usedShare: Math.min(1, usedShare(stored.sla_started_at, next.due, now)) },
  };
}

function assigneeOf({ assignee_id, assignee_name, assignee_email }: StoredFinding) {
  return assignee_id === null ? null : personView({ id: assignee_id, name: assignee_name ?? "", email: assignee_email ?? "" });
}

/** A finding as a row of the queue. */
export function rowView(stored: StoredFinding, now: Date): FindingRow {
  const { number, version, title, asset, detector, rule, location, category, component, port, epss, verification, kev } = stored;
  return {
    ...{ number, version, title, asset, detector, rule, location, category, component, port, epss, verification, kev },
    ...{ cve: stored.cve ?? [], cwe: stored.cwe ?? [], score: stored.cvss_score },
    severity: { technical: stored.technical, calibrated: stored.calibrated, effective: stored.effective },
    scannerStatus: stored.scanner_status,
    governance: stored.governance_status,
    response: stored.response,
    closeReason: stored.close_reason,
    regressed: stored.governance_status === "reopened",
    isNew: stored.scanner_status === "new",
    assignee: assigneeOf(stored),
    tags: stored.tags ?? [],
    ...{ stateModule: stored.state_module, moduleState: stored.module_state, route: stored.route },
    addedOn: stored.added_on.toISOString(),
    lastSeenOn: stored.last_seen_on?.toISOString() ?? null,
    decidedOn: stored.decided_at?.toISOString() ?? null,
    sla: slaView(stored, now),
    acceptedUntil: stored.accepted_until?.toISOString() ?? null,
    followUpOn: stored.follow_up_on?.toISOString() ?? null,
    reReview: stored.re_review,
    duplicateOf: stored.duplicate_of,
    requested: stored.requested_until && { until: stored.requested_until.toISOString(), by: stored.requested_by ?? "", byId: stored.requested_by_id ?? "" },
  };
}
