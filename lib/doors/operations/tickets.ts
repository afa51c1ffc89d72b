import { z } from "zod";
import { sendAnewBody } from "@/lib/domain/connector/input";
import { note, number, version } from "@/lib/domain/finding/input";
import { SEVERITIES } from "@/lib/domain/finding/words";
import { ticketDetailRecord, ticketListRecord } from "@/lib/domain/records/ticket";
import { closeTicketBody, driftBody, editTicketBody, reopenTicketBody, splitTicketInput, ticketBody } from "@/lib/domain/ticket/input";
import { DESTINATIONS, MAX_TICKET_FINDINGS, PRIORITIES, REMEDIATIONS } from "@/lib/domain/ticket/words";
import { TICKET_SORTS } from "@/lib/domain/views/tickets";
import { environmentPath, nothing, operation, page } from "../operation";

const path = "/environments/{env}/tickets";
const one = `${path}/{number}` as const;
const ticketPath = environmentPath.extend({ number: z.coerce.number().int().min(1).max(2_147_483_647).describe("The number of the ticket: 101 is shown as T-101.") });
const findings = z.array(number).min(1).max(MAX_TICKET_FINDINGS);

const list = <const T extends readonly [string, ...string[]]>(values: T) => z.string().max(500).transform((text) => text.split(",").map((each) => each.trim()).filter(Boolean)).pipe(z.array(z.enum(values)).max(values.length)).default([]);
const read = { method: "get", tag: "tickets", act: "ticket.read", query: nothing, body: nothing, status: 200 } as const;
const write = { method: "post", tag: "tickets", act: "ticket.write", params: ticketPath, query: nothing, status: 200, answer: ticketDetailRecord } as const;

export const tickets = {
  listTickets: operation({
    ...read, path, summary: "Tickets by state and filter, page by page", params: environmentPath, answer: ticketListRecord,
    query: z.strictObject({
      state: z.enum(["open", "reopened", "closed", "all"]).default("all").describe("reopened: open again."), severity: list(SEVERITIES), priority: list(PRIORITIES), remediation: list(REMEDIATIONS),
      destination: list(DESTINATIONS), assignee: z.string().trim().min(1).max(320).nullable().default(null).describe("me, none, an e-mail, a name or a team."),
      finding: z.coerce.number().int().positive().max(2_147_483_647).nullable().default(null), search: z.string().max(300).default(""), sort: z.enum(TICKET_SORTS).default("created"), ...page,
    }),
  }),
  createTicket: operation({
    method: "post", path, tag: "tickets", act: "ticket.write", params: environmentPath, query: nothing, status: 201, body: ticketBody, answer: ticketDetailRecord,
    summary: "Makes one ticket of findings; `destination` is internal, a kind of tracker (jira, servicenow, github, email) or the name of one",
  }),
  getTicket: operation({ ...read, path: one, summary: "All of one ticket", params: ticketPath, answer: ticketDetailRecord }),
  editTicket: operation({ ...write, method: "patch", path: one, summary: "Changes what people say of it; what is not named stays", body: editTicketBody }),
  closeTicket: operation({ ...write, path: `${one}/close`, summary: "Closes it with a reason; its findings stay as they are", body: closeTicketBody }),
  reopenTicket: operation({ ...write, path: `${one}/reopen`, summary: "Opens it again, with a reason; findings that were acknowledged are flagged for re-review", body: reopenTicketBody }),
  linkToTicket: operation({ ...write, path: `${one}/link`, summary: "Puts more findings on it", body: z.strictObject({ findings, insist: z.boolean().default(false), note: note.nullish().describe("Why a second open ticket is meant."), version: version.nullish() }) }),
  unlinkFromTicket: operation({ ...write, path: `${one}/unlink`, summary: "Takes findings off it; both sides keep that they belonged together", body: z.strictObject({ findings, note: note.nullish(), version: version.nullish() }) }),
  splitTicket: operation({ ...write, path: `${one}/split`, status: 201, summary: "Makes a ticket of its own of some of its findings, and answers with that", body: z.strictObject({ findings, title: splitTicketInput.shape.title, version: version.nullish() }) }),
  mergeTickets: operation({ ...write, path: `${one}/merge`, summary: "Merges other open tickets into it: they are closed as its duplicates", body: z.strictObject({ from: z.array(number).min(1).max(100), note: note.nullish(), version: version.nullish() }) }),
  settleDrift: operation({ ...write, path: `${one}/drift`, summary: "Ends a difference to the tracker: takes its value over (title, assignee, labels), sends ours again (title, severity, priority, assignee, labels), or records it with a note", body: driftBody }),
  sendTicketAnew: operation({ ...write, act: "delivery.steer", path: `${one}/send-anew`, summary: "Has it made again in its tracker, where its issue is gone or its making was called off; it is looked for first", body: sendAnewBody }),
  checkTicket: operation({ ...write, path: `${one}/check`, summary: "Ticks a line of its verification checklist, or takes the tick back", body: z.strictObject({ position: z.number().int().min(1).max(30), ticked: z.boolean(), version: version.nullish() }) }),
};
