import { z } from "zod";
import { dice } from "@/lib/bench/dice";
import { allowedTransitions } from "@/lib/domain/finding/governance";
import { GOVERNANCE_STATUSES, type Governance } from "@/lib/domain/finding/words";

/** Sends one decision as one of the clients, over whatever road is measured. */
export type Send = (client: number, finding: number, decision: Record<string, unknown>) => Promise<{ status: number; body: unknown }>;
type Fight = { clients: number; decisions: number; findings: readonly number[]; seed: number; send: Send };
/** How the clients fared: decisions that were taken, that came too late or had no such step from there, and anything else. */
export type Fought = { taken: number; lost: number; other: Record<string, number> };

const YEAR = 365 * 86_400_000;

/** A sound decision for each status, so that only the state of the finding can stand against it. */
const DECISIONS = {
  open: () => ({ note: "Again." }),
  in_progress: () => ({}),
  false_positive: () => ({ note: "Test code." }),
  accepted_risk: () => ({ expires_at: new Date(Date.now() + YEAR / 2).toISOString(), note: "For now." }),
  resolved: () => ({ reason: "patched", note: "Shipped." }),
} as const;
const AIMS = ["open", "in_progress", "false_positive", "accepted_risk", "resolved"] as const satisfies readonly (keyof typeof DECISIONS)[];

const decided = z.object({ version: z.number() });
const refused = z.object({ changes: z.array(z.object({ version: z.number() })).optional() });

/** Many clients decide on few findings at once, each by the version that it saw last: what the others did it learns by being refused. */
export async function fight({ clients, decisions, findings, seed, send }: Fight): Promise<Fought> {
  const fought: Fought = { taken: 0, lost: 0, other: {} };
  let left = decisions;
  async function client(number: number) {
    const random = dice(seed + number);
    const seen = new Map<number, number>();
    while (left-- > 0) {
      const finding = findings[Math.floor(random() * findings.length)] ?? 1;
      const to = AIMS[Math.floor(random() * AIMS.length)] ?? "open";
      const { status, body } = await send(number, finding, { to, ...DECISIONS[to](), version: seen.get(finding) ?? 0 });
      const version = status === 200 ? decided.parse(body).version : refused.safeParse(body).data?.changes?.[0]?.version;
      if (version !== undefined) seen.set(finding, version);
      if (status === 200) fought.taken++;
      else if (status === 409) fought.lost++;
      else fought.other[status] = (fought.other[status] ?? 0) + 1;
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
  return fought;
}

const LEGAL = GOVERNANCE_STATUSES.flatMap((from) => allowedTransitions(from, "person").map((to: Governance) => `${from} ${to}`));

/** Asks one number of the database: how often what must never be is there. */
export const WRONGS: Readonly<Record<string, { sql: string; values: readonly unknown[] }>> = {
  "illegal transitions": {
    sql: "SELECT count(*) FROM audit_event WHERE from_status IS NOT NULL AND NOT (from_status || ' ' || to_status) = ANY ($1::text[])",
    values: [LEGAL],
  },
  "entries that begin elsewhere than the one before ended": {
    sql: `SELECT count(*) FROM (SELECT from_status, lag(to_status) OVER (PARTITION BY finding_id ORDER BY version) AS before FROM audit_event WHERE to_status IS NOT NULL) e
      WHERE before IS DISTINCT FROM from_status AND before IS NOT NULL`,
    values: [],
  },
  "findings whose version is not the number of their entries": {
    sql: "SELECT count(*) FROM finding f WHERE f.version <> (SELECT count(*) FROM audit_event e WHERE e.finding_id = f.id AND e.version IS NOT NULL)",
    values: [],
  },
  "findings that stand elsewhere than their log": {
    sql: `SELECT count(*) FROM finding f JOIN LATERAL (SELECT to_status FROM audit_event e WHERE e.finding_id = f.id AND to_status IS NOT NULL ORDER BY version DESC LIMIT 1) e ON true
      WHERE e.to_status <> f.governance_status`,
    values: [],
  },
};
