import { z } from "zod";
import { evidenceFile } from "@/lib/domain/evidence/file";
import { CLOSE_REASONS, EVIDENCE_KINDS, GOVERNANCE_STATUSES, RESPONSES, ROUTES, SCANNER_STATUSES, SEVERITIES, VERIFICATIONS } from "@/lib/domain/finding/words";
import { MODULE_STATES } from "@/lib/domain/module/table";
import { SLA_STATES } from "@/lib/domain/views/alerts";

/** Findings as the REST interface tells them. Times are ISO 8601 in UTC; e-mail names people; numbers are per environment. */

export const moment = z.iso.datetime();
const severity = z.enum(SEVERITIES);
const text = z.string();

export const findingRecord = z.object({
  number: z.number().int().describe("Shown as F-42."),
  title: text,
  description: text.nullable(),
  asset: text,
  detector: text,
  rule: text,
  location: text,
  category: text.nullable(),
  cwe: z.array(z.number().int()).max(10_000),
  cve: z.array(text).max(10_000),
  cvss: z.object({ version: text, vector: text.nullable(), score: z.number().nullable() }).nullable(),
  kev: z.boolean().describe("In the catalogue of known exploited vulnerabilities."),
  epss: z.number().nullable(),
  severity: z.object({ technical: severity, calibrated: severity, effective: severity }).describe("The scanner's word, the team's, and what remains of it after the decision."),
  scanner_status: z.enum(SCANNER_STATUSES).describe("Is it still detectable? Never written by a person."),
  governance_status: z.enum(GOVERNANCE_STATUSES).describe("The decision in full detail."),
  response: z.enum(RESPONSES).describe("The projection of governance_status that the screen shows."),
  response_code: z.number().int().min(0).max(3),
  close_reason: z.enum(CLOSE_REASONS).nullable(),
  accepted_until: moment.nullable(),
  re_review: z.object({ reason: text }).nullable(),
  acceptance_request: z.object({ expires_at: moment, requested_by: text }).nullable().describe("An acceptance that waits for an approver; the status stays meanwhile."),
  verification: z.enum(VERIFICATIONS),
  route: z.enum(ROUTES).nullable().describe("How its work is handed over: a ticket, a batch, on record only, or paused. Null: nobody has said."),
  module_state: z.enum(MODULE_STATES).nullable().describe("What its module says of it beside the response: a key that still works, a takedown, relevance. Null: nothing."),
  assignee: text.nullable().describe("E-mail."),
  tags: z.array(text).max(1_000).describe("Those that people gave; once somebody answered, also `response:` with the response, which follows it by itself."),
  tickets: z.array(z.number().int()).max(1_000).describe("Numbers of the tickets that carry the work on it."),
  duplicate_of: z.number().int().nullable(),
  follow_up_on: moment.nullable(),
  added_on: moment,
  last_seen_on: moment.nullable(),
  last_scanned: moment.nullable(),
  sla: z.object({ acknowledge_by: moment.nullable(), resolve_by: moment.nullable(), state: z.enum(SLA_STATES) }),
  version: z.number().int().describe("Goes up with every decision, never by a sighting. Send it back to decide on what you saw."),
  url: text,
}).meta({ id: "Finding" });
export type FindingRecord = z.output<typeof findingRecord>;

const evidenceRecord = z.object({
  kind: z.enum(EVIDENCE_KINDS), reference: text.nullable(), note: text.nullable(), approver: text.nullable(), added_by: text, at: moment,
  file: evidenceFile.nullable().optional().describe("A file that is attached: GET …/evidence/files/{id}."),
}).meta({ id: "Evidence" });

const CHAIN_STEPS = ["matched", "ticket_created", "ticket_closed", "disposition", "verified"] as const;

export const findingDetailRecord = findingRecord.extend({
  observation: text.nullable().describe("What the scanner sent about it: untrusted text."),
  remediation: text.nullable(),
  legacy_code: text.nullable().describe("The status code of an older system that it came with, as the report gave it, also where nobody here knows what it means."),
  references: z.array(text).max(1_000),
  evidence: z.array(evidenceRecord).max(1_000),
  chain: z.array(z.object({ step: z.enum(CHAIN_STEPS), at: moment.nullable(), label: text.nullable() })).max(5).describe("The four steps of custody, and the proof where there is one or policy asks for it; a missing time is a gap, and the label says what fills it."),
  allowed_transitions: z.array(z.enum(GOVERNANCE_STATUSES)).max(6),
  action_id: text.nullable().optional().describe("After a change: the action that the log names."),
  requested: z.boolean().optional().describe("After a change: the acceptance waits for an approver."),
}).meta({ id: "FindingDetail" });
export type FindingDetailRecord = z.output<typeof findingDetailRecord>;

export const findingListRecord = z.object({
  items: z.array(findingRecord).max(500),
  next_cursor: text.nullable(),
  previous_cursor: text.nullable().describe("The page before this one, in the same order; null on the first page and where nothing comes before."),
  total: z.number().int().nullable().describe("How many match, exactly; null from the second page on."),
}).meta({ id: "FindingList" });
export type FindingListRecord = z.output<typeof findingListRecord>;

const n = z.number().int();

export const findingCountsRecord = z.object({
  tabs: z.object({ needs_review: n, investigating: n, accepted_risk: n, closed: n, all: n }),
  responses: z.object({ needs_review: n, investigating: n, accepted_risk: n, closed: n }),
  unassigned: n,
}).meta({ id: "FindingCounts" });
export type FindingCountsRecord = z.output<typeof findingCountsRecord>;
