import { z } from "zod";
import type { StoredEvent } from "@/lib/db/sql/event-row";
import { eventsOfActions, readTrailCursor, trailOf, type Place } from "@/lib/db/sql/finding-trail";
import { findingsByNumber } from "@/lib/db/sql/queue-page";
import { aliasOf, aliasOfEntry } from "@/lib/domain/audit/actions";
import { pageCursor, pageLimit } from "@/lib/domain/filter/input";
import type { EventListRecord, EventRecord } from "@/lib/domain/records/event";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";

/** An event as outsiders read it. */
export function eventRecordOf(event: StoredEvent): EventRecord {
  const { sequence, action, before, after, reason, note, bulk_id, scan_id, action_id, request_id } = event;
  return {
    ...{ sequence, action, reason, note, bulk_id, scan_id, action_id, request_id },
    before: before ?? null,
    after: after ?? null,
    at: event.at.toISOString(),
    actor: { type: event.actor_type, id: event.actor_id, name: event.actor_name },
    alias: aliasOfEntry(action, event.to_status !== null),
    record: { type: event.record_type, number: event.record_number },
  };
}

/** What each detection change is called among the events; first sight is the finding's match. */
const CHANGE_ACTIONS = { new: "finding.matched", opened: "detection.opened", refound: "finding.refound", regressed: "detection.regressed", unseen: "detection.unseen", history: "detection.history" } as const;

function changeRecord({ at, kind, scan }: Place, number: number): EventRecord {
  const action = CHANGE_ACTIONS[kind ?? "history"];
  return {
    sequence: null, at: at.toISOString(), actor: { type: "system", id: "system", name: "System" }, action, alias: aliasOf(action),
    record: { type: "finding", number }, before: null, after: { detection: kind, scan }, reason: null, note: null, bulk_id: null, scan_id: scan, action_id: null, request_id: null,
  };
}

const input = z.object({ environment: z.number().int().positive(), number: z.number().int().positive().max(2_147_483_647), limit: pageLimit, cursor: pageCursor });

/** The trail of one finding, `{environment, number, limit, cursor}`: its events and what scans changed about it, newest first. */
export function findingAudit(actor: Actor, raw: unknown): Promise<Result<EventListRecord>> {
  return read(actor, {
    act: "finding.read",
    input,
    load: async (db, { environment, number, limit, cursor }) => {
      const after = cursor === null ? null : readTrailCursor(cursor);
      if (cursor !== null && after === null) return refuseInput([{ path: "cursor", message: "This cursor is not one of this list. Begin without it." }]);
      const [finding] = await findingsByNumber(db, environment, [number]);
      if (!finding) return refuse("missing", `There is no finding F-${number} here.`);

      const page = await trailOf(db, { environment, finding: finding.id, limit, after, kind: null, folded: false });
      const actions = [...new Set(page.places.flatMap(({ action }) => action ?? []))];
      const events = new Map((await eventsOfActions(db, environment, finding.id, actions)).map((event) => [event.sequence, event]));
      const items = page.places.flatMap((place) => {
        if (place.source === 0) return [changeRecord(place, number)];
        const event = events.get(place.id);
        return event ? [eventRecordOf(event)] : [];
      });
      return ok({ items, next_cursor: page.next });
    },
  }, raw);
}
