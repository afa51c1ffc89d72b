import { z } from "zod";
import type { FaultKind } from "@/lib/domain/connector/asking";
import { ticketPayload } from "./payload";
import { sentWords } from "./sent";

export const DELIVERY_KINDS = ["create", "update", "close", "reopen", "comment"] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];
export const DELIVERY_STATUSES = ["pending", "sending", "in_doubt", "failed", "sent", "cancelled"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/**
 * What a delivery carries: `payload` where it sends another one than the ticket's, `fields` that a change is of, `text` of a remark, `duplicates` that carry
 * the same marker over there; `said`: how the ticket was when it was last sent off; `asked`: the payload with which a new one was asked for last; `mark`: of the
 * description that was last sent to the issue that a ticket had before it is made anew, null: not known; `pushes`: a person sends ours again over these labels of `theirs`.
 */
export const deliveryBody = z.looseObject({
  payload: ticketPayload.optional(), fields: z.array(z.string().max(50)).max(50).optional(), text: z.string().max(20_000).optional(),
  said: sentWords.optional().catch(undefined), asked: ticketPayload.optional().catch(undefined), mark: z.string().max(64).nullable().optional(), pushes: z.boolean().optional(), theirs: z.array(z.string().max(200)).max(100).optional(),
  duplicates: z.array(z.object({ key: z.string(), url: z.string().nullable() })).max(200).optional(),
});
export type DeliveryBody = z.output<typeof deliveryBody>;

/** After so many failures in a row nothing is sent for a while; then one delivery tries it for all. */
export const CIRCUIT_FAILURES = 5;
const CIRCUIT_SECONDS = 30;
const LONGEST_SECONDS = 900;
/** How often one delivery is tried before a person has to look at it. */
export const DELIVERY_ATTEMPTS = 10;
/** How long an answer may take; a request whose runner died counts as under way for as long. */
export const ANSWER_SECONDS = 20;

/** Twice as long after each failure, 15 minutes at most. */
export function backOff(failures: number, from = 5): number {
  return Math.min(LONGEST_SECONDS, from * 2 ** Math.max(0, Math.min(30, failures - 1)));
}

type FaultRule = {
  /** What becomes of a delivery that makes a ticket; of any other. */
  create: "pending" | "in_doubt" | "failed"; other: "pending" | "failed" | "gone";
  /** Whose trouble it is: the tracker's as a whole, which then waits, or this delivery's alone. */
  of: "tracker" | "delivery";
  /** Does it count towards the circuit; does it open it at once? */
  circuit: "counts" | "opens" | "no";
};

/**
 * What follows from a fault. Whatever may have been done is in doubt and looked for before it is sent again: also a 5xx, since many a tracker has
 * saved the ticket before its answer broke. Credentials and permission are mended for the tracker as a whole: its deliveries wait for it.
 */
const FAULT_RULES = {
  unreachable: { create: "pending", other: "pending", of: "tracker", circuit: "counts" },
  in_doubt: { create: "in_doubt", other: "pending", of: "delivery", circuit: "counts" },
  server: { create: "in_doubt", other: "pending", of: "delivery", circuit: "counts" },
  limited: { create: "pending", other: "pending", of: "tracker", circuit: "no" },
  credentials: { create: "pending", other: "pending", of: "tracker", circuit: "opens" },
  permission: { create: "pending", other: "failed", of: "tracker", circuit: "opens" },
  invalid: { create: "failed", other: "failed", of: "delivery", circuit: "no" },
  gone: { create: "failed", other: "gone", of: "delivery", circuit: "no" },
} as const satisfies Record<FaultKind, FaultRule>;

export type Standing = {
  kind: DeliveryKind;
  /** Was the ticket looked for, rather than written? A search changes nothing, so its own faults leave the doubt as it was. */
  isSearch: boolean;
  /** Tries of this delivery, this one among them. */
  attempts: number;
  /** Failures of the tracker in a row before this one. */
  failures: number;
  lagSeconds: number;
};

/** What becomes of the delivery and when it is due again; what becomes of its tracker: how many failures in a row, and for how many seconds it is left alone. */
export type Next = {
  status: "pending" | "in_doubt" | "failed" | "gone"; waitSeconds: number;
  failures: number; openSeconds: number | null; pauseSeconds: number | null;
  /** Goes on with the next delivery of this tracker at once? */
  goesOn: boolean;
};

/** After a fault: the delivery's next step and its tracker's, with a server's Retry-After honoured. */
export function afterFault(fault: { kind: FaultKind; retryAfter: number | null }, at: Standing): Next {
  const rule: FaultRule = FAULT_RULES[fault.kind];
  const failures = rule.circuit === "no" ? at.failures : rule.circuit === "opens" ? Math.max(CIRCUIT_FAILURES, at.failures + 1) : at.failures + 1;
  const opens = rule.circuit !== "no" && failures >= CIRCUIT_FAILURES;
  const openSeconds = opens ? Math.max(backOff(failures - CIRCUIT_FAILURES + 1, CIRCUIT_SECONDS), fault.retryAfter ?? 0) : null;
  const asked = fault.kind === "limited" ? Math.max(1, fault.retryAfter ?? CIRCUIT_SECONDS) : fault.retryAfter;
  const pauseSeconds = asked ?? (rule.of === "tracker" && !opens ? backOff(failures) : null);
  const status = statusAfter(rule, at);
  return { status, waitSeconds: waitAfter(status, rule, at), failures, openSeconds, pauseSeconds, goesOn: openSeconds === null && pauseSeconds === null };
}

function statusAfter(rule: FaultRule, at: Standing): Next["status"] {
  const status = at.kind !== "create" ? rule.other : at.isSearch ? "in_doubt" : rule.create;
  const isOver = at.attempts >= DELIVERY_ATTEMPTS && rule.of === "delivery" && status === "pending";
  return isOver ? "failed" : status;
}

/** What is the tracker's trouble keeps its place in the order: it waits with its tracker. A doubt waits until the search would show the ticket. */
function waitAfter(status: Next["status"], rule: FaultRule, at: Standing): number {
  if (status === "failed" || status === "gone") return 0;
  if (status === "in_doubt" && !at.isSearch) return at.lagSeconds;
  return rule.of === "tracker" ? 0 : backOff(at.attempts);
}

/** Closed: all is sent. Open: nothing is, until then. Half-open: the next delivery tries it for all. */
export type Circuit = "closed" | "open" | "half_open";

export function circuitOf({ failures, openUntil }: { failures: number; openUntil: Date | null }, now: Date): Circuit {
  if (openUntil !== null && openUntil > now) return "open";
  return failures >= CIRCUIT_FAILURES ? "half_open" : "closed";
}

/** What the search for a doubtful ticket came to: send it again, or link the oldest and name the others. */
export function afterSearch<Found extends { key: string; url: string | null }>(found: readonly Found[]): { link: Found; duplicates: readonly Found[] } | "send" {
  const [oldest, ...others] = found;
  return oldest ? { link: oldest, duplicates: others } : "send";
}

/** What a person reads of the others. */
export function duplicatesSentence(linked: string, others: readonly { key: string }[]): string | null {
  if (others.length === 0) return null;
  return `${linked} is linked, the oldest of ${others.length + 1} that were made: close ${others.map(({ key }) => key).slice(0, 20).join(", ")} over there.`;
}

const ENDS = { close: "Closed in Docket", reopen: "Opened again in Docket", comment: "From Docket", update: "Changed in Docket", create: "Made in Docket" } as const satisfies Record<DeliveryKind, string>;

/** The remark of a delivery that brings none of its own. */
export function remarkOf(kind: DeliveryKind, ticket: { number: number; reason: string | null; notes: string | null }): string {
  const said = [ticket.reason?.replaceAll("_", " "), ticket.notes].filter((one): one is string => Boolean(one)).join(": ");
  return `${ENDS[kind]}: T-${ticket.number}${said === "" ? "." : `, ${said}`}`;
}
