import { z } from "zod";
import { policyOf } from "@/lib/db/policy";
import { eventsOfAsset, looksAt, scopesOf, type StoredLook } from "@/lib/db/sql/asset-history";
import { assetsById } from "@/lib/db/sql/asset-page";
import type { StoredEvent } from "@/lib/db/sql/event-row";
import { can } from "@/lib/domain/access/can";
import { driftOf } from "@/lib/domain/asset/drift";
import { isInWindow, REVOCABLE } from "@/lib/domain/asset/revert";
import { ASSET_FIELDS, FIELD_WORDS, NEW_ASSET, valueLabel } from "@/lib/domain/asset/words";
import { AUDIT_ACTIONS, isAuditAction } from "@/lib/domain/audit/actions";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { AssetEvent, AssetLook, AssetPage } from "@/lib/domain/views/assets";
import { roleIn, type Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { assetView } from "@/lib/queries/asset-row";
import { environmentOf, meOf } from "@/lib/queries/who";

const number = z.number().int().positive().max(2_147_483_647);

/** How many looks of each detector are told, and how many events; what is older stands under Scans and in the log. */
const LOOKS = 60;
const EVENTS = 50;

/** One asset with its detectors, its looks over time and its history: `{environment, asset}`. */
export function assetPage(actor: Actor, raw: unknown): Promise<Result<AssetPage>> {
  return read(actor, {
    act: "asset.read",
    input: z.object({ environment: number, asset: number }),
    load: async (db, { environment: where, asset: id }, { now }) => {
      const [environment, [asset], scopes, stored, events, { decisions }] = await Promise.all([
        environmentOf(db, where), assetsById(db, where, [id]), scopesOf(db, where, id), looksAt(db, where, id, LOOKS), eventsOfAsset(db, where, id, EVENTS), policyOf(db, where),
      ]);
      if (!environment || !asset) return refuse("missing", `There is no asset ${id} here.`);
      const looks = stored.map(lookOf);
      const mayRevert = ({ action, at }: StoredEvent) => can(roleIn(actor, where), "asset.manage") && REVOCABLE.includes(action) && isInWindow(at, now, decisions.undoHours);
      return ok({
        environment, me: meOf(actor, where), now: now.toISOString(), asset: assetView(asset, now), looks, drift: driftOf(looks, LOOKS), events: events.map((event, place) => eventOf(event, place === 0 && mayRevert(event))),
        scopesAll: scopes[0]?.all ?? 0, scopes: scopes.map(({ detector, last_scanned: at, looked, live }) => ({ detector, lastScanned: at?.toISOString() ?? null, lookedAt: looked?.toISOString() ?? null, live })),
      });
    },
  }, raw);
}

function lookOf(look: StoredLook): AssetLook {
  const { scan, scope, detector, file, covering, newest, extent, live, appeared, refound, vanished } = look;
  return {
    scan, scope, detector, file: file === "" ? null : file, takenAt: look.taken_at.toISOString(), live, appeared, refound, vanished,
    coverage: covering ? "full" : extent === "partial" ? "partial" : "nothing", isHistory: covering && !newest,
  };
}

const body = z.record(z.string(), z.unknown()).catch({});
const word = z.string().nullable().catch(null);

/** What an event says field by field; a new asset tells what differs from one of which nothing is known. */
function eventOf(event: StoredEvent, isRevocable: boolean): AssetEvent {
  const before = body.parse(event.before ?? {});
  const after = body.parse(event.after ?? {});
  const changes = ASSET_FIELDS.flatMap((field) => {
    const { snake, label } = FIELD_WORDS[field];
    if (!(snake in after)) return [];
    const [was, is] = [snake in before ? word.parse(before[snake]) : NEW_ASSET[field], word.parse(after[snake])];
    return was === is ? [] : [{ field: label, before: valueLabel(field, was), after: valueLabel(field, is) }];
  });
  return {
    sequence: String(event.sequence), at: event.at.toISOString(), by: event.actor_name, note: event.note, changes, revocable: isRevocable ? event.action_id : null,
    label: isAuditAction(event.action) ? AUDIT_ACTIONS[event.action].label : event.action,
  };
}
