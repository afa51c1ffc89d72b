import { isDeepStrictEqual } from "node:util";
import type { Standing } from "@/lib/db/sql/ticket-there";
import { driftOf, stillSilent, type Compared } from "@/lib/domain/ticket/drift";
import type { Step } from "@/lib/domain/ticket/fold";
import { sentOf } from "@/lib/domain/ticket/sent";
import { recordedOf, type Back, type Recorded } from "@/lib/domain/ticket/there";
import type { TrailEntry } from "@/lib/gate/commit";
import type { HeldTicket } from "@/lib/gate/tickets";

/** How the ticket stands over there from now on, and in what it differs. While a change of ours is on its way the last judgement stands: what was sent is not there yet. */
export function standingOf(ticket: HeldTicket, step: Omit<Step, "by">, before: Recorded["before"] | undefined, isOnItsWay: boolean, { priorities, people }: Back): Standing {
  const there = { ...step.external, before: before ?? step.external.before };
  const at = { key: step.key ?? "", id: step.id, url: step.url, isDone: isDoneStill(ticket, there, step.wasOpen), sync: there.isGone ? ("gone" as const) : ticket.sync === "gone" ? ("sent" as const) : ticket.sync };
  if (there.isGone) return { ...at, external: there, drift: [] };
  if (isOnItsWay) return { ...at, external: there, drift: ticket.drift };
  const { title, severity, assignee, assigneeName, priority, labels } = ticket;
  const compared: Compared = { ours: { title, severity, assignee, assigneeName, priority, labels }, sent: sentOf(ticket.sent), there, priorities, people };
  const first = atFirstSight(ticket, compared);
  const external = { ...there, silent: { ...stillSilent(compared), ...first } };
  return { ...at, external, drift: driftOf(compared).map(({ field }) => field).filter((field) => !(field in first)) };
}

/** A Done from before the ticket was opened again here is none: it counts once it is said anew, be it in one breath with its opening. */
function isDoneStill({ external, externalKey, externalDone, reopenCount }: HeldTicket, { isDone }: Recorded, wasOpen: boolean): boolean {
  const wasDone = recordedOf(external, externalKey).isDone;
  return isDone && !(wasDone && !wasOpen && !externalDone && reopenCount > 0);
}

/** Whom a tracker gives every new issue to by itself, where we gave it to nobody, is no difference: it is let be until somebody else has it there. */
function atFirstSight({ external, assigneeId }: HeldTicket, compared: Compared): Recorded["silent"] {
  const isFirst = external === null && assigneeId === null && compared.sent?.assignee === undefined;
  const given = isFirst ? driftOf(compared).find(({ field }) => field === "assignee") : undefined;
  return given ? { assignee: given.theirs } : {};
}

const SAID = ["status", "assignee", "title", "severity", "priority", "labels"] as const;

type Was = Pick<Standing, "external" | "isDone" | "drift" | "sync"> & { key: string | null };

/** What changed over there, step by step, in the words of the log: nothing where only its clock did. */
export function entriesOf(ticket: HeldTicket, known: Recorded, steps: readonly Standing[]): (TrailEntry | null)[] {
  const version = steps.at(-1)?.key === ticket.externalKey ? null : ticket.version + 1;
  const first: Was = { external: known, isDone: ticket.externalDone, drift: ticket.drift, sync: ticket.sync, key: ticket.externalKey };
  return steps.map((is, at) => entryOf(ticket.number, steps[at - 1] ?? first, is, version));
}

function entryOf(number: number, was: Was, is: Standing, version: number | null): TrailEntry | null {
  const record = { type: "ticket", number };
  if (is.external.isGone && !was.external.isGone) return { action: "ticket.gone_there", record, before: { external_key: was.key, sync: was.sync }, after: { sync: "gone", ...(is.external.wentTo === null ? {} : { went_to: is.external.wentTo }) } };
  const pairs: [string, unknown, unknown][] = [
    ...SAID.map((field): [string, unknown, unknown] => [field, was.external[field], is.external[field]]),
    ["external_key", was.key, is.key], ["merged_there", was.external.merged, is.external.merged], ["went_to", was.external.wentTo, is.external.wentTo], ["done", was.isDone, is.isDone], ["drift", was.drift, is.drift], ["sync", was.sync, is.sync],
  ];
  const changed = pairs.filter(([, from, to]) => !isDeepStrictEqual(from, to));
  if (changed.length === 0) return null;
  const isMoved = version !== null && is.key !== was.key;
  return {
    action: "ticket.changed_there", record, before: Object.fromEntries(changed.map(([field, from]) => [field, from])),
    after: { ...Object.fromEntries(changed.map(([field, , to]) => [field, to])), ...(isMoved ? { version } : {}) },
  };
}
