import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { holdDelivery, rivalFor, type HeldDelivery } from "@/lib/db/sql/deliveries";
import { addSent, cancelAssigning, connectorAnswered, connectorFailed, placeTicket, setSync, updateDelivery } from "@/lib/db/sql/delivery-write";
import { insertMails } from "@/lib/db/sql/notices";
import { FAULT_KINDS } from "@/lib/domain/connector/asking";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { storable } from "@/lib/domain/storable";
import { afterFault, CIRCUIT_FAILURES, duplicatesSentence, type Next } from "@/lib/domain/ticket/delivery";
import { toldBy } from "@/lib/domain/ticket/sent";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type TrailEntry } from "@/lib/gate/commit";
import { enqueueDelivery, ticketTrail } from "@/lib/gate/tickets";

const id = z.number().int().positive().max(2_147_483_647);
const placed = z.object({ key: z.string().min(1).max(200), id: z.string().max(200).nullable(), url: z.string().max(2_000).nullable() });
const letter = z.object({ to: z.array(z.string()).min(1).max(30), cc: z.array(z.string()).max(60), subject: z.string().max(300), text: z.string().max(1_000_000), html: z.string().max(1_000_000) });
const outcome = z.discriminatedUnion("did", [
  z.object({ did: z.literal("sent"), placed: placed.nullable(), duplicates: z.array(placed.pick({ key: true, url: true })).max(200).default([]), letter: letter.nullable().default(null), left: z.array(z.string().max(50)).max(10).default([]), text: z.string().max(64).nullable().default(null), isBehind: z.boolean().default(false), note: z.string().max(1_000).nullable().default(null) }),
  z.object({ did: z.literal("fault"), kind: z.enum(FAULT_KINDS), message: z.string().max(2_000), fix: z.string().max(500).nullable(), retryAfter: z.number().int().min(0).max(86_400).nullable() }),
  z.object({ did: z.literal("not_found") }),
  z.object({ did: z.literal("unable"), message: z.string().max(500) }),
  z.object({ did: z.literal("misplaced"), message: z.string().max(500) }),
]);
const input = z.object({ environment: id, delivery: id, attempt: z.number().int().positive(), outcome });
type Asked = z.output<typeof input>;
type Outcome<Did> = Extract<Asked["outcome"], { did: Did }>;

/** Goes the runner on with this tracker at once? */
export type Settled = { goesOn: boolean };

/**
 * What became of a delivery, `{environment, delivery, attempt, outcome}`: sent and where it stands now, a fault, looked for and not found, nothing
 * that this destination can do, or made where the ticket cannot stand. A key that arrives late, from a runner that had lost its lease, is linked all the same, or named as a duplicate.
 */
export function settleDelivery(actor: Actor, raw: unknown): Promise<Result<Settled>> {
  return commit(actor, { act: "delivery.steer", input, work }, raw);
}

async function work(tx: Tx, { environment, delivery: number, attempt, outcome: came }: Asked): Promise<Result<Change<Settled>>> {
  const held = await holdDelivery(tx, environment, number);
  if (!held) return refuse("missing", `There is no delivery ${number} here.`);
  const isMine = (held.status === "sending" || held.status === "in_doubt") && held.attempts === attempt;
  const key = came.did === "sent" && held.kind === "create" && held.key === null ? came.placed?.key : undefined;
  const rival = key === undefined ? null : await rivalFor(tx, held, key);
  if (rival !== null && isMine) return misplaced(held, `${key} is T-${rival} already. Link T-${rival} to the issue that it is, or merge the two tickets, then send this again.`);
  if (came.did === "sent") return rival === null ? sent(environment, held, came, isMine) : ok({ unchanged: { goesOn: false } });
  if (!isMine) return ok({ unchanged: { goesOn: false } });
  if (came.did === "fault") return failed(held, came);
  if (came.did === "misplaced") return misplaced(held, came.message);
  if (came.did === "not_found") return ok({
    books: async (within) => {
      await updateDelivery(within, held.id, { status: "pending", error: null });
      await connectorAnswered(within, held.connector);
      return { goesOn: true };
    },
  });
  return ok({
    books: async (within) => {
      await updateDelivery(within, held.id, { status: "cancelled", error: came.message });
      return { goesOn: true };
    },
  });
}

/** It is there. The key that a ticket has stays: a second one is a duplicate, which a person closes over there. */
function sent(environment: number, held: HeldDelivery, { placed: at, duplicates, letter: mail, left, text, isBehind, note }: Outcome<"sent">, isMine: boolean): Result<Change<Settled>> {
  const isLate = !isMine && (held.status === "sent" || held.status === "cancelled");
  const isNews = at !== null && held.key !== at.key;
  if (isLate && !isNews) return ok({ unchanged: { goesOn: false } });
  const isOther = isNews && held.key !== null;
  const others = [...(held.body.duplicates ?? []), ...duplicates, ...(isOther ? [{ key: at.key, url: at.url }] : [])];
  const error = duplicatesSentence(held.key ?? at?.key ?? "", others) ?? note;
  const told = { ...toldBy(held.kind, held.body.said ?? {}, { fields: held.body.fields, left }), ...(text === null ? {} : { text }) };
  const isLinked = held.kind === "create" && isNews && held.key === null;
  const write = async (within: Tx): Promise<Settled> => {
    if (isLinked) await placeTicket(within, held.ticketId, { ...at, sent: told });
    else await setSync(within, held.ticketId, "sent");
    if (held.kind === "update") await addSent(within, held.ticketId, told);
    await updateDelivery(within, held.id, { status: "sent", error, duplicates: others });
    if (isLinked && held.status === "in_doubt" && held.body.mark !== undefined) await cancelAssigning(within, held.ticketId);
    if (isLinked && isBehind) await catchUp(within, environment, held);
    await connectorAnswered(within, held.connector);
    if (mail) await insertMails(within, environment, [{ key: `delivery:${held.id}`, to: mail.to[0] ?? "", cc: [...mail.to.slice(1), ...mail.cc], subject: mail.subject, text: mail.text, html: mail.html, headers: {} }]);
    return { goesOn: true };
  };
  if (held.kind !== "create") return ok({ books: write, jobs: mail ? [{ name: "send-mail", payload: {} }] : [] });
  const said = { connector: held.connectorName, external_key: at?.key ?? null, external_url: at?.url ?? null, ...(others.length > 0 ? { duplicates: others.map(({ key }) => key) } : {}) };
  const entry: TrailEntry = isLinked ? ticketTrail({ number: held.ticket, version: held.version }, "ticket.sent", { after: said, reason: error }) : { action: "ticket.sent", record: { type: "ticket", number: held.ticket }, after: said, reason: error };
  return ok({ trail: [entry], write, jobs: mail ? [{ name: "send-mail", payload: {} }] : [] });
}

/** The issue that was found does not say what the ticket says by now: any change that goes out to it brings its description along. */
async function catchUp(tx: Tx, environment: number, { ticketId, ticket, connector }: HeldDelivery): Promise<void> {
  const waits = await tx.delivery.findFirst({ where: { ticketId, kind: "update", status: "pending" }, select: { id: true } });
  if (!waits) await enqueueDelivery(tx, environment, [{ ticket, connector, kind: "update", body: { fields: [] } }]);
}

/** It was made, and the ticket cannot be linked to it: looking for it would find the same again, so a person has to end it. */
function misplaced(held: HeldDelivery, error: string): Result<Change<Settled>> {
  return ok({
    trail: [{ action: "ticket.send_failed", record: { type: "ticket", number: held.ticket }, after: { connector: held.connectorName, kind: held.kind }, reason: error }],
    write: async (within) => {
      await updateDelivery(within, held.id, { status: "failed", error });
      await setSync(within, held.ticketId, "failed");
      await connectorAnswered(within, held.connector);
      return { goesOn: true };
    },
  });
}

const SYNC_AFTER = { in_doubt: "in_doubt", failed: "failed", gone: "gone", pending: null } as const satisfies Record<Next["status"], string | null>;
const TOLD = { in_doubt: "ticket.in_doubt", failed: "ticket.send_failed", gone: "ticket.gone_there" } as const;

/** It did not go well: by the table of faults. What people have to know is logged once, not at every try. */
function failed(held: HeldDelivery, fault: Outcome<"fault">): Result<Change<Settled>> {
  const isSearch = held.status === "in_doubt";
  const next = afterFault(fault, { kind: held.kind, isSearch, attempts: held.attempts, failures: held.failures, lagSeconds: held.lagSeconds });
  const error = [fault.message, fault.fix].filter(Boolean).join(" ");
  const sync = SYNC_AFTER[next.status];
  const write = async (within: Tx): Promise<Settled> => {
    await updateDelivery(within, held.id, { status: next.status === "gone" ? "failed" : next.status, error, waitSeconds: next.waitSeconds });
    if (sync) await setSync(within, held.ticketId, sync);
    if (fault.kind !== "invalid" && fault.kind !== "gone") await connectorFailed(within, held.connector, { ...next, error });
    return { goesOn: next.goesOn };
  };
  const told: TrailEntry[] = [];
  if (next.status !== "pending" && sync !== held.sync) told.push({ action: TOLD[next.status], record: { type: "ticket", number: held.ticket }, after: { connector: held.connectorName, kind: held.kind }, reason: storable(error, 1_000) });
  if (next.openSeconds !== null && held.failures < CIRCUIT_FAILURES) told.push({ action: "connector.opened", record: { type: "connector", number: held.connector }, after: { name: held.connectorName, failures: next.failures, seconds: next.openSeconds }, reason: storable(error, 1_000) });
  const [first, ...rest] = told;
  return first ? ok({ trail: [first, ...rest], write }) : ok({ books: write });
}
