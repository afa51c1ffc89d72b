import type { PeopleState } from "@/lib/domain/finding/state";

/** The names by which the log says which people-owned columns an event changed. */
export const FIELD_COLUMNS = {
  status: ["governance"],
  reason: ["closeReason"],
  acceptance: ["acceptedUntil", "acceptanceId"],
  duplicate: ["duplicateOf"],
  follow_up: ["followUpOn"],
  re_review: ["reReview"],
  verification: ["verification"],
  severity: ["teamSeverity", "calibratedAt"],
  assignee: ["assigneeId"],
  tags: ["tags"],
  state: ["moduleState"],
  route: ["route"],
  response_time: ["firstResponseAt", "acknowledgedAt", "decidedAt"],
  sla: ["slaStartedAt", "slaPausedAt", "acknowledgeBy", "resolveBy"],
} as const satisfies Record<string, readonly (keyof PeopleState)[]>;

export type ChangedField = keyof typeof FIELD_COLUMNS;

const FIELDS = ["status", "reason", "acceptance", "duplicate", "follow_up", "re_review", "verification", "severity", "assignee", "tags", "state", "route", "response_time", "sla"] as const;

/** Which fields differ between two states, in the order above. */
export function changedFields(before: PeopleState, after: PeopleState): ChangedField[] {
  return FIELDS.filter((field) => {
    const columns: readonly (keyof PeopleState)[] = FIELD_COLUMNS[field];
    return columns.some((column) => !isSame(before[column], after[column]));
  });
}

function isSame(one: PeopleState[keyof PeopleState], other: PeopleState[keyof PeopleState]): boolean {
  if (one === other) return true;
  if (one === null || other === null || typeof one !== "object" || typeof other !== "object") return false;
  return JSON.stringify(one) === JSON.stringify(other); // dates and tags
}
