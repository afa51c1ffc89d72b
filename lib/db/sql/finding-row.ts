import { z } from "zod";
import { sql } from "@/lib/db/client";
import { STATE_MODULE } from "@/lib/db/sql/state-module";
import { CLOSE_REASONS, GOVERNANCE_STATUSES, RESPONSES, ROUTES, SCANNER_STATUSES, SEVERITIES, VERIFICATIONS } from "@/lib/domain/finding/words";
import { MODULE_KEYS, MODULE_STATES } from "@/lib/domain/module/table";

const time = z.date();
const severity = z.enum(SEVERITIES);

/** A finding as every list needs it: its own columns, and the names of what it hangs on. */
export const findingRow = z.object({
  id: z.number(),
  number: z.number(),
  version: z.number(),
  title: z.string(),
  location: z.string(),
  category: z.string().nullable(),
  component: z.string().nullable(),
  port: z.number().nullable(),
  asset: z.string(),
  detector: z.string(),
  rule: z.string(),
  rule_name: z.string(),
  technical: severity,
  calibrated: severity,
  effective: severity,
  scanner_status: z.enum(SCANNER_STATUSES),
  governance_status: z.enum(GOVERNANCE_STATUSES),
  response: z.enum(RESPONSES),
  close_reason: z.enum(CLOSE_REASONS).nullable(),
  verification: z.enum(VERIFICATIONS),
  kev: z.boolean(),
  epss: z.number().nullable(),
  cvss_version: z.string().nullable(),
  cvss_vector: z.string().nullable(),
  cvss_score: z.number().nullable(),
  cwe: z.array(z.number()).nullable(),
  cve: z.array(z.string()).nullable(),
  tags: z.array(z.string()).nullable(),
  module_state: z.enum(MODULE_STATES).nullable(),
  route: z.enum(ROUTES).nullable(),
  state_module: z.enum(MODULE_KEYS).nullable(),
  assignee_id: z.number().nullable(),
  assignee_name: z.string().nullable(),
  assignee_email: z.string().nullable(),
  added_on: time,
  last_seen_on: time.nullable(),
  last_scanned: time.nullable(),
  accepted_until: time.nullable(),
  follow_up_on: time.nullable(),
  duplicate_of: z.number().nullable(),
  re_review: z.string().nullable(),
  calibrated_at: time.nullable(),
  acknowledged_at: time.nullable(),
  decided_at: time.nullable(),
  first_response_at: time.nullable(),
  sla_started_at: time,
  sla_paused_at: time.nullable(),
  acknowledge_by: time.nullable(),
  resolve_by: time.nullable(),
  requested_until: time.nullable(),
  requested_by: z.string().nullable(),
  requested_by_id: z.string().nullable(),
});
export type StoredFinding = z.output<typeof findingRow>;

/** The columns of `findingRow`, of a finding `f` with what stands beside it. */
export const FINDING_COLUMNS = sql`f.id, f.number, f.version, f.title, f.location, f.category, f.component, f.port,
  (SELECT name FROM asset WHERE id = f.asset_id) AS asset, (SELECT name FROM detector WHERE id = f.detector_id) AS detector, r.key AS rule, r.name AS rule_name, f.technical, f.calibrated, f.effective,
  f.scanner_status, f.governance_status, f.response, f.close_reason, f.verification, f.kev, f.epss,
  f.cvss_version, f.cvss_vector, f.cvss_score, f.cwe, f.cve, f.tags, f.module_state, ${STATE_MODULE} AS state_module, f.route,
  f.assignee_id, (SELECT name FROM person WHERE id = f.assignee_id) AS assignee_name, (SELECT email FROM person WHERE id = f.assignee_id) AS assignee_email,
  f.added_on, coalesce(f.last_seen_on, s.last_scanned) AS last_seen_on, greatest(f.last_scanned, s.last_scanned) AS last_scanned,
  f.accepted_until, f.follow_up_on, f.duplicate_of, f.re_review, f.calibrated_at, f.acknowledged_at, f.decided_at, f.first_response_at,
  f.sla_started_at, f.sla_paused_at, f.acknowledge_by, f.resolve_by,
  w.expires_at AS requested_until, w.actor_name AS requested_by, w.actor_id AS requested_by_id`;

/** What stands beside a finding `f`. Single names are looked up in the columns and the request behind its OFFSET: to put seven tables into an order takes the planner longer than fifty rows take. */
export const BESIDE_FINDING = sql`JOIN rule r ON r.id = f.rule_id JOIN scope s ON s.id = f.scope_id
  LEFT JOIN LATERAL (SELECT * FROM acceptance_request WHERE environment_id = f.environment_id AND finding_id = f.id AND outcome IS NULL OFFSET 0) w ON true`;
