import { isDeepStrictEqual } from "node:util";
import type { Standing } from "@/lib/db/sql/ticket-there";
import { driftOf, stillSilent, type Compared } from "@/lib/domain/ticket/drift";
import { sentOf } from "@/lib/domain/ticket/sent";
import type { Back, Recorded } from "@/lib/domain/ticket/there";
import type { TrailEntry } from "@/lib/gate/commit";
import type { HeldTicket } from "@/lib/gate/tickets";
import type { Heard } from "./heard";

/** How the ticket stands over there from now on, and in what it differs. While a change of ours is on its way the last judgement stands: what was sent is not there yet. */
export function standingOf({ ticket, folded }: Heard, before: Recorded["before"] | undefined, isOnItsWay: boolean, { priorities }: Back): Standing {
  const there = { ...folded.external, before: before ?? folded.external.before };
  const at = { key: folded.key ?? "", id: folded.id, url: folded.url, isDone: there.isDone, sync: there.isGone ? ("gone" as const) : ticket.sync === "gone" ? ("sent" as const) : ticket.sync };
  if (there.isGone) return { ...at, external: there, drift: [] };
  if (isOnItsWay) return { ...at, external: there, drift: ticket.drift };
  const { title, severity, assignee, assigneeName, priority, labels } = ticket;
  const compared: Compared = { ours: { title, severity, assignee, assigneeName, priority, labels }, sent: sentOf(ticket.sent), there, priorities };
  const external = { ...there, silent: stillSilent(compared) };
  return { ...at, external, drift: driftOf(compared).map(({ field }) => field) };
}

const SAID = ["status", "assignee", "title", "severity", "priority", "labels"] as const;

/** What changed over there, in the words of the log: nothing where only its clock did. */
export function entriesOf(ticket: HeldTicket, known: Recorded, next: Standing): TrailEntry[] {
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
