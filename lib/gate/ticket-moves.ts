import type { Tx } from "@/lib/db/client";
import { lockFindings } from "@/lib/db/sql/finding-lock";
import type { HeldTicket } from "@/lib/db/sql/ticket-lock";
import { endLinks, insertLinks, insertTickets, updateLinks, updateTickets, type LinkChange, type NewDelivery, type NewLink, type NewTicket, type TicketColumns } from "@/lib/db/sql/ticket-write";
import { writeMoves } from "@/lib/db/sql/finding-write";
import type { Skip } from "@/lib/domain/finding/batch";
import { entriesOf, type Known, type Move } from "@/lib/domain/finding/move";
import { ok, type RefusalCode, type Refused, type Result } from "@/lib/domain/refusal";
import type { Decided, Context, TrailEntry } from "@/lib/gate/commit";
import { deliveryJobs, enqueueDelivery, renewPayloads } from "@/lib/gate/tickets";

/** All that one act does to one ticket: its entries, its columns afterwards, its links, what goes out, and the steps of its findings. */
export type TicketMove = {
  ticket: HeldTicket; entries: readonly TrailEntry[]; after: TicketColumns; links?: readonly LinkChange[]; deliveries?: readonly NewDelivery[];
  /** Findings, by id, that are parted from it, and links that are added to it. */
  ends?: readonly number[]; adds?: readonly NewLink[];
  /** Does it say something else now? Its payload is made anew. */
  renews?: boolean;
};

/** What an act on tickets did: their numbers, those left alone and why, and the findings that it touched. */
export type TicketsOutcome = { actionId: string | null; changed: readonly number[]; skipped: readonly { number: number; code: RefusalCode; why: string }[]; findings: readonly number[] };

/** `made`: tickets that come out of others, with their entries and what goes out of them. */
export type TicketBatch = { moves: TicketMove[]; skipped: Skip[]; findings: Move[]; made?: { tickets: readonly NewTicket[]; entries: readonly TrailEntry[]; deliveries: readonly NewDelivery[] } };

/** Files what became of one ticket: a move, or the reason why it is left alone. */
export function fileTicket(batch: TicketBatch, ticket: HeldTicket, result: Result<TicketMove>): void {
  if (result.ok) batch.moves.push(result.value);
  else batch.skipped.push({ number: ticket.number, refusal: result.refusal });
}

/** Strict: the first ticket left alone refuses the call. Else only a call that is faulty for every ticket is refused. */
export function refusalOfTickets({ moves, skipped }: TicketBatch, strict: boolean): Refused | null {
  const isFaulty = moves.length === 0 && skipped.length > 0 && skipped.every(({ refusal }) => refusal.code === "invalid");
  const first = strict || isFaulty ? skipped[0] : undefined;
  return first ? { ok: false, refusal: first.refusal } : null;
}

/** The change that the moves of a batch make: the entries of the tickets, those of their findings, then the rows. */
export function changeOfTickets(environment: number, batch: TicketBatch, context: Context): Result<Decided<TicketsOutcome>> {
  const { moves, skipped, findings, made } = batch;
  const [head, ...rest]: TrailEntry[] = [...moves.flatMap(({ entries }) => entries), ...(made?.entries ?? []), ...findings.flatMap((move) => entriesOf(move))];
  const outcome: TicketsOutcome = {
    actionId: head ? context.actionId : null, changed: [...moves.map(({ ticket }) => ticket.number), ...(made?.tickets ?? []).map(({ number }) => number)], skipped: skipped.map(({ number, refusal }) => ({ number, code: refusal.code, why: refusal.message })),
    findings: findings.map(({ finding }) => finding.state.number),
  };
  if (!head) return ok({ unchanged: outcome });
  const deliveries = [...moves.flatMap((move) => move.deliveries ?? []), ...(made?.deliveries ?? [])];
  return ok({
    trail: [head, ...rest], jobs: deliveryJobs(deliveries),
    write: async (tx) => {
      await writeTicketMoves(tx, environment, batch, context);
      await enqueueDelivery(tx, environment, deliveries);
      return outcome;
    },
  });
}

/** The rows of tickets, links and findings, in the order in which no finding ever has two open tickets; what goes out is put in line by the caller. */
export async function writeTicketMoves(tx: Tx, environment: number, { moves, findings, made }: TicketBatch, context: Context): Promise<void> {
  const { now, actor, actionId } = context;
  const links = moves.flatMap((move) => move.links ?? []);
  for (const { ticket, ends } of moves) if (ends) await endLinks(tx, ticket.id, ends, now);
  await updateLinks(tx, links.filter(({ isOpen }) => !isOpen), now);
  await updateTickets(tx, moves.map(({ after }) => after), now);
  await updateLinks(tx, links.filter(({ isOpen }) => isOpen), now);
  if (made) await insertTickets(tx, environment, made.tickets, actor, now);
  await insertLinks(tx, environment, moves.flatMap(({ adds }) => adds ?? []), now);
  await writeMoves(tx, environment, findings, { ...actor, actionId, revokes: null });
  await renewPayloads(tx, environment, moves.filter(({ renews }) => renews).map(({ ticket }) => ticket.number));
}

/** The findings that tickets hold now, taken before the tickets themselves, so that acts on both never wait for each other in a circle. */
export async function lockFindingsOf(tx: Tx, environment: number, numbers: readonly number[]): Promise<Known[]> {
  const linked = await tx.ticketFinding.findMany({
    where: { environmentId: environment, unlinkedAt: null, ticket: { number: { in: [...numbers] } } }, select: { finding: { select: { number: true } } }, orderBy: [{ ticketId: "asc" }, { findingId: "asc" }], take: 100_000,
  });
  return lockFindings(tx, environment, [...new Set(linked.map(({ finding }) => finding.number))]);
}
