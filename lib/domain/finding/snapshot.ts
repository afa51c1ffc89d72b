import { z } from "zod";
import { MODULE_STATES } from "@/lib/domain/module/table";
import type { PeopleState } from "@/lib/domain/finding/state";
import { CLOSE_REASONS, GOVERNANCE_STATUSES, ROUTES, SEVERITIES, VERIFICATIONS } from "@/lib/domain/finding/words";

const time = z.iso.datetime().transform((text) => new Date(text));

/** The people-owned columns by their names in the database, dates as ISO 8601: how the log and the write statement hold them. */
export const snapshotSchema = z.object({
  governance_status: z.enum(GOVERNANCE_STATUSES),
  close_reason: z.enum(CLOSE_REASONS).nullable(),
  accepted_until: time.nullable(),
  acceptance_id: z.number().int().nullable(),
  duplicate_of: z.number().int().nullable(),
  follow_up_on: time.nullable(),
  re_review: z.string().nullable(),
  verification: z.enum(VERIFICATIONS),
  team_severity: z.enum(SEVERITIES).nullable(),
  calibrated_at: time.nullable(),
  assignee_id: z.number().int().nullable(),
  tags: z.array(z.string()).max(1_000),
  module_state: z.enum(MODULE_STATES).nullable().default(null), // entries from before there were any do not hold it
  route: z.enum(ROUTES).nullable().default(null), // nor this
  first_response_at: time.nullable(),
  acknowledged_at: time.nullable(),
  decided_at: time.nullable(),
  sla_started_at: time,
  sla_paused_at: time.nullable(),
  acknowledge_by: time.nullable(),
  resolve_by: time.nullable(),
});

export type Snapshot = z.input<typeof snapshotSchema>;

/** Texts, numbers and nulls as they are; lists by what they hold. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || (Array.isArray(one) && JSON.stringify(one) === JSON.stringify(other));
}

/** A state is never changed, so that its snapshot may be kept: a bulk action asks for each several times. */
const known = new WeakMap<PeopleState, Snapshot>();

const text = (date: Date | null): string | null => date?.toISOString() ?? null;

/** The whole state as the log keeps it before an action: exactly what taking that action back restores. */
export function snapshotOf(state: PeopleState): Snapshot {
  const kept = known.get(state);
  if (kept) return kept;
  const made = madeOf(state);
  known.set(state, made);
  return made;
}

function madeOf(state: PeopleState): Snapshot {
  return {
    governance_status: state.governance,
    close_reason: state.closeReason,
    accepted_until: text(state.acceptedUntil),
    acceptance_id: state.acceptanceId,
    duplicate_of: state.duplicateOf,
    follow_up_on: text(state.followUpOn),
    re_review: state.reReview,
    verification: state.verification,
    team_severity: state.teamSeverity,
    calibrated_at: text(state.calibratedAt),
    assignee_id: state.assigneeId,
    tags: [...state.tags],
    module_state: state.moduleState,
    route: state.route,
    first_response_at: text(state.firstResponseAt),
    acknowledged_at: text(state.acknowledgedAt),
    decided_at: text(state.decidedAt),
    sla_started_at: state.slaStartedAt.toISOString(),
    sla_paused_at: text(state.slaPausedAt),
    acknowledge_by: text(state.acknowledgeBy),
    resolve_by: text(state.resolveBy),
  };
}

/** Reads a logged state back; null where the log does not hold a whole one (its texts may have been retired). */
export function stateOf(logged: unknown): PeopleState | null {
  const read = snapshotSchema.safeParse(logged);
  if (!read.success) return null;
  const row = read.data;
  return {
    governance: row.governance_status,
    closeReason: row.close_reason,
    acceptedUntil: row.accepted_until,
    acceptanceId: row.acceptance_id,
    duplicateOf: row.duplicate_of,
    followUpOn: row.follow_up_on,
    reReview: row.re_review,
    verification: row.verification,
    teamSeverity: row.team_severity,
    calibratedAt: row.calibrated_at,
    assigneeId: row.assignee_id,
    tags: row.tags,
    moduleState: row.module_state,
    route: row.route,
    firstResponseAt: row.first_response_at,
    acknowledgedAt: row.acknowledged_at,
    decidedAt: row.decided_at,
    slaStartedAt: row.sla_started_at,
    slaPausedAt: row.sla_paused_at,
    acknowledgeBy: row.acknowledge_by,
    resolveBy: row.resolve_by,
  };
}

/** Only what differs, as it is afterwards. */
export function differences(before: PeopleState, after: PeopleState): Partial<Snapshot> {
  const was: Readonly<Record<string, unknown>> = snapshotOf(before);
  return Object.fromEntries(Object.entries(snapshotOf(after)).filter(([name, value]) => !isSame(value, was[name])));
}
