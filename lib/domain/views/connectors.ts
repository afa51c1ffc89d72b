import type { ConnectorKind, SettingField } from "@/lib/domain/connector/kinds";
import type { Circuit } from "@/lib/domain/ticket/delivery";
import type { EnvironmentView, Instant, Me } from "./shell";
import type { DeliveryView } from "./tickets";

/** How a tracker is doing. `pausedUntil`: it asked for patience, or has failed too often. */
export type ConnectorHealth = {
  circuit: Circuit; failures: number; pausedUntil: Instant | null; lastOkAt: Instant | null; lastError: string | null; lastErrorAt: Instant | null;
  /** deliveries by what they wait for */
  backlog: { pending: number; inDoubt: number; failed: number; oldest: Instant | null };
};

/** A connector as its card shows it. Secrets are never among the settings: only whether there is one. */
export type ConnectorView = {
  id: number; kind: ConnectorKind; name: string; enabled: boolean; settings: Readonly<Record<string, unknown>>; hasSecret: boolean; secretAt: Instant | null; lagSeconds: number; version: number;
  /** Where it sends its webhooks; null: this kind sends none. `hasHookSecret`: they are taken. */
  webhook: string | null; hasHookSecret: boolean; tickets: number; health: ConnectorHealth;
};

/** A kind that may be added, with the fields of its form. */
export type KindView = { kind: ConnectorKind; label: string; fields: readonly SettingField[] };

export type ConnectorsPage = { environment: EnvironmentView; me: Me; now: Instant; mayManage: boolean; kinds: readonly KindView[]; connectors: readonly ConnectorView[] };

export const DELIVERY_TABS = ["waiting", "in_doubt", "failed", "sent", "all"] as const;
export type DeliveryTab = (typeof DELIVERY_TABS)[number];
/** `connector` null: of all trackers. */
export type DeliveryFilter = { tab: DeliveryTab; connector: number | null; cursor: string | null };
export type DeliveriesPage = {
  environment: EnvironmentView; me: Me; now: Instant; maySteer: boolean; filter: DeliveryFilter; counts: Readonly<Record<DeliveryTab, number>>;
  connectors: readonly { id: number; name: string }[]; rows: readonly DeliveryView[]; nextCursor: string | null;
};
