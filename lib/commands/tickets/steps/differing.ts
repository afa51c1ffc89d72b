import type { Tx } from "@/lib/db/client";
import { connectorInUse } from "@/lib/db/sql/ticket-there";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { driftOf, DRIFT_LABELS, type Compared, type DriftField } from "@/lib/domain/ticket/drift";
import type { DriftAsked } from "@/lib/domain/ticket/input";
import { sentOf } from "@/lib/domain/ticket/sent";
import { backSettings, recordedOf, type Recorded } from "@/lib/domain/ticket/there";
import { openTicket, type HeldTicket } from "@/lib/gate/tickets";

/** A ticket with one difference: what stands there, all that was recorded of it, and how it is without the difference. */
export type Differing = { ticket: HeldTicket; theirs: string; there: Recorded; drift: readonly string[]; connector: string } & Pick<Compared, "priorities" | "people">;

/** The ticket in hand and what stands over there in this field; `conflict` where the two do not differ in it. */
export async function differing(tx: Tx, asked: DriftAsked): Promise<Result<Differing>> {
  const held = await openTicket(tx, asked.environment, { number: asked.ticket, version: asked.version });
  if (!held.ok) return held;
  const ticket = held.value;
  const field: DriftField = asked.field;
  const none = refuse("conflict", `${DRIFT_LABELS[field]}: there is no difference.`, { next: "Look at the ticket as it is now." });
  const connector = ticket.connectorId === null ? null : await connectorInUse(tx, asked.environment, ticket.connectorId);
  if (!connector || !ticket.drift.includes(field)) return none;

  const there = recordedOf(ticket.external, ticket.externalKey);
  const { priorities, people } = backSettings.parse(connector.settings);
  const { title, severity, assignee, assigneeName, priority, labels } = ticket;
  const differences = driftOf({ ours: { title, severity, assignee, assigneeName, priority, labels }, sent: sentOf(ticket.sent), there, priorities, people });
  const theirs = differences.find((each) => each.field === field)?.theirs;
  return theirs === undefined ? none : ok({ ticket, theirs, there, drift: ticket.drift.filter((each) => each !== field), connector: connector.name, priorities, people });
}
