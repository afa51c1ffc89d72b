import { z } from "zod";
import { connectorRows, type StoredConnectorRow } from "@/lib/db/sql/connectors-page";
import { can } from "@/lib/domain/access/can";
import { CONNECTOR_KINDS, connectorRule } from "@/lib/domain/connector/kinds";
import type { ConnectorRecord } from "@/lib/domain/records/connector";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { circuitOf } from "@/lib/domain/ticket/delivery";
import type { ConnectorsPage, ConnectorView } from "@/lib/domain/views/connectors";
import { roleIn, type Actor } from "@/lib/gate/actor";
import { webhookAddress } from "@/lib/gate/hook-secrets";
import { read } from "@/lib/gate/read";
import { environmentOf, meOf } from "@/lib/queries/who";

const environment = z.number().int().positive();
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

function viewOf(stored: StoredConnectorRow, now: Date): ConnectorView {
  const { id, kind, name, enabled, settings, hasSecret, hasHookSecret, hookId, lagSeconds, version, failures, openUntil, resumeAt, tickets, pending, inDoubt, failed } = stored;
  const paused = [openUntil, resumeAt].flatMap((at) => (at && at > now ? at.getTime() : []));
  return {
    id, kind, name, enabled, settings, hasSecret, secretAt: iso(stored.secretAt), hasHookSecret, lagSeconds, version, tickets, webhook: kind === "email" ? null : webhookAddress(hookId),
    health: {
      circuit: circuitOf({ failures, openUntil }, now), failures, pausedUntil: paused.length > 0 ? new Date(Math.max(...paused)).toISOString() : null, lastOkAt: iso(stored.lastOkAt),
      lastError: stored.lastError, lastErrorAt: iso(stored.lastErrorAt), backlog: { pending, inDoubt, failed, oldest: iso(stored.oldest) },
    },
  };
}

function recordOf({ health, ...view }: ConnectorView): ConnectorRecord {
  return {
    id: view.id, kind: view.kind, name: view.name, enabled: view.enabled, settings: { ...view.settings }, has_secret: view.hasSecret, has_hook_secret: view.hasHookSecret, webhook: view.webhook,
    lag_seconds: view.lagSeconds, version: view.version, tickets: view.tickets,
    health: {
      circuit: health.circuit, failures: health.failures, paused_until: health.pausedUntil, last_ok_at: health.lastOkAt, last_error: health.lastError, last_error_at: health.lastErrorAt,
      pending: health.backlog.pending, in_doubt: health.backlog.inDoubt, failed: health.backlog.failed,
    },
  };
}

/** The settings screen of connectors, `{environment}`: the kinds with their forms, each connector with its health. No secret is among it. */
export function loadConnectors(actor: Actor, raw: unknown): Promise<Result<ConnectorsPage>> {
  return read(actor, {
    act: "connector.read", input: z.object({ environment }),
    load: async (db, { environment: where }, { now }) => {
      const [here, stored] = await Promise.all([environmentOf(db, where), connectorRows(db, where)]);
      if (!here) return refuse("missing", `There is no environment ${where}.`);
      const kinds = CONNECTOR_KINDS.map((kind) => ({ kind, label: connectorRule(kind).label, fields: connectorRule(kind).fields }));
      return ok({ environment: here, me: meOf(actor, where), now: now.toISOString(), mayManage: can(roleIn(actor, where), "connector.manage"), kinds, connectors: stored.map((each) => viewOf(each, now)) });
    },
  }, raw);
}

/** The connectors by name, as outsiders read them: `{environment}`. */
export function listConnectors(actor: Actor, raw: unknown): Promise<Result<{ items: ConnectorRecord[] }>> {
  return read(actor, {
    act: "connector.read", input: z.object({ environment }),
    load: async (db, { environment: where }, { now }) => ok({ items: (await connectorRows(db, where)).map((stored) => recordOf(viewOf(stored, now))) }),
  }, raw);
}

/** One connector: `{environment, connector}`. */
export function getConnector(actor: Actor, raw: unknown): Promise<Result<ConnectorRecord>> {
  return read(actor, {
    act: "connector.read", input: z.object({ environment, connector: environment.max(2_147_483_647) }),
    load: async (db, { environment: where, connector }, { now }) => {
      const [stored] = await connectorRows(db, where, connector);
      return stored ? ok(recordOf(viewOf(stored, now))) : refuse("missing", `There is no connector ${connector} here.`);
    },
  }, raw);
}
