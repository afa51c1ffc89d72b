import { z } from "zod";
import { findingLog, type Logged, type Place } from "@/lib/db/sql/finding-log";
import { aliasOf } from "@/lib/domain/audit/actions";
import { pageLimit } from "@/lib/domain/filter/input";
import type { EventListRecord, EventRecord } from "@/lib/domain/records/event";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";

const number = z.number().int().positive();

/** What a scan did to a finding, in the words of the log. */
const DETECTIONS: Record<string, string> = {
  new: "finding.matched", opened: "finding.seen_again", refound: "finding.refound", regressed: "finding.refound", unseen: "finding.not_seen", history: "finding.seen_before",
};

function recordOf(entry: Logged): EventRecord {
  const action = entry.sequence === null ? (DETECTIONS[entry.action] ?? `finding.${entry.action}`) : entry.action;
  return {
    sequence: entry.sequence,
    at: entry.at.toISOString(),
    actor: { type: entry.actor_type, id: entry.actor_id, name: entry.actor_name },
    action,
    alias: aliasOf(action),
    record: { type: entry.record_type, number: entry.record_number },
    before: entry.before,
    after: entry.after,
    ...{ reason: entry.reason, note: entry.note, bulk_id: entry.bulk_id, scan_id: entry.scan_id, action_id: entry.action_id, request_id: entry.request_id },
  };
}

const CURSOR = /^(\d{1,16})_([es])_(\d{1,19})$/;

function placeOf(cursor: string): Place | null {
  const [, micros, kind, id] = CURSOR.exec(cursor) ?? [];
  return micros === undefined || kind === undefined || id === undefined ? null : { micros, kind, id };
}

/** The trail of one finding, newest first: `{environment, number, limit, cursor}`. Its events, and its detection changes without a sequence. */
export function auditOfFinding(actor: Actor, raw: unknown): Promise<Result<EventListRecord>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment: number, number, limit: pageLimit, cursor: z.string().max(100).optional() }),
    load: async (db, { environment, number: finding, limit, cursor }) => {
      const after = cursor === undefined ? null : placeOf(cursor);
      if (cursor !== undefined && after === null) return refuseInput([{ path: "cursor", message: "This cursor is not one of this list. Begin without it." }]);
      const stored = await db.finding.findUnique({ where: { environmentId_number: { environmentId: environment, number: finding } }, select: { id: true } });
      if (!stored) return refuse("missing", `There is no finding F-${finding} here.`);

      const found = await findingLog(db, environment, stored.id, after, limit + 1);
      const shown = found.slice(0, limit);
      const last = found.length > limit ? shown.at(-1) : undefined;
      return ok({ items: shown.map(recordOf), next_cursor: last ? `${last.micros}_${last.kind}_${last.id}` : null });
    },
  }, raw);
}
