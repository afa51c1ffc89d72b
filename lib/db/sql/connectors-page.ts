import { z } from "zod";
import { sql, type Db, type Sql } from "@/lib/db/client";
import { count, rows } from "@/lib/db/rows";
import { CONNECTOR_KINDS } from "@/lib/domain/connector/kinds";
import { DELIVERY_KINDS, DELIVERY_STATUSES } from "@/lib/domain/ticket/delivery";
import type { DeliveryFilter, DeliveryTab } from "@/lib/domain/views/connectors";

const stored = z.object({
  id: z.number(), kind: z.enum(CONNECTOR_KINDS), name: z.string(), enabled: z.boolean(), settings: z.record(z.string(), z.unknown()), hasSecret: z.boolean(), secretAt: z.date().nullable(), hasHookSecret: z.boolean(), hookId: z.string(),
  lagSeconds: z.number(), version: z.number(), failures: z.number(), openUntil: z.date().nullable(), resumeAt: z.date().nullable(), lastOkAt: z.date().nullable(), lastError: z.string().nullable(), lastErrorAt: z.date().nullable(),
  pending: count, inDoubt: count, failed: count, oldest: z.date().nullable(), tickets: count,
});
export type StoredConnectorRow = z.output<typeof stored>;

/** The connectors of an environment with what waits for each, by name; one of them where its id is given. */
export async function connectorRows(db: Db, environment: number, id: number | null = null): Promise<StoredConnectorRow[]> {
  return rows(db, stored, sql`
    SELECT c.id, c.kind, c.name, c.enabled, c.settings, c.sealed IS NOT NULL AS "hasSecret", c.secret_at AS "secretAt", c.hook_sealed IS NOT NULL AS "hasHookSecret", c.hook_id AS "hookId", c.lag_seconds AS "lagSeconds", c.version,
      c.failures, c.open_until AS "openUntil", c.resume_at AS "resumeAt", c.last_ok_at AS "lastOkAt", c.last_error AS "lastError", c.last_error_at AS "lastErrorAt", w.*,
      (SELECT count(*) FROM ticket t WHERE t.environment_id = c.environment_id AND t.connector_id = c.id) AS tickets
    FROM connector c CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE d.status IN ('pending', 'sending')) AS pending, count(*) FILTER (WHERE d.status = 'in_doubt') AS "inDoubt", count(*) FILTER (WHERE d.status = 'failed') AS failed,
        min(d.created_at) FILTER (WHERE d.status <> 'failed') AS oldest
      FROM delivery d WHERE d.connector_id = c.id AND d.status IN ('pending', 'sending', 'in_doubt', 'failed')
    ) w WHERE c.environment_id = ${environment} AND c.removed_at IS NULL AND (${id}::int IS NULL OR c.id = ${id}::int) ORDER BY lower(c.name), c.id LIMIT 100`);
}

const TABS = {
  waiting: sql`d.status IN ('pending', 'sending')`, in_doubt: sql`d.status = 'in_doubt'`, failed: sql`d.status = 'failed'`, sent: sql`d.status = 'sent'`, all: sql`TRUE`,
} as const satisfies Record<DeliveryTab, Sql>;

const delivery = z.object({
  id: z.number(), ticket: z.number(), title: z.string(), connector: z.string(), destination: z.enum(CONNECTOR_KINDS), kind: z.enum(DELIVERY_KINDS), status: z.enum(DELIVERY_STATUSES), attempts: z.number(), dueAt: z.date(),
  askedAt: z.date().nullable(), settledAt: z.date().nullable(), error: z.string().nullable(),
});
export type DeliveryRow = z.output<typeof delivery>;

/** Deliveries of a tab, newest first, from below `before` on. delivery_environment_id_status_id_idx. */
export async function deliveryRows(db: Db, environment: number, { tab, connector }: Omit<DeliveryFilter, "cursor">, { before, limit, id }: { before: number | null; limit: number; id?: number }): Promise<DeliveryRow[]> {
  return rows(db, delivery, sql`
    SELECT d.id, t.number AS ticket, t.title, c.name AS connector, c.kind AS destination, d.kind, d.status, d.attempts, d.due_at AS "dueAt", d.asked_at AS "askedAt", d.settled_at AS "settledAt", d.last_error AS error
    FROM delivery d JOIN ticket t ON t.id = d.ticket_id JOIN connector c ON c.id = d.connector_id
    WHERE d.environment_id = ${environment} AND ${TABS[tab]} AND (${connector}::int IS NULL OR d.connector_id = ${connector}::int) AND (${before}::int IS NULL OR d.id < ${before}::int)
      AND (${id ?? null}::int IS NULL OR d.id = ${id ?? null}::int)
    ORDER BY d.id DESC LIMIT ${limit}`);
}

const tally = z.object({ status: z.enum(DELIVERY_STATUSES), n: count });

/** How many there are of each status. */
export async function deliveryTally(db: Db, environment: number, connector: number | null): Promise<z.output<typeof tally>[]> {
  return rows(db, tally, sql`SELECT status, count(*) AS n FROM delivery WHERE environment_id = ${environment} AND (${connector}::int IS NULL OR connector_id = ${connector}::int) GROUP BY status ORDER BY status`);
}
