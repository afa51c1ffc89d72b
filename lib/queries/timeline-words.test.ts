import { expect, test } from "vitest";
import type { StoredEvent } from "@/lib/db/sql/event-row";
import { kindOfAct } from "@/lib/domain/audit/timeline";
import { headlineOf } from "@/lib/queries/timeline-words";

const event = (action: string): StoredEvent => ({
  sequence: 1, at: new Date(0), actor_type: "system", actor_id: "system", actor_name: "System", action, record_type: "finding", record_number: 1, version: null, fields: null,
  from_status: null, to_status: null, action_id: "a", bulk_id: null, scan_id: null, revokes: null, request_id: "r", hash: "", before: null, after: null, reason: null, note: null,
});

test.each([
  ["finding.claimed", "named the next scan as its proof", "evidence"],
  ["finding.verified", "verified the fix", "evidence"],
  ["finding.verification_failed", "found that the fix did not hold", "evidence"],
  ["finding.routed", "routed it", "decision"],
])("%s reads as a sentence after its actor's name, and is found under its kind", (action, headline, kind) => {
  expect(headlineOf([event(action)])).toEqual({ action, headline });
  expect(kindOfAct([{ action, moves: false }])).toBe(kind);
});
