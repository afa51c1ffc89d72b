import { createHash } from "node:crypto";
import type { Tx } from "@/lib/db/client";
import { connectorsOf, environmentName, ticketFacts, type StoredConnector } from "@/lib/db/sql/ticket-facts";
import { lockTicketRows, ticketChangesSince, ticketsByNumber, type HeldTicket } from "@/lib/db/sql/ticket-lock";
import { insertDeliveries, updatePayloads, type NewDelivery } from "@/lib/db/sql/ticket-write";
import type { AuditAction } from "@/lib/domain/audit/actions";
import type { Skip } from "@/lib/domain/finding/batch";
import { grouped } from "@/lib/domain/grouped";
import { spokenInstant } from "@/lib/domain/instant";
import type { Job } from "@/lib/domain/jobs";
import { ok, refuse, refuseInput, type Refused, type Result } from "@/lib/domain/refusal";
import { isChangedFromHere } from "@/lib/domain/ticket/drift";
import { ticketPayload, type TicketPayload } from "@/lib/domain/ticket/payload";
import { payloadOf } from "@/lib/domain/ticket/payload-of";
import { MAX_TICKET_FINDINGS, type Destination } from "@/lib/domain/ticket/words";
import { needed } from "@/lib/env";
import type { TrailEntry } from "@/lib/gate/commit";

export type { HeldTicket } from "@/lib/db/sql/ticket-lock";
export type { NewDelivery } from "@/lib/db/sql/ticket-write";

/** The tickets of these numbers, held until the transaction ends, with all their links; unknown numbers are left out. Findings are held first. */
export async function lockTickets(tx: Tx, environment: number, numbers: readonly number[]): Promise<HeldTicket[]> {
  return lockTicketRows(tx, environment, numbers);
}

export type TicketTarget = { number: number; version?: number | null | undefined };
export type TicketDesk = { environment: number; known: readonly HeldTicket[]; skipped: readonly Skip[] };

/** Takes tickets into hand. Unknown numbers and those that moved past the version that the caller saw are put aside with the reason. */
export async function openTickets(tx: Tx, environment: number, items: readonly TicketTarget[]): Promise<TicketDesk> {
  const seen = new Map(items.map(({ number, version }) => [number, version ?? null]));
  const held = await lockTickets(tx, environment, [...seen.keys()]);
  const saw = (ticket: HeldTicket) => seen.get(ticket.number) ?? ticket.version;
  const stale = held.filter((ticket) => saw(ticket) !== ticket.version);
  const moved = await ticketChangesSince(tx, environment, stale.map((ticket) => ({ number: ticket.number, version: saw(ticket) })));
  const missing = [...seen.keys()].filter((number) => !held.some((ticket) => ticket.number === number));
  return {
    environment, known: held.filter((ticket) => !stale.includes(ticket)),
    skipped: [
      ...missing.map((number): Skip => ({ number, refusal: { code: "missing", message: `There is no ticket T-${number} here.` } })),
      ...stale.map(({ number, version }): Skip => {
        const changes = moved.filter(({ ticket }) => ticket === number).map(({ at, ...each }) => ({ ...each, at: at.toISOString() }));
        const newest = changes[0];
        const what = newest ? `${newest.by} changed it at ${spokenInstant(new Date(newest.at))}: ${newest.action}.` : `T-${number} is at version ${version}.`;
        return { number, refusal: { code: "stale", message: what, next: "Look at it as it is now, then decide again.", changes } };
      }),
    ],
  };
}

/** One ticket in hand, or the refusal that says why not. */
export async function openTicket(tx: Tx, environment: number, target: TicketTarget): Promise<Result<HeldTicket>> {
  const { known: [ticket], skipped: [skip] } = await openTickets(tx, environment, [target]);
  if (ticket) return ok(ticket);
  return skip ? { ok: false, refusal: skip.refusal } : refuse("missing", `There is no ticket T-${target.number} here.`);
}

type Said = { before?: Readonly<Record<string, unknown>>; after?: Readonly<Record<string, unknown>>; reason?: string | null; note?: string | null; bySystem?: boolean };

/** An entry of the log about a ticket. `after` says its version as well, so that a stale screen can be told what it missed. */
export function ticketTrail(ticket: { number: number; version: number }, action: AuditAction, { before, after, reason, note, bySystem }: Said = {}): TrailEntry {
  return {
    action, record: { type: "ticket", number: ticket.number }, before: before ?? null, after: { ...after, version: ticket.version + 1 }, reason: reason ?? null, note: note ?? null,
    ...(bySystem ? { bySystem } : {}),
  };
}

/** What makes a new ticket in its tracker, and gives it there to whom it is given here: a tracker that does not know them still takes the ticket. None where it is kept here. */
export function creationOf({ number: ticket, connectorId: connector, assigneeId, destination }: Pick<HeldTicket, "number" | "connectorId" | "assigneeId" | "destination">): NewDelivery[] {
  if (connector === null) return [];
  const assigns: NewDelivery[] = assigneeId !== null && isChangedFromHere(destination) ? [{ ticket, connector, kind: "update", body: { fields: ["assignee"] } }] : [];
  return [{ ticket, connector, kind: "create", body: {} }, ...assigns];
}

type Placed = Pick<HeldTicket, "number" | "connectorId" | "sync" | "isUnplugged" | "isCalledOff">;

/** What goes out to the tracker where a ticket stands in one, and both are still there; nothing else: it would wait for ever. */
export function deliveriesOf(ticket: Placed, kind: Exclude<NewDelivery["kind"], "create">, body: NewDelivery["body"]): NewDelivery[] {
  const isDeaf = ticket.sync === "gone" || ticket.isUnplugged || ticket.isCalledOff;
  return ticket.connectorId === null || isDeaf ? [] : [{ ticket: ticket.number, connector: ticket.connectorId, kind, body }];
}

/** What goes out beside a reopening where its findings were rated otherwise while it was closed: nobody was told then. Its payload has to be made anew. */
export function severityAnew(ticket: HeldTicket): NewDelivery[] {
  const said = ticketPayload.safeParse(ticket.payload).data;
  return said?.severity === ticket.severity || !isChangedFromHere(ticket.destination) ? [] : deliveriesOf(ticket, "update", { fields: ["severity"] });
}

/** Puts deliveries in line, in the order given, each tracker's its own. The jobs that send them go with the act: `deliveryJobs`. */
export async function enqueueDelivery(tx: Tx, environment: number, deliveries: readonly NewDelivery[]): Promise<void> {
  await insertDeliveries(tx, environment, deliveries);
}

/** One job for each tracker that has something to send. */
export function deliveryJobs(deliveries: readonly NewDelivery[]): Job[] {
  return [...new Set(deliveries.map(({ connector }) => connector))].map((connector) => ({ name: "deliver-tickets", payload: { connector } }));
}

/** The address of a record that people open. */
export function permalinks(environment: number): (kind: "tickets" | "findings", number: number) => string {
  const site = needed("AUTH_URL");
  return (kind, number) => new URL(`/e/${environment}/${kind}/${number}`, site).href;
}

/** sha256 of a payload, hexadecimal, over its JSON as payloadOf orders it. */
export function payloadHash(payload: TicketPayload): string {
  return createHash("sha256").update(JSON.stringify(payload)).digest("hex");
}

const TICKETS_AT_A_TIME = 200;
const MOST_CHECKS = 30;

/** Makes the payloads of tickets anew, after what they say or hold has changed. By number, within the act. As many at a time as one ticket may hold findings. */
export async function renewPayloads(tx: Tx, environment: number, numbers: readonly number[]): Promise<void> {
  if (numbers.length === 0) return;
  const name = await environmentName(tx, environment);
  for (let from = 0; from < numbers.length; from += TICKETS_AT_A_TIME) {
    let lot: HeldTicket[] = [];
    for (const ticket of await ticketsByNumber(tx, environment, numbers.slice(from, from + TICKETS_AT_A_TIME))) {
      if ([...lot, ticket].reduce((count, one) => count + standing(one).length, 0) > MAX_TICKET_FINDINGS) {
        await renewLot(tx, environment, name, lot);
        lot = [];
      }
      lot.push(ticket);
    }
    await renewLot(tx, environment, name, lot);
  }
}

const standing = ({ links }: HeldTicket) => links.filter(({ unlinkedAt }) => unlinkedAt === null);

async function renewLot(tx: Tx, environment: number, name: string, lot: readonly HeldTicket[]): Promise<void> {
  const facts = new Map((await ticketFacts(tx, environment, lot.flatMap((ticket) => standing(ticket).map(({ id }) => id)))).map((one) => [one.id, one]));
  const ids = lot.map(({ id }) => id);
  const checks = grouped(await tx.ticketCheck.findMany({ where: { ticketId: { in: ids }, position: { lte: MOST_CHECKS } }, orderBy: [{ ticketId: "asc" }, { position: "asc" }], select: { ticketId: true, label: true } }), ({ ticketId }) => ticketId);
  await updatePayloads(tx, lot.map((ticket) => {
    const findings = standing(ticket).flatMap(({ id }) => facts.get(id) ?? []).toSorted((one, other) => one.number - other.number);
    const checklist = (checks.get(ticket.id) ?? []).map(({ label }) => label);
    const payload = payloadOf({ ...ticket, ticket: ticket.number, environment: name, assignee: ticket.assigneeName, checklist, findings, permalinkTo: permalinks(environment) });
    return { id: ticket.id, payload, hash: payloadHash(payload) };
  }));
}

type Where = { connector?: number | null | undefined; destination?: string | undefined };
export type Place = { destination: Destination; connectorId: number | null; name: string | null };

/** Kept in Docket alone. */
export const HERE: Place = { destination: "internal", connectorId: null, name: null };

/** The tracker that is meant, by number, kind or name; nothing named: the ticket stays here. One that is switched off takes none. */
export async function placeOf(tx: Tx, environment: number, { connector, destination }: Where): Promise<Result<Place>> {
  if ((connector === null || connector === undefined) && (destination === undefined || destination === "internal")) return ok(HERE);
  const all = await connectorsOf(tx, environment);
  const word = destination?.toLowerCase();
  const meant = all.filter(({ id, kind, name }) => (typeof connector === "number" ? id === connector : kind === word || kind.split("_")[0] === word || name.toLowerCase() === word));
  const [only, ...others] = meant;
  if (!only) return unknownPlace(all, typeof connector === "number" ? "connector" : "destination");
  if (others.length > 0) return refuseInput([{ path: "destination", message: `${meant.map(({ name }) => name).join(" and ")} answer to that: name one.` }]);
  return only.enabled ? ok({ destination: only.kind, connectorId: only.id, name: only.name }) : refuse("conflict", `${only.name} is switched off.`, { next: "Switch it on in the settings, or keep the ticket here." });
}

function unknownPlace(all: readonly StoredConnector[], path: string): Refused {
  const names = all.filter(({ enabled }) => enabled).map(({ name }) => name);
  return refuseInput([{ path, message: `There is no such tracker here. ${names.length > 0 ? `There are: ${names.join(", ")}, and internal.` : "Tickets stay here: internal."}` }]);
}
