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
import { turnOf, type Step } from "@/lib/domain/ticket/fold";
import { aimOf, backSettings, isDeclined, report, type Back, type Recorded } from "@/lib/domain/ticket/there";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context, type TrailEntry } from "@/lib/gate/commit";
import { writeTicketMoves, type TicketMove } from "@/lib/gate/ticket-moves";
import { deliveryJobs, enqueueDelivery } from "@/lib/gate/tickets";
import { saidMeanwhile } from "./steps/back-again";
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
 * it: all or nothing. Of one issue that counts which says most: its record is the one that it would have if each had come alone, and the log names for each
 * change who made it over there. Fixes are moved, by the connector's mapping, by the status that it has in the end; title, severity, assignee, priority and
 * labels are compared and never taken over; Done closes nothing here unless the connector's settings say so, and never touches a finding. What is older than what is known changes nothing. Asked by a job, as the connector.
 */
export function applyThere(actor: Actor, raw: unknown): Promise<Result<Applied[]>> {
  return commit(actor, { act: "ticket.write", input, work, timeout: 120_000 }, raw);
}

type Mark = Pick<TrailEntry, "actionId" | "signedBy">;
/** `marks`: under what each of its steps stands in the log: an act of its own, by whoever it was over there. */
type Decided = Heard & { next: Standing; entries: readonly TrailEntry[]; marks: ReadonlyMap<Step | undefined, Mark> };

async function work(tx: Tx, asked: Asked, context: Context): Promise<Result<Change<Applied[]>>> {
  const { environment, connector: number, reports } = asked;
  const connector = await connectorInUse(tx, environment, number);
  if (!connector) return refuse("missing", `There is no connector ${number} in use here.`);
  const back = backSettings.parse(connector.settings);
  const heard = await heardOf(tx, environment, number, reports);
  const news = heard.filter(({ folded }) => folded.steps.length > 0);
  const { tickets: policy } = await policyOf(tx, environment);
  const { following, before } = await steered(tx, news, { environment, name: connector.name, back, policy, now: context.now });
  const onWay = await onTheirWay(tx, news.map(({ ticket }) => ticket.id));

  const decided = news.map((one) => decidedOf(one, connector.name, (step) => standingOf(one.ticket, step, before.get(one.ticket.id), onWay.has(one.ticket.id), back)));
  const closing = decided.flatMap((one) => closings(one, { back, name: connector.name, policy }, context));
  const trail = [
    ...decided.flatMap(({ entries }) => entries), ...signed(following.trail, decided, (external) => aimOf(external, back)),
    ...signed(closing.flatMap(({ entries }) => entries), decided, isFixed),
  ];
  const touched = new Set(trail.flatMap(({ record }) => (record.type === "ticket" ? [record.number] : [])));
  const untold = await saidMeanwhile(tx, decided);
  const applied = await outcomesOf(tx, asked, heard, touched);

  const write = async (within: Tx): Promise<Applied[]> => {
    await following.write(within);
    if (closing.length > 0) await writeTicketMoves(within, environment, { moves: closing, skipped: [], findings: [] }, context);
    await writeStandings(within, heard, decided, touched);
    await enqueueDelivery(within, environment, untold);
    await settleHooks(within, number, settledOf(asked, applied));
    return applied;
  };
  const [head, ...rest] = trail;
  return ok(head ? { trail: [head, ...rest], jobs: [...following.jobs, ...deliveryJobs(untold)], write } : { books: write });
}

/** What a ticket comes to, with an entry for each author in turn. */
function decidedOf(one: Heard, connector: string, standing: (step: Omit<Step, "by">) => Standing): Decided {
  const { ticket, known, folded } = one;
  const marks = new Map<Step | undefined, Mark>(folded.steps.map((step) => [step, { actionId: randomUUID(), ...(step.by ? { signedBy: `${step.by} (${connector})` } : {}) }]));
  const found = entriesOf(ticket, known, folded.steps.map(standing));
  return { ...one, next: standing(folded), marks, entries: folded.steps.flatMap((step, at) => (found[at] ? [{ ...found[at], ...marks.get(step) }] : [])) };
}

/** What follows for a ticket is signed by whoever brought its issue to what it says now. */
function signed(trail: readonly TrailEntry[], decided: readonly Decided[], of: (external: Recorded) => unknown): TrailEntry[] {
  const marks = new Map(decided.map((one) => [one.ticket.number, one.marks.get(turnOf(one.known, one.folded.steps, of) ?? one.folded.steps.at(-1))]));
  return trail.map((entry) => (entry.record.type === "ticket" ? { ...entry, ...marks.get(entry.record.number ?? 0) } : entry));
}

/** Where nothing is told but its clock, only that is kept; where not even that moved, that it was heard of. */
async function writeStandings(tx: Tx, heard: readonly Heard[], decided: readonly Decided[], touched: ReadonlySet<number | null>): Promise<void> {
  const isMoved = ({ ticket, next }: Decided) => !isDeepStrictEqual(next.external, ticket.external) || next.id !== ticket.externalId;
  const kept = decided.filter((one) => touched.has(one.ticket.number) || isMoved(one));
  await writeThere(tx, kept.map(({ ticket, next }) => ({ ticket: ticket.id, standing: next, isMoved: next.key !== ticket.externalKey })));
  const isKept = new Set(kept.map(({ ticket }) => ticket.id));
  await markHeard(tx, heard.filter(({ ticket, reports }) => !isKept.has(ticket.id) && reports.some(({ asked }) => asked)).map(({ ticket }) => ticket.id));
}

type Closer = { back: Back; name: string; policy: PolicyInForce["tickets"] };

/** Did it end over there with a fix? */
const isFixed = ({ isDone, status, merged }: Recorded): boolean => isDone && merged === null && !isDeclined(status);

/** Its Done closes the ticket where the connector's settings say so, and it ended with a fix: once, so that a ticket that was opened again here stays open. */
function closings({ ticket, known, folded: { external: news, steps, wasOpen } }: Heard, { back, name, policy }: Closer, context: Context): TicketMove[] {
  if (!back.closes || ticket.state === "closed" || news.isGone || (known.isDone && !wasOpen) || !isFixed(news)) return [];
  const { external: ended } = turnOf(known, steps, isFixed) ?? { external: news };
  const move = closedTicket(ticket, { reason: "patched", notes: `${name} says: ${ended.status ?? "done"}.` }, context, policy);
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
