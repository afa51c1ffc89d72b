import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { policyOf } from "@/lib/db/policy";
import type { Tx } from "@/lib/db/client";
import { lockFixes } from "@/lib/db/sql/scan-proof";
import { connectorInUse, isMaking, isOnItsWay, markHeard, ticketOfIssue, ticketWithKey, writeThere, type Standing } from "@/lib/db/sql/ticket-there";
import { grouped } from "@/lib/domain/grouped";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { driftOf, stillSilent, type Compared } from "@/lib/domain/ticket/drift";
import { ticketPayload } from "@/lib/domain/ticket/payload";
import { aimOf, backSettings, heard, isDeclined, recordedOf, rekeyed, report, steer, type Back, type Recorded, type Report } from "@/lib/domain/ticket/there";
import type { Remediation } from "@/lib/domain/ticket/words";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context, type TrailEntry } from "@/lib/gate/commit";
import { moveFixes, NOTHING_FOLLOWS, together, type Following } from "@/lib/gate/remediation";
import { writeTicketMoves, type TicketMove } from "@/lib/gate/ticket-moves";
import { lockTickets, type HeldTicket } from "@/lib/gate/tickets";
import { closedTicket } from "./steps/close-one";

const id = z.number().int().positive().max(2_147_483_647);
const input = z.object({ environment: id, connector: id, report });
type Asked = z.output<typeof input>;

/** What became of a report. `early`: it may be of a ticket that is being made at this moment. */
export type Applied = { outcome: "applied" | "same" | "older" | "unknown" | "early"; ticket: number | null };

/**
 * Records what a tracker says of one of its issues, `{environment, connector, report}`. Its status moves the fixes by the connector's mapping; title,
 * severity, assignee, priority and labels are compared and never taken over; Done closes nothing here unless the connector's settings say so, and never
 * touches a finding. What is older than what is known changes nothing. Asked by a job, as the connector.
 */
export function applyThere(actor: Actor, raw: unknown): Promise<Result<Applied>> {
  return commit(actor, { act: "ticket.write", input, work }, raw);
}

async function work(tx: Tx, { environment, connector: number, report: told }: Asked, context: Context): Promise<Result<Change<Applied>>> {
  const connector = await connectorInUse(tx, environment, number);
  if (!connector) return refuse("missing", `There is no connector ${number} in use here.`);
  const which = await ticketOfIssue(tx, number, told);
  const [ticket] = which === null ? [] : await lockTickets(tx, environment, [which]);
  if (!ticket) return ok({ unchanged: { outcome: (await isMaking(tx, number)) ? "early" : "unknown", ticket: null } });

  const known = recordedOf(ticket.external, ticket.externalKey);
  const news = heard(known, told);
  if (!news) return ok({ unchanged: { outcome: "older", ticket: ticket.number } });
  const back = backSettings.parse(connector.settings);
  const placed = await place(tx, connector.id, ticket, news, told);
  const { following, before } = await steered(tx, { environment, ticket, known, news, back, name: connector.name }, context);
  const drift = await judged(tx, ticket, { ...placed.external, before }, back);
  const next: Standing = { ...placed, ...drift, isDone: news.isDone, sync: news.isGone ? "gone" : ticket.sync === "gone" ? "sent" : ticket.sync };

  const trail = entriesOf(ticket, known, next);
  const closing = await closings(tx, { environment, ticket, known, news, back, name: connector.name }, context);
  const outcome: Applied = { outcome: "applied", ticket: ticket.number };
  const [head, ...rest] = [...trail, ...following.trail, ...(closing?.entries ?? [])];
  if (!head) return ok({ books: async (within) => writeSame(within, ticket, next, told) });
  return ok({
    trail: [head, ...rest], jobs: following.jobs,
    write: async (within) => {
      await following.write(within);
      if (closing) await writeTicketMoves(within, environment, { moves: [closing], skipped: [], findings: [] }, context);
      await writeThere(within, ticket.id, next, next.key !== ticket.externalKey);
      return outcome;
    },
  });
}

/** Only its clock has moved, or that it was heard of. */
async function writeSame(tx: Tx, ticket: HeldTicket, next: Standing, { asked }: Report): Promise<Applied> {
  if (!isDeepStrictEqual(next.external, ticket.external) || next.id !== ticket.externalId) await writeThere(tx, ticket.id, next, false);
  else if (asked) await markHeard(tx, ticket.id);
  return { outcome: "same", ticket: ticket.number };
}

/** Its key, id and address after the report: another key where it was moved or merged, unless a ticket here has that already. */
async function place(tx: Tx, connector: number, ticket: HeldTicket, news: Recorded, told: Report): Promise<Pick<Standing, "external" | "key" | "id" | "url">> {
  const key = ticket.externalKey ?? told.key;
  const stays = { external: news, key, id: ticket.externalId ?? told.id, url: ticket.externalUrl ?? told.url };
  if (told.isDeleted) return stays;
  const to = told.mergedInto ?? told.movedTo ?? told.key;
  if (to === key) return stays;
  const isMerged = told.mergedInto !== null;
  if ((await ticketWithKey(tx, connector, to, ticket.id)) !== null) return { ...stays, external: { ...news, merged: to } };
  return { external: rekeyed(news, to, isMerged), key: to, id: isMerged ? null : stays.id, url: isMerged ? null : (told.url ?? stays.url) };
}

type Steering = { environment: number; ticket: HeldTicket; known: Recorded; news: Recorded; back: Back; name: string };

/** Moves the fixes of an open ticket where its status over there says something else than before. */
async function steered(tx: Tx, { environment, ticket, known, news, back, name }: Steering, { now }: Context): Promise<{ following: Following; before: Recorded["before"] }> {
  if (ticket.state === "closed") return { following: NOTHING_FOLLOWS, before: known.before };
  const [was, is] = [aimOf(known, back), aimOf(news, back)];
  if (was === is) return { following: NOTHING_FOLLOWS, before: known.before };
  const fixes = await lockFixes(tx, environment, { tickets: [ticket.id] });
  const { moves, before } = steer(fixes, known.before, was, is);
  const { tickets: policy } = await policyOf(tx, environment);
  const all: Following[] = [];
  for (const [to, movers] of grouped<{ finding: number; to: Remediation }, Remediation>(moves, (move) => move.to)) {
    const meant = fixes.filter(({ finding }) => movers.some((move) => move.finding === finding));
    all.push(await moveFixes(tx, environment, meant, { to, by: "connector", now, policy, reason: `${name}: ${news.status ?? "no status"}`.slice(0, 500) }));
  }
  return { following: together(...all), before };
}

/** In what it differs from here: what is gone in nothing. While a change of ours is on its way the last judgement stands: what was sent is not there yet. */
async function judged(tx: Tx, ticket: HeldTicket, there: Recorded, { priorities }: Back): Promise<Pick<Standing, "external" | "drift">> {
  if (there.isGone) return { external: there, drift: [] };
  if (await isOnItsWay(tx, ticket.id)) return { external: there, drift: ticket.drift };
  const { title, severity, assignee, assigneeName, priority, labels } = ticket;
  const compared: Compared = { ours: { title, severity, assignee, assigneeName, priority, labels }, sent: ticketPayload.safeParse(ticket.payload).data ?? null, there, priorities };
  const external = { ...there, silent: stillSilent(compared) };
  return { external, drift: driftOf(compared).map(({ field }) => field) };
}

const SAID = ["status", "assignee", "title", "severity", "priority", "labels"] as const;

/** What changed over there, in the words of the log: nothing where only its clock did. */
function entriesOf(ticket: HeldTicket, known: Recorded, next: Standing): TrailEntry[] {
  const record = { type: "ticket", number: ticket.number };
  if (next.external.isGone && !known.isGone) return [{ action: "ticket.gone_there", record, before: { external_key: ticket.externalKey, sync: ticket.sync }, after: { sync: "gone" } }];
  const pairs: [string, unknown, unknown][] = [
    ...SAID.map((field): [string, unknown, unknown] => [field, known[field], next.external[field]]),
    ["external_key", ticket.externalKey, next.key], ["merged_into", known.merged, next.external.merged], ["done", ticket.externalDone, next.isDone], ["drift", ticket.drift, next.drift], ["sync", ticket.sync, next.sync],
  ];
  const changed = pairs.filter(([, was, is]) => !isDeepStrictEqual(was, is));
  if (changed.length === 0) return [];
  const isMoved = next.key !== ticket.externalKey;
  return [{
    action: "ticket.changed_there", record, before: Object.fromEntries(changed.map(([field, was]) => [field, was])),
    after: { ...Object.fromEntries(changed.map(([field, , is]) => [field, is])), ...(isMoved ? { version: ticket.version + 1 } : {}) },
  }];
}

/** Its Done closes the ticket where the connector's settings say so, and it ended with a fix: once, so that a ticket that was opened again here stays open. */
async function closings(tx: Tx, { environment, ticket, known, news, back, name }: Steering, context: Context): Promise<TicketMove | null> {
  if (!back.closes || ticket.state === "closed" || news.isGone || known.isDone || !news.isDone || isDeclined(news.status)) return null;
  const { tickets: policy } = await policyOf(tx, environment);
  const move = closedTicket(ticket, { reason: "patched", notes: `${name} says: ${news.status ?? "done"}.` }, context, policy);
  return move.ok ? move.value : null;
}
