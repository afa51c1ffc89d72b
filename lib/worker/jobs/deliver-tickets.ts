import { randomUUID } from "node:crypto";
import { claimDelivery, keepConnector, letGo, takeConnector, type ClaimedDelivery, type Taken } from "@/lib/commands/deliveries/claim";
import { settleDelivery } from "@/lib/commands/deliveries/settle";
import type { Result } from "@/lib/domain/refusal";
import { storable } from "@/lib/domain/storable";
import { afterSearch, ANSWER_SECONDS, remarkOf } from "@/lib/domain/ticket/delivery";
import { ticketPayload } from "@/lib/domain/ticket/payload";
import { remarkSought } from "@/lib/domain/ticket/remark";
import { sentOf } from "@/lib/domain/ticket/sent";
import { env } from "@/lib/env";
import { connectorActor, type Actor } from "@/lib/gate/actor";
import { ask } from "@/lib/outbound";
import { TrackerFault, type Ask, type Outgoing, type Placed } from "@/lib/plugins/connectors/contract";
import { letterFor, openTracker, type Tracker } from "@/lib/plugins/connectors/registry";
import { whereConnector } from "@/lib/queries/connectors-due";

/** How long one tracker is served while others may wait. */
const TURN_MS = 20_000;
/** After so long without a word nothing is asked any more before the lease is sure again: a process may have slept. */
const SURE_MS = 15_000;
const MOST_BYTES = 5_000_000;
/** What is kept of where a ticket stands. */
const [MOST_KEY, MOST_URL] = [200, 2_000];

export type Sending = {
  /** Milliseconds until an answer must have come. */
  timeout: number; turn: number;
  /** Is there a mail server? Left out: as this installation is set up. */
  mails?: boolean;
};
const USUAL: Sending = { timeout: ANSWER_SECONDS * 1_000, turn: TURN_MS };

/**
 * Sends what is due to one tracker, in order, each ticket's deliveries one after the other. Gives true when its turn ended before all was sent.
 * Whoever dies in it leaves at most one delivery `sending`: who follows looks for its ticket before anything is sent again.
 */
export async function deliverTickets(id: number, stop?: AbortSignal, how: Sending = USUAL): Promise<boolean> {
  const where = await whereConnector(id);
  if (!where) return false;
  const lease = randomUUID();
  const actor = connectorActor(where, lease);
  const taken = valueOf(await takeConnector(actor, { environment: where.environment, connector: id, lease }));
  if (!taken) return false;
  try {
    return await serve({ taken, actor, lease, how }, stop);
  } finally {
    await letGo(id, lease).catch(() => undefined);
  }
}

type Shift = { taken: Taken; actor: Actor; lease: string; how: Sending };

async function serve(shift: Shift, stop?: AbortSignal): Promise<boolean> {
  const { taken, actor, lease, how } = shift;
  const began = performance.now();
  while (!stop?.aborted) {
    if (performance.now() - began > how.turn) return true;
    const claimed = valueOf(await claimDelivery(actor, { environment: taken.environment, connector: taken.id, lease, kind: taken.kind }));
    if (!claimed) return false;
    const outcome = await attempted(shift, claimed);
    const { goesOn } = valueOf(await settleDelivery(actor, { environment: taken.environment, delivery: claimed.id, attempt: claimed.attempt, outcome }));
    if (!goesOn) return false;
  }
  return false;
}

/** What became of it, in the words of the command that settles it. What nobody expected is a fault like any other: it may have been done. */
async function attempted(shift: Shift, claimed: ClaimedDelivery): Promise<unknown> {
  try {
    return await send(shift, claimed);
  } catch (error) {
    if (error instanceof TrackerFault) return { did: "fault", kind: error.kind, message: storable(error.message, 2_000), fix: error.fix && storable(error.fix, 500), retryAfter: error.retryAfter === null ? null : Math.min(86_400, Math.ceil(error.retryAfter)) };
    console.error(`delivery ${claimed.id}:`, error);
    return { did: "fault", kind: "invalid", message: "Its settings or its answer are of a form that is not known here; the server's log has it.", fix: "Look at the settings of the connector, then send it again.", retryAfter: null };
  }
}

async function send(shift: Shift, claimed: ClaimedDelivery): Promise<unknown> {
  const { taken } = shift;
  const { ticket, kind, body } = claimed;
  if (taken.secret === null) throw new TrackerFault("credentials", "Its secret cannot be opened.", "Give the secret of the connector anew.");
  const outgoing: Outgoing = { payload: ticketPayload.parse(body.payload ?? ticket.payload), marker: ticket.marker, fields: body.fields, assignee: ticket.assignee, sent: sentOf(ticket.sent), pushes: body.pushes, theirs: body.theirs };
  const reason = kind === "reopen" ? ticket.reopenReason : ticket.reason;
  const remark = body.text ?? remarkOf(kind, { number: ticket.number, reason, notes: ticket.notes });
  const tracker = openTracker(taken.kind, { settings: taken.settings, secret: taken.secret }, askFor(shift));
  // without a server a letter would lie there for ever, and the ticket would say that it was sent
  if (!tracker && !(shift.how.mails ?? env.SMTP_URL !== undefined)) throw new TrackerFault("unreachable", "No mail server is set.", "Set SMTP_URL, and start anew.");
  if (!tracker) return { did: "sent", placed: null, letter: letterFor(taken.settings, outgoing, kind === "create" ? null : remark) };
  const text = tracker.textMark(outgoing);
  if (kind === "create") return claimed.isDoubtful ? search(tracker, outgoing, body) : standing(await tracker.create(outgoing), [], { text });

  const at = { key: ticket.key ?? "", id: ticket.id, url: ticket.url };
  if (kind === "update") {
    if (!tracker.update) return { did: "unable", message: "This destination takes no changes: what was made there stays as it is." };
    const left = await tracker.update(at, outgoing);
    return { did: "sent", placed: null, text: left.some(({ field }) => field === "description") ? null : text, left: left.map(({ field }) => field), note: storable(left.flatMap(({ why }) => why || []).join(" "), 1_000) || null };
  }
  if (!tracker.comment) return { did: "unable", message: "This destination takes no remarks." };
  const isThere = claimed.earlier !== null && (await tracker.said?.(at, remarkSought(remark, claimed.createdAt, claimed.earlier)));
  if (!isThere) await tracker.comment(at, remark);
  return { did: "sent", placed: null };
}

/** What is found was written as the ticket was when it was asked for, not as it is by now. */
async function search(tracker: Tracker, outgoing: Outgoing, { asked, mark }: ClaimedDelivery["body"]): Promise<unknown> {
  const next = afterSearch(tracker.find ? await tracker.find(outgoing.marker) : []);
  if (next === "send") return { did: "not_found" };
  const text = asked ? tracker.textMark({ ...outgoing, payload: asked }) : (mark ?? null);
  return standing(next.link, next.duplicates, { text, isBehind: tracker.update !== null && text !== null && text !== tracker.textMark(outgoing) });
}

/** Where it stands, as it may be kept. A number that cannot be is no fault of the moment: whoever looked again would find the same. */
function standing(at: Placed, duplicates: readonly Placed[], described: { text: string | null; isBehind?: boolean }): unknown {
  const [kept, ...rest] = [at, ...duplicates.slice(0, 200)].map(({ key, id, url }) => ({ key, id: id !== null && id.length <= MOST_KEY ? id : null, url: url !== null && url.length <= MOST_URL ? url : null }));
  const isSound = ({ key }: { key: string }) => key.length > 0 && key.length <= MOST_KEY;
  if (!kept || !isSound(kept)) return { did: "misplaced", message: `It was made, but its number over there is ${kept?.key ? `longer than ${MOST_KEY} characters` : "empty"}. Look at the field of the number in the settings of the connector, then link the ticket by hand.` };
  return { did: "sent", placed: kept, ...described, duplicates: rest.filter(isSound).map(({ key, url }) => ({ key, url })) };
}

/** The way out of one delivery. Before each question the lease must be sure: a process that slept past it asks nothing. */
function askFor({ taken, lease, how }: Shift): Ask {
  let sure = performance.now();
  return async (request) => {
    if (performance.now() - sure > SURE_MS && !(await keepConnector(taken.id, lease))) throw new TrackerFault("unreachable", "Another worker has taken over.");
    sure = performance.now();
    return ask(request, { timeout: how.timeout, maxBytes: MOST_BYTES, allowInside: env.DOCKET_TRACKERS_INSIDE === "1" });
  };
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.refusal.message);
  return result.value;
}
