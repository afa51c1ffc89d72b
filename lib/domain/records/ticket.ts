import { z } from "zod";
import { CLOSE_REASONS, SEVERITIES } from "@/lib/domain/finding/words";
import { moment } from "@/lib/domain/records/finding";
import { DESTINATIONS, PRIORITIES, REMEDIATIONS, SYNCS, TICKET_STATES } from "@/lib/domain/ticket/words";

const text = z.string();

/** A ticket as the REST interface tells it. Times are ISO 8601 in UTC; e-mail names people. */
export const ticketRecord = z.object({
  number: z.number().int().describe("Shown as T-101."),
  title: text,
  state: z.enum(TICKET_STATES),
  reopen_count: z.number().int().min(0),
  close_reason: z.enum(CLOSE_REASONS).nullable(),
  notes: text.nullable(),
  findings: z.array(z.number().int()).max(1_000).describe("Numbers of the findings that it carries the work on."),
  assignee: text.nullable().describe("E-mail."),
  team: text.nullable(),
  cc: z.array(text).max(30),
  priority: z.enum(PRIORITIES),
  labels: z.array(text).max(30),
  severity: z.enum(SEVERITIES).describe("The worst that the team calibrated among its findings; nobody sets it here."),
  destination: z.enum(DESTINATIONS),
  external: z.object({ key: text.nullable(), url: text.nullable(), status: text.nullable(), sync: z.enum(SYNCS) }).nullable().describe("Where it stands over there; null: it is kept here alone."),
  remediation: z.object({ status: z.enum(REMEDIATIONS), attempts: z.number().int(), auto_retest: z.boolean(), retest_at: moment.nullable() }).describe("How far the fix is: the worst of its findings."),
  drift: z.array(text).max(20).describe("Fields in which the tracker says something else. What each says stands in `differences` of the ticket itself."),
  due_on: moment.nullable(),
  follow_up_on: moment.nullable(),
  created_at: moment,
  closed_at: moment.nullable(),
  version: z.number().int().describe("Goes up with every change. Send it back to decide on what you saw."),
  url: text,
}).meta({ id: "Ticket" });
export type TicketRecord = z.output<typeof ticketRecord>;

export const ticketDetailRecord = ticketRecord.extend({
  description: text,
  reopen_reason: text.nullable(),
  merged_into: z.number().int().nullable(),
  split_from: z.number().int().nullable(),
  gaps: z.array(text).max(100).describe("What was missing when it was made."),
  checklist: z.array(z.object({ position: z.number().int(), label: text, ticked_by: text.nullable(), ticked_at: moment.nullable() })).max(30),
  unlinked: z.array(z.number().int()).max(2_000).describe("Numbers of findings that were on it."),
  differences: z.array(z.object({ field: text, here: text.nullable(), sent: text.nullable(), there: text.nullable() })).max(20).describe("What stands here, what was sent last and what stands over there. `POST …/drift` ends one."),
  tasks: z.array(z.object({ kind: text, text, findings: z.array(z.number().int()).max(1_000) })).max(20).describe("What still waits for somebody."),
}).meta({ id: "TicketDetail" });
export type TicketDetailRecord = z.output<typeof ticketDetailRecord>;

export const ticketListRecord = z.object({ items: z.array(ticketRecord).max(500), next_cursor: text.nullable(), total: z.number().int().nullable().describe("How many match, exactly; null from the second page on.") }).meta({ id: "TicketList" });
export type TicketListRecord = z.output<typeof ticketListRecord>;
