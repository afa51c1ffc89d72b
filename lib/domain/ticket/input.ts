import { z } from "zod";
import { email, instant, note, number, version } from "@/lib/domain/finding/input";
import { MAX_SELECTION } from "@/lib/domain/finding/limits";
import { targets } from "@/lib/domain/finding/targets";
import { CLOSE_REASONS } from "@/lib/domain/finding/words";
import { DRIFT_FIELDS } from "./drift";
import { DESTINATIONS, MAX_CC, MAX_LABELS, MAX_TICKET_FINDINGS, PRIORITIES } from "./words";

/** How findings become tickets: each its own, all one, or one for each rule or component. */
export const GROUPINGS = ["each", "one", "rule", "component"] as const;
export type Grouping = (typeof GROUPINGS)[number];
export const GROUPING_LABELS = { each: "One ticket each", one: "One ticket for all", rule: "One for each rule", component: "One for each component" } as const satisfies Record<Grouping, string>;

const environment = z.number().int().positive();
const title = z.string().trim().min(1, "A ticket has a title.").max(300);
const description = z.string().trim().max(4_000);
const label = z.string().trim().toLowerCase().min(1).max(64).regex(/^\S+$/, "A label is one word.");
const strict = z.boolean().default(false);
const findings = z.array(number).min(1).max(MAX_TICKET_FINDINGS);

/** What people say of a ticket; the severity is not among it. */
const fields = {
  title: title.optional(),
  description: description.optional(),
  assignee: z.union([number, email]).nullish(),
  team: z.string().trim().max(200).nullish(),
  cc: z.array(email).max(MAX_CC).optional(),
  priority: z.enum(PRIORITIES).optional(),
  labels: z.array(label).max(MAX_LABELS).optional(),
  dueOn: instant.nullish(),
};

export const createTicketsInput = z.object({
  ...targets,
  ...fields,
  grouping: z.enum(GROUPINGS).default("each"),
  /** The number of a connector; null: it stays here. */
  connector: number.nullish(),
  /** The same by kind or name, where only one answers to it. */
  destination: z.union([z.enum(DESTINATIONS), z.string().trim().min(1).max(200)]).optional(),
  /** A second open ticket of a finding is meant. */
  insist: z.boolean().default(false),
  /** Why what is excluded goes out all the same. */
  override: note.min(1).nullish(),
});
export type CreateTickets = z.output<typeof createTicketsInput>;

const ticketItems = z.array(z.object({ number, version: version.nullish() })).min(1).max(MAX_SELECTION);

export const closeTicketsInput = z.object({
  environment, strict, items: ticketItems, reason: z.enum(CLOSE_REASONS), notes: note.nullish(), justification: note.nullish(), followUpOn: instant.nullish(),
});
export const reopenTicketsInput = z.object({ environment, strict, items: ticketItems, reason: note.min(1, "Reopening needs a reason."), insist: z.boolean().default(false) });

const one = { environment, ticket: number, version: version.nullish() };
/** `followUpOn`: of a ticket that is closed until a vendor answers; null takes the day away. */
export const editTicketInput = z.object({ environment, number, version: version.nullish(), ...fields, followUpOn: instant.nullish() });
export const linkFindingsInput = z.object({ ...one, findings, insist: z.boolean().default(false), note: note.nullish() });
export const unlinkFindingsInput = z.object({ ...one, findings, note: note.nullish() });
export const splitTicketInput = z.object({ ...one, findings, title: title.optional() });
/** A ticket by its number alone, or as a screen saw it. */
const seen = z.union([number.transform((each) => ({ number: each, version: null })), z.object({ number, version: version.nullish() })]);
export const mergeTicketsInput = z.object({ environment, into: number, version: version.nullish(), from: z.array(seen).min(1).max(100), note: note.nullish() });
export const dismissProposalInput = z.object({ ...one, note: note.min(1, "Say why it stays closed.") });
export const tickCheckInput = z.object({ ...one, position: z.number().int().min(1).max(30), ticked: z.boolean() });
/** One difference between here and the tracker, and why it is ended so. */
export const driftInput = z.object({ ...one, field: z.enum(DRIFT_FIELDS), note: note.nullish() });
export type DriftAsked = z.output<typeof driftInput>;
/** A title and labels as they are taken over from a tracker. */
export const takenOver = { title, labels: z.array(label).max(MAX_LABELS) };

/** The bodies of the REST calls, in their words. */
export const driftBody = z.strictObject({ field: z.enum(DRIFT_FIELDS), do: z.enum(["accept", "push", "record"]), note: note.nullish(), version: version.nullish() });
export const ticketBody = z.strictObject({
  findings,
  title: fields.title, description: fields.description, assignee: email.nullish(), team: fields.team, cc: fields.cc, priority: fields.priority, labels: fields.labels,
  due_on: fields.dueOn, destination: createTicketsInput.shape.destination, connector: createTicketsInput.shape.connector,
  insist: createTicketsInput.shape.insist, override: createTicketsInput.shape.override,
});
export const closeTicketBody = z.strictObject({ reason: z.enum(CLOSE_REASONS), notes: note.nullish(), justification: note.nullish(), follow_up_on: instant.nullish(), version: version.nullish() });
export const reopenTicketBody = z.strictObject({ reason: note.min(1), insist: z.boolean().default(false), version: version.nullish() });
export const editTicketBody = z.strictObject({
  title: fields.title, description: fields.description, assignee: email.nullish(), team: fields.team, cc: fields.cc, priority: fields.priority, labels: fields.labels,
  due_on: fields.dueOn, follow_up_on: editTicketInput.shape.followUpOn, version: version.nullish(),
});
