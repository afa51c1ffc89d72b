import { z } from "zod";
import { connectorRows, deliveryRows, deliveryTally, type DeliveryRow } from "@/lib/db/sql/connectors-page";
import { can } from "@/lib/domain/access/can";
import type { DeliveryRecord } from "@/lib/domain/records/connector";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import { DELIVERY_TABS, type DeliveriesPage, type DeliveryTab } from "@/lib/domain/views/connectors";
import type { DeliveryView } from "@/lib/domain/views/tickets";
import { roleIn, type Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { environmentOf, meOf } from "@/lib/queries/who";

const PAGE = 50;
const id = z.number().int().positive().max(2_147_483_647);
const filter = z.object({ tab: z.enum(DELIVERY_TABS).default("waiting"), connector: id.nullable().default(null), cursor: z.string().max(20).nullable().default(null) });
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

const viewOf = ({ dueAt, askedAt, settledAt, ...row }: DeliveryRow): DeliveryView => ({ ...row, dueAt: dueAt.toISOString(), askedAt: iso(askedAt), settledAt: iso(settledAt) });

function recordOf({ title: _title, destination: _destination, dueAt, askedAt, settledAt, ...row }: DeliveryRow): DeliveryRecord {
  return { ...row, due_at: dueAt.toISOString(), asked_at: iso(askedAt), settled_at: iso(settledAt) };
}

/** The row below which a page begins; null: the first page. undefined: no such cursor. */
function beforeOf(cursor: string | null): number | null | undefined {
  if (cursor === null) return null;
  return /^\d{1,10}$/.test(cursor) && Number(cursor) <= 2_147_483_647 ? Number(cursor) : undefined;
}

const badCursor = () => refuseInput([{ path: "cursor", message: "This cursor is not one of this list. Begin without it." }]);

/** What is on its way, in doubt, failed and sent, newest first, 50 at once: `{environment, tab?, connector?, cursor?}`. */
export function loadDeliveries(actor: Actor, raw: unknown): Promise<Result<DeliveriesPage>> {
  return read(actor, {
    act: "connector.read", input: filter.extend({ environment: id }),
    load: async (db, { environment: where, ...asked }, { now }) => {
      const before = beforeOf(asked.cursor);
      if (before === undefined) return badCursor();
      const [environment, found, tally, connectors] = await Promise.all([environmentOf(db, where), deliveryRows(db, where, asked, { before, limit: PAGE + 1 }), deliveryTally(db, where, asked.connector), connectorRows(db, where)]);
      if (!environment) return refuse("missing", `There is no environment ${where}.`);
      const of = (...statuses: readonly string[]) => tally.filter(({ status }) => statuses.includes(status)).reduce((sum, { n }) => sum + n, 0);
      const counts: Record<DeliveryTab, number> = { waiting: of("pending", "sending"), in_doubt: of("in_doubt"), failed: of("failed"), sent: of("sent"), all: tally.reduce((sum, { n }) => sum + n, 0) };
      const page = found.slice(0, PAGE);
      return ok({
        environment, me: meOf(actor, where), now: now.toISOString(), maySteer: can(roleIn(actor, where), "delivery.steer"), filter: asked, counts,
        connectors: connectors.map(({ id: number, name }) => ({ id: number, name })), rows: page.map(viewOf), nextCursor: found.length > PAGE ? String(page.at(-1)?.id ?? "") : null,
      });
    },
  }, raw);
}

/** The same as outsiders read it: `{environment, tab, connector, cursor, limit}`. */
export function listDeliveries(actor: Actor, raw: unknown): Promise<Result<{ items: DeliveryRecord[]; next_cursor: string | null }>> {
  return read(actor, {
    act: "connector.read", input: filter.extend({ environment: id, limit: z.number().int().min(1).max(500) }),
    load: async (db, { environment, limit, ...asked }) => {
      const before = beforeOf(asked.cursor);
      if (before === undefined) return badCursor();
      const found = await deliveryRows(db, environment, asked, { before, limit: limit + 1 });
      const items = found.slice(0, limit);
      return ok({ items: items.map(recordOf), next_cursor: found.length > limit ? String(items.at(-1)?.id ?? "") : null });
    },
  }, raw);
}

/** One delivery: `{environment, delivery}`. */
export function getDelivery(actor: Actor, raw: unknown): Promise<Result<DeliveryRecord>> {
  return read(actor, {
    act: "connector.read", input: z.object({ environment: id, delivery: id }),
    load: async (db, { environment, delivery }) => {
      const [found] = await deliveryRows(db, environment, { tab: "all", connector: null }, { before: null, limit: 1, id: delivery });
      return found ? ok(recordOf(found)) : refuse("missing", `There is no delivery ${delivery} here.`);
    },
  }, raw);
}
