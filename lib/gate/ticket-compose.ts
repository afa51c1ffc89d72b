import { createHash } from "node:crypto";
import type { Tx } from "@/lib/db/client";
import type { StoredFacts } from "@/lib/db/sql/ticket-facts";
import type { NewTicket } from "@/lib/db/sql/ticket-write";
import { membersNamed } from "@/lib/db/sql/members";
import { ok, type RefusalCode, type Result } from "@/lib/domain/refusal";
import { exclusionOf, gapsOf } from "@/lib/domain/ticket/grouping";
import type { CreateTickets } from "@/lib/domain/ticket/input";
import { descriptionOf, dueOf, payloadOf, priorityOf, titleOf, worstOf } from "@/lib/domain/ticket/payload-of";
import { CHECKLIST } from "@/lib/domain/ticket/words";
import { assigneeOf } from "@/lib/gate/members";
import { payloadHash, permalinks, type Place } from "@/lib/gate/tickets";

export type Owner = { id: number; name: string; email?: string };
export type Wanted = Pick<CreateTickets, "title" | "description" | "team" | "cc" | "priority" | "labels" | "dueOn" | "override">;

/** What all tickets of an act have in common. `owners`: who may be given them, by id, where the maker names nobody. */
export type Beside = {
  environment: number; name: string; place: Place; actionId: string; asked: Wanted; assignee: Owner | null | undefined; owners: ReadonlyMap<number, Owner>; insisted: ReadonlySet<number>; splitFrom?: number;
};

/** Who is named, and those whom the findings already have: one who left meanwhile gets no ticket. */
export async function ownersOf(tx: Tx, environment: number, assignee: CreateTickets["assignee"], facts: readonly Pick<StoredFacts, "assigneeId">[]): Promise<Result<Pick<Beside, "assignee" | "owners">>> {
  const to = await assigneeOf(tx, environment, assignee, "assignee");
  if (!to.ok) return to;
  const ids = [...new Set(facts.flatMap(({ assigneeId }) => assigneeId ?? []))];
  const members = assignee === undefined && ids.length > 0 ? await membersNamed(tx, environment, { ids }) : [];
  return ok({ assignee: to.value, owners: new Map(members.map((member) => [member.id, member])) });
}

/** A finding that gets no ticket: why, the open one in its way, and whether a note would let it in. */
export type LeftOut = { number: number; code: RefusalCode; why: string; ticket: number | null; override: boolean };

/** Why a finding gets no ticket by this act; null: it gets one. `ticket` is the open one that it has. */
export function leftOut(finding: StoredFacts, ticket: number | null, { insist, override }: Pick<CreateTickets, "insist" | "override">): LeftOut | null {
  const { number } = finding;
  const why = exclusionOf(finding);
  if (why !== null && !override) return { number, code: "conflict", why: `F-${number} ${why}.`, ticket: null, override: true };
  return ticket === null || insist ? null : { number, code: "conflict", why: `F-${number} has an open ticket already: T-${ticket}.`, ticket, override: false };
}

/** The only one of these, if they are all the same. */
function common<T>(values: readonly (T | null)[]): T | null {
  const [first = null, ...others] = new Set(values);
  return others.length === 0 ? first : null;
}

/**
 * A new ticket of these findings: what its maker says, and what follows from the findings where they say nothing. The marker by which a tracker is
 * searched is one word, the same however often the ticket is sent.
 */
export function composed(number: number, findings: readonly StoredFacts[], beside: Beside): NewTicket {
  const { asked, place, environment } = beside;
  const held = common(findings.map(({ assigneeId }) => assigneeId));
  const assignee = beside.assignee !== undefined ? beside.assignee : ((held === null ? null : beside.owners.get(held)) ?? null);
  const team = asked.team !== undefined ? asked.team || null : common(findings.map((each) => each.team));
  const said = {
    title: asked.title ?? titleOf(findings), description: asked.description ?? descriptionOf(findings), priority: asked.priority ?? priorityOf(findings), team,
    cc: asked.cc ?? [], labels: [...new Set(asked.labels ?? [])], dueOn: asked.dueOn !== undefined ? asked.dueOn : dueOf(findings),
  };
  const payload = payloadOf({ ...said, ticket: number, environment: beside.name, assignee: assignee?.name ?? null, checklist: CHECKLIST, findings, permalinkTo: permalinks(environment) });
  return {
    ...said, number, assigneeId: assignee?.id ?? null, destination: place.destination, connectorId: place.connectorId, payload, payloadHash: payloadHash(payload),
    gaps: gapsOf(findings, { assignee: assignee?.name ?? null, team }, asked.override ?? null), splitFrom: beside.splitFrom ?? null, checks: CHECKLIST,
    marker: `docket${createHash("sha256").update(`${beside.actionId} ${environment} ${number}`).digest("hex").slice(0, 20)}`,
    links: findings.map(({ id }) => ({ id, insisted: beside.insisted.has(id) })),
  };
}

/** What the log keeps of a new ticket: its full details. */
export function loggedTicket(ticket: NewTicket, findings: readonly StoredFacts[], beside: Beside): Record<string, unknown> {
  const { title, team, cc, priority, labels, dueOn, destination, gaps, payload } = ticket;
  return {
    title, team, cc, priority, labels, due_on: dueOn?.toISOString() ?? null, destination, connector: beside.place.name, assignee: payload.assignee,
    severity: worstOf(findings.map(({ severity }) => severity)), cve: payload.cve, assets: payload.assets.slice(0, 100), findings: findings.map((each) => each.number), gaps,
    payload_hash: ticket.payloadHash, ...(ticket.splitFrom === null ? {} : { split_from: ticket.splitFrom }), state: "open",
  };
}
