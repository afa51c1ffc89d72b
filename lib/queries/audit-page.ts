import { z } from "zod";
import type { StoredEvent } from "@/lib/db/sql/event-row";
import { logActors, logPage, type LogFilter } from "@/lib/db/sql/audit-page";
import { actionNamed, aliasOfEntry, AUDIT_ACTIONS, isAuditAction } from "@/lib/domain/audit/actions";
import { GOVERNANCE_LABELS, reasonLabel } from "@/lib/domain/finding/words";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { AuditEntry, AuditFilter, AuditPage } from "@/lib/domain/views/audit";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { environmentOf, meOf } from "@/lib/queries/who";

const PAGE = 50;
const DAY = 86_400_000;
const text = z.string().trim().max(300).catch("");

/** What the address asks of the log; what cannot be read asks for everything. */
export const auditFilter = z.object({ actor: text, action: text, record: text, from: text, to: text });

/** The log: `{environment, filter, cursor}`. Needs the right to read it. */
export function auditPage(actor: Actor, raw: unknown): Promise<Result<AuditPage>> {
  return read(actor, {
    act: "audit.read",
    input: z.object({ environment: z.number().int().positive(), filter: auditFilter, cursor: z.string().max(20).nullable() }),
    load: async (db, { environment: where, filter, cursor }, { now }) => {
      const before = /^\d{1,15}$/.test(cursor ?? "") ? Number(cursor) : null;
      const [environment, found, actors] = await Promise.all([
        environmentOf(db, where), logPage(db, where, logFilterOf(filter, before), PAGE + 1), logActors(db, where),
      ]);
      if (!environment) return refuse("missing", `There is no environment ${where}.`);
      const shown = found.slice(0, PAGE);
      const last = found.length > PAGE ? shown.at(-1) : undefined;
      return ok({
        environment, me: meOf(actor, where), now: now.toISOString(), filter, entries: shown.map(entryOf),
        nextCursor: last ? String(last.sequence) : null, cursor: before === null ? null : String(before),
        actors, actions: Object.keys(AUDIT_ACTIONS),
      });
    },
  }, raw);
}

function dayOf(day: string): Date | null {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) ? null : new Date(at);
}

const LETTERS: Readonly<Record<string, string>> = { f: "finding", s: "scan", t: "ticket", b: "bulk" };

/** "F-42" and "finding 42" are one record, "scan" is every scan, "42" is that number of any kind. */
function recordOf(asked: string): LogFilter["record"] {
  const [, kind = "", number] = /^([a-z]*)[-\s#]*(\d{1,9})?$/i.exec(asked) ?? [];
  const type = kind === "" ? null : (LETTERS[kind.toLowerCase()] ?? kind.toLowerCase());
  return { type, number: number === undefined ? null : Number(number) };
}

function logFilterOf(filter: AuditFilter, before: number | null): LogFilter {
  const last = dayOf(filter.to);
  return {
    actor: filter.actor || null, action: (actionNamed(filter.action) ?? filter.action) || null, record: recordOf(filter.record),
    from: dayOf(filter.from), until: last && new Date(last.getTime() + DAY), before,
  };
}

function summaryOf({ action, from_status: from, to_status: to, reason }: StoredEvent): string {
  const label = isAuditAction(action) ? AUDIT_ACTIONS[action].label : action;
  const hop = from && to ? `: ${GOVERNANCE_LABELS[from]} → ${GOVERNANCE_LABELS[to]}` : "";
  return `${label}${hop}${reason ? ` (${reasonLabel(reason)})` : ""}`;
}

function pretty(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value, null, 2);
}

function entryOf(event: StoredEvent): AuditEntry {
  return {
    sequence: String(event.sequence), at: event.at.toISOString(), actor: { type: event.actor_type, id: event.actor_id, name: event.actor_name },
    action: event.action, alias: aliasOfEntry(event.action, event.to_status !== null), record: { type: event.record_type, number: event.record_number }, summary: summaryOf(event),
    before: pretty(event.before), after: pretty(event.after), reason: event.reason && reasonLabel(event.reason), note: event.note,
    requestId: event.request_id, bulkId: event.bulk_id === null ? null : String(event.bulk_id), hash: event.hash,
  };
}
