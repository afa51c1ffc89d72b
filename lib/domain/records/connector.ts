import { z } from "zod";
import { CONNECTOR_KINDS } from "@/lib/domain/connector/kinds";
import { moment } from "@/lib/domain/records/finding";
import { DELIVERY_KINDS, DELIVERY_STATUSES } from "@/lib/domain/ticket/delivery";

/** A connector as outsiders read it. Its secrets are never shown. */
export const connectorRecord = z.object({
  id: z.number().int(), kind: z.enum(CONNECTOR_KINDS), name: z.string(), enabled: z.boolean(), settings: z.record(z.string(), z.unknown()), has_secret: z.boolean(), has_hook_secret: z.boolean(),
  webhook: z.string().nullable().describe("Where it sends its webhooks."), lag_seconds: z.number().int(), version: z.number().int(), tickets: z.number().int(),
  health: z.object({
    circuit: z.enum(["closed", "open", "half_open"]), failures: z.number().int(), paused_until: moment.nullable(), last_ok_at: moment.nullable(), last_error: z.string().nullable(), last_error_at: moment.nullable(),
    pending: z.number().int(), in_doubt: z.number().int(), failed: z.number().int(),
  }),
}).meta({ id: "Connector" });
export type ConnectorRecord = z.output<typeof connectorRecord>;
export const connectorListRecord = z.object({ items: z.array(connectorRecord).max(100) }).meta({ id: "ConnectorList" });

export const connectorTried = z.object({
  ok: z.boolean(), checks: z.array(z.object({ name: z.enum(["reachable", "credentials", "permission", "fields", "webhook"]), ok: z.boolean(), detail: z.string(), fix: z.string().nullable().describe("What to mend.") })).max(20),
}).meta({ id: "ConnectorTest" });

/** One delivery to a tracker. */
export const deliveryRecord = z.object({
  id: z.number().int(), ticket: z.number().int(), connector: z.string(), kind: z.enum(DELIVERY_KINDS), status: z.enum(DELIVERY_STATUSES), attempts: z.number().int(),
  due_at: moment, asked_at: moment.nullable(), settled_at: moment.nullable(), error: z.string().nullable(),
}).meta({ id: "Delivery" });
export type DeliveryRecord = z.output<typeof deliveryRecord>;
export const deliveryListRecord = z.object({ items: z.array(deliveryRecord).max(500), next_cursor: z.string().nullable() }).meta({ id: "DeliveryList" });
