import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { policyOf } from "@/lib/db/policy";
import { filesById } from "@/lib/db/sql/evidence-files";
import { loggedOn } from "@/lib/db/sql/finding-actions";
import type { StoredFinding } from "@/lib/db/sql/finding-row";
import { eventsOfActions, namesOf, newestAction, placeOfEntry, readTrailCursor, trailOf, type Place } from "@/lib/db/sql/finding-trail";
import { findingsByNumber } from "@/lib/db/sql/queue-page";
import { can } from "@/lib/domain/access/can";
import { TIMELINE_KINDS, type TimelineKind } from "@/lib/domain/audit/timeline";
import { revert } from "@/lib/domain/finding/revert";
import { stateOf } from "@/lib/domain/finding/snapshot";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import type { TimelineEntry, TimelinePage } from "@/lib/domain/views/finding";
import { roleIn, type Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { actionEntry } from "@/lib/queries/timeline-entry";
import { changeWords, filesIn, peopleIn } from "@/lib/queries/timeline-words";

const PAGE = 50;

type At = { environment: number; actor: Actor; now: Date };
type Asked = { cursor: string | null; kind: TimelineKind | null; entry?: string | null };

/** The trail of a finding as people read it: one entry for each action with its hops folded, and what scans changed, newest first. */
export async function timelineOf(db: Db, finding: StoredFinding, at: At, { cursor, kind, entry }: Asked): Promise<Result<TimelinePage>> {
  const after = cursor === null ? null : readTrailCursor(cursor);
  if (cursor !== null && after === null) return refuseInput([{ path: "cursor", message: "This cursor is not one of this timeline." }]);

  const wanted = { environment: at.environment, finding: finding.id, limit: PAGE, kind, folded: true };
  const [first, revocable, mark] = await Promise.all([
    trailOf(db, { ...wanted, after }),
    revocableOf(db, finding, at),
    entry ? placeOfEntry(db, at.environment, finding.id, entry) : null,
  ]);
  const isThere = mark !== null && first.places.some(({ source, id }) => source === mark[1] && id === mark[2]);
  const startsAt = mark !== null && !isThere;
  const page = startsAt ? await trailOf(db, { ...wanted, after: mark, inclusive: true }) : first;
  const events = await eventsOfActions(db, at.environment, finding.id, page.places.flatMap(({ action }) => action ?? []));
  const [names, files] = await Promise.all([namesOf(db, peopleIn(events)), filesById(db, at.environment, filesIn(events))]);
  const entries = page.places.flatMap((place) =>
    place.action === null ? [changeEntry(place)] : actionEntry(events.filter((event) => event.action_id === place.action), names, revocable, files));
  return ok({ entries, nextCursor: page.next, ...(mark ? { marked: entries.find(({ id }) => id === `e${mark[2]}` || id.endsWith(`-${mark[2]}`))?.id ?? null, startsAt } : {}) });
}

function changeEntry(place: Place): TimelineEntry {
  return {
    id: `s${place.scan}-${place.id}`, at: place.at.toISOString(), actor: { type: "system", name: "Scanner", initials: "SC" }, kind: "scan",
    action: `detection.${place.kind}`, headline: changeWords(place), hops: [], changes: [], reason: null, note: null, evidence: null, sequences: [], revocable: null, bulkId: null,
  };
}

/** The newest action, when this actor may take it back now: asked of the same rule that the command obeys. */
async function revocableOf(db: Db, finding: StoredFinding, { environment, actor, now }: At): Promise<string | null> {
  const role = roleIn(actor, environment);
  if (!can(role, "finding.revert")) return null;
  const newest = await newestAction(db, environment, finding.id);
  if (newest === null) return null;
  const [logged] = await loggedOn(db, environment, newest, [finding.id]);
  const before = stateOf(logged?.before);
  const is = logged && stateOf(Object.assign({}, logged.before, ...logged.afters));
  if (!logged || logged.tickets || logged.retest || !before || !is) return null;

  const { decisions } = await policyOf(db, environment);
  const { number, version, technical, kev } = finding;
  const state = { ...is, governance: finding.governance_status, number, version, scanner: finding.scanner_status, technical, kev, stateModule: finding.state_module, evidence: [], assetDecommissionedOn: null, assetOwned: false };
  const me = actor.personId ?? 0;
  const answer = revert(state, { id: newest, actorId: logged.actor === `${actor.type}:${actor.id}` ? me : null, at: logged.at, endedAt: logged.endedAt, before, asks: logged.asks }, {
    now, actorId: me, isManager: can(role, "finding.revert_any"), windowHours: decisions.undoHours, newestActionId: logged.newest, sightedAt: logged.sightedAt,
  });
  return answer.ok ? newest : null;
}

const input = z.object({
  environment: z.number().int().positive(),
  number: z.number().int().positive().max(2_147_483_647),
  cursor: z.string().max(500).nullable(),
  kind: z.enum(TIMELINE_KINDS).nullable(),
});

/** More of a finding's timeline: `{environment, number, cursor, kind}`. */
export function loadTimeline(actor: Actor, raw: unknown): Promise<Result<TimelinePage>> {
  return read(actor, {
    act: "finding.read",
    input,
    load: async (db, { environment, number, cursor, kind }, { now }) => {
      const [finding] = await findingsByNumber(db, environment, [number]);
      if (!finding) return refuse("missing", `There is no finding F-${number} here.`);
      return timelineOf(db, finding, { environment, actor, now }, { cursor, kind });
    },
  }, raw);
}
