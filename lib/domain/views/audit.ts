import type { EnvironmentView, Instant, Me } from "./shell";

export type AuditEntry = {
  sequence: string;
  at: Instant;
  actor: { type: "user" | "token" | "automation" | "connector" | "system"; id: string; name: string };
  /** noun.verb */
  action: string;
  /** the name that older systems know it by */
  alias: string | null;
  record: { type: string; number: number | null };
  /** one line in words */
  summary: string;
  /** pretty-printed JSON, null when the event has none or its body is retired */
  before: string | null;
  after: string | null;
  reason: string | null;
  note: string | null;
  requestId: string | null;
  bulkId: string | null;
  hash: string;
};

/** What the address holds; empty strings ask for everything. Dates are days ("2026-11-21"). */
export type AuditFilter = { actor: string; action: string; record: string; from: string; to: string };

export type AuditPage = {
  environment: EnvironmentView;
  me: Me;
  now: Instant;
  filter: AuditFilter;
  entries: readonly AuditEntry[];
  /** addresses carry it as `cursor`; null on the last page */
  nextCursor: string | null;
  cursor: string | null;
  actors: readonly { id: string; name: string }[];
  actions: readonly string[];
};
