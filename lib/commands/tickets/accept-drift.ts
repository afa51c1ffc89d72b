import type { Tx } from "@/lib/db/client";
import { membersCalled } from "@/lib/db/sql/members";
import { writeDrift } from "@/lib/db/sql/ticket-there";
import { assigneeRefusal } from "@/lib/domain/finding/ownership";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import { storable } from "@/lib/domain/storable";
import { DRIFT_LABELS, DRIFT_RULES, emailOf, theirLabels } from "@/lib/domain/ticket/drift";
import { driftInput, takenOver, type DriftAsked } from "@/lib/domain/ticket/input";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context, type TrailEntry } from "@/lib/gate/commit";
import { writeTicketMoves } from "@/lib/gate/ticket-moves";
import { ticketTrail, type HeldTicket } from "@/lib/gate/tickets";
import { differing, type Differing } from "./steps/differing";

/**
 * Takes over what the tracker says, `{environment, ticket, version?, field, note?}`: a title, an assignee who is a member here, or labels. The severity is
 * the findings' and is never taken over: `illegal`.
 */
export function acceptDrift(actor: Actor, raw: unknown): Promise<Result<{ ticket: number }>> {
  return commit(actor, { act: "ticket.write", input: driftInput, work }, raw);
}

/** How the ticket is with their value, and the entry that tells whom it is assigned to now. */
type Taken = { after: HeldTicket; was: unknown; is: unknown; entries: readonly TrailEntry[] };

async function work(tx: Tx, asked: DriftAsked, context: Context): Promise<Result<Change<{ ticket: number }>>> {
  const found = await differing(tx, asked);
  if (!found.ok) return found;
  const { ticket, there, drift } = found.value;
  const { field } = asked;
  if (!DRIFT_RULES[field].accepted) {
    const next = field === "severity" ? "Calibrate the findings where it is wrong, or send ours again." : "Send ours again, or record the difference.";
    return refuse("illegal", `${DRIFT_LABELS[field]}: it is not taken over from a tracker.`, { next, allowed: DRIFT_RULES[field].pushed ? ["push", "record"] : ["record"] });
  }
  const taken = field === "assignee" ? await withAssignee(tx, asked.environment, found.value) : withWords(field, found.value);
  if (!taken.ok) return taken;

  const { after, was, is, entries } = taken.value;
  const entry = ticketTrail(ticket, "ticket.drift_accepted", { before: { [field]: was }, after: { [field]: is, drift }, note: asked.note ?? null });
  return ok({
    trail: [entry, ...entries],
    write: async (within) => {
      await writeTicketMoves(within, asked.environment, { moves: [{ ticket, entries: [entry], after, renews: true }], skipped: [], findings: [] }, context);
      await writeDrift(within, ticket.id, { external: there, drift });
      return { ticket: ticket.number };
    },
  });
}

function withWords(field: string, { ticket, theirs, there, priorities }: Differing): Result<Taken> {
  const given = field === "title" ? takenOver.title.safeParse(storable(theirs, 300)) : takenOver.labels.safeParse(theirLabels(there.labels ?? [], priorities));
  if (!given.success) return refuseInput([{ path: "field", message: `It cannot stand here: ${given.error.issues[0]?.message ?? "it is of another form."}` }]);
  const is = given.data;
  return ok(typeof is === "string" ? { after: { ...ticket, title: is }, was: ticket.title, is, entries: [] } : { after: { ...ticket, labels: is }, was: ticket.labels, is, entries: [] });
}

async function withAssignee(tx: Tx, environment: number, { ticket, theirs, people }: Differing): Promise<Result<Taken>> {
  const said = emailOf(people, theirs) ?? theirs;
  const [member, second] = await membersCalled(tx, environment, said);
  if (!member || (second && member.email.toLowerCase() !== said.trim().toLowerCase())) {
    return refuseInput([{ path: "field", message: member ? `More than one member is called ${theirs}.` : `Nobody here is called ${theirs}.` }]);
  }
  const refused = assigneeRefusal(member.name, member.role, "field");
  if (refused) return refused;
  const assigned = ticketTrail(ticket, "ticket.assigned", { before: { assignee: ticket.assigneeName, assignee_id: ticket.assigneeId }, after: { assignee: member.name, assignee_id: member.id } });
  return ok({ after: { ...ticket, assigneeId: member.id }, was: ticket.assigneeName, is: member.name, entries: [assigned] });
}
