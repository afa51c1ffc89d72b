import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { policyOf, type PolicyInForce } from "@/lib/db/policy";
import { settleHooks, type SettledHook } from "@/lib/db/sql/hooks";
import { connectorInUse, isMaking, markHeard, onTheirWay, writeThere, type Standing } from "@/lib/db/sql/ticket-there";
import { grouped } from "@/lib/domain/grouped";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { storable } from "@/lib/domain/storable";
import { backSettings, isDeclined, report, type Back } from "@/lib/domain/ticket/there";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context, type TrailEntry } from "@/lib/gate/commit";
import { writeTicketMoves, type TicketMove } from "@/lib/gate/ticket-moves";
import { closedTicket } from "./steps/close-one";
import { heardOf, type Heard } from "./steps/heard";
import { entriesOf, standingOf } from "./steps/standing";
import { steered } from "./steps/steered";

const id = z.number().int().positive().max(2_147_483_647);
/** What a webhook comes to: where it was known before (`outcome`), or by its reports. `mayWait`: one that is told too early is read again. */
const hook = z.object({ id, outcome: z.string().max(300).nullable(), mayWait: z.boolean() });
const input = z.object({ environment: id, connector: id, reports: z.array(report.extend({ hook: id.nullable() })).max(2_000), hooks: z.array(hook).max(1_000).default([]) });
type Asked = z.output<typeof input>;

/** What became of a report. `same`: nothing changed but its clock. `early`: it may be of a ticket that is being made at this moment. */
export type Applied = { outcome: "applied" | "overtaken" | "same" | "older" | "unknown" | "early"; ticket: number | null };

/**
 * Records what a tracker says of its issues, `{environment, connector, reports, hooks}`, in the order in which it came, and what became of the webhooks that said
 * it: all or nothing. Of one issue that counts which says most, as if each had been recorded by itself. Its status moves the fixes by the connector's mapping;
 * title, severity, assignee, priority and labels are compared and never taken over; Done closes nothing here unless the connector's settings say so, and never
 * touches a finding. What is older than what is known changes nothing. Asked by a job, as the connector.
 */
export function applyThere(actor: Actor, raw: unknown): Promise<Result<Applied[]>> {
  return commit(actor, { act: "ticket.write", input, work, timeout: 120_000 }, raw);
}

type Decided = Heard & { next: Standing; signed: Pick<TrailEntry, "actionId" | "signedBy"> };

async function work(tx: Tx, asked: Asked, context: Context): Promise<Result<Change<Applied[]>>> {
  const { environment, connector: number, reports } = asked;
  const connector = await connectorInUse(tx, environment, number);
  if (!connector) return refuse("missing", `There is no connector ${number} in use here.`);
  const back = backSettings.parse(connector.settings);
  const heard = await heardOf(tx, environment, number, reports);
  const news = heard.filter(({ folded }) => folded.last !== null);
  const { tickets: policy } = await policyOf(tx, environment);
  const { following, before } = await steered(tx, news, { environment, name: connector.name, back, policy, now: context.now });
  const onWay = await onTheirWay(tx, news.map(({ ticket }) => ticket.id));

  const decided = news.map((one): Decided => {
    const by = one.folded.last?.by;
    return { ...one, next: standingOf(one, before.get(one.ticket.id), onWay.has(one.ticket.id), back), signed: { actionId: randomUUID(), ...(by ? { signedBy: `${by} (${connector.name})` } : {}) } };
  });
  const changed = decided.flatMap(({ ticket, known, next }) => entriesOf(ticket, known, next));
  const closing = decided.flatMap((one) => closings(one, { back, name: connector.name, policy }, context));
  const trail = signed([...changed, ...following.trail, ...closing.flatMap(({ entries }) => entries)], decided);
  const touched = new Set(trail.map(({ record }) => record.number));
  const applied = await outcomesOf(tx, asked, heard, touched);

  const write = async (within: Tx): Promise<Applied[]> => {
    await following.write(within);
    if (closing.length > 0) await writeTicketMoves(within, environment, { moves: closing, skipped: [], findings: [] }, context);
    await writeStandings(within, decided, touched);
    await settleHooks(within, number, settledOf(asked, applied));
    return applied;
  };
  const [head, ...rest] = trail;
  return ok(head ? { trail: [head, ...rest], jobs: following.jobs, write } : { books: write });
}

/** Each ticket's entries are an act of its own, by whoever it was over there. */
function signed(trail: readonly TrailEntry[], decided: readonly Decided[]): TrailEntry[] {
  const marks = new Map(decided.map(({ ticket, signed: mark }) => [ticket.number, mark]));
  return trail.map((entry) => ({ ...entry, ...marks.get(entry.record.number ?? 0) }));
}

/** Where nothing is told but its clock, only that is kept; where not even that moved, that it was heard of. */
async function writeStandings(tx: Tx, decided: readonly Decided[], touched: ReadonlySet<number | null>): Promise<void> {
  const isMoved = ({ ticket, next }: Decided) => !isDeepStrictEqual(next.external, ticket.external) || next.id !== ticket.externalId;
  const kept = decided.filter((one) => touched.has(one.ticket.number) || isMoved(one));
  await writeThere(tx, kept.map(({ ticket, next }) => ({ ticket: ticket.id, standing: next, isMoved: next.key !== ticket.externalKey })));
  await markHeard(tx, decided.filter((one) => !kept.includes(one) && one.reports.some(({ asked }) => asked)).map(({ ticket }) => ticket.id));
}

type Closer = { back: Back; name: string; policy: PolicyInForce["tickets"] };

/** Its Done closes the ticket where the connector's settings say so, and it ended with a fix: once, so that a ticket that was opened again here stays open. */
function closings({ ticket, known, folded: { external: news } }: Heard, { back, name, policy }: Closer, context: Context): TicketMove[] {
  if (!back.closes || ticket.state === "closed" || news.isGone || known.isDone || !news.isDone || isDeclined(news.status)) return [];
  const move = closedTicket(ticket, { reason: "patched", notes: `${name} says: ${news.status ?? "done"}.` }, context, policy);
  return move.ok ? [move.value] : [];
}

/** What became of each report, in their order. */
async function outcomesOf(tx: Tx, { connector, reports }: Asked, heard: readonly Heard[], touched: ReadonlySet<number | null>): Promise<Applied[]> {
  const known = new Map(heard.flatMap(({ ticket: { number: ticket }, folded, which }) => which.map((at, index): [number, Applied] => {
    const fate = folded.fates[index] ?? "unknown";
    return [at, { outcome: fate === "applied" && !touched.has(ticket) ? "same" : fate, ticket: fate === "unknown" ? null : ticket }];
  })));
  const isEarly = known.size < reports.length && (await isMaking(tx, connector));
  return reports.map((_, at) => known.get(at) ?? { outcome: isEarly ? "early" : "unknown", ticket: null });
}

/** What is noted of each webhook; one that came too early is left as it is. */
function settledOf({ reports, hooks }: Asked, applied: readonly Applied[]): SettledHook[] {
  const fates = grouped(reports.flatMap(({ hook: of }, at) => (of === null ? [] : [{ of, fate: applied[at] }])), ({ of }) => of);
  return hooks.flatMap(({ id: of, outcome, mayWait }) => {
    const mine = (fates.get(of) ?? []).flatMap(({ fate }) => fate ?? []);
    if (mayWait && mine.some(({ outcome: one }) => one === "early")) return [];
    const said = mine.map(({ outcome: one, ticket }) => (ticket === null ? "of no ticket here" : `${one} T-${ticket}`));
    return [{ id: of, outcome: storable([...new Set([...(outcome === null ? [] : [outcome]), ...said])].join(", "), 300) }];
  });
}
