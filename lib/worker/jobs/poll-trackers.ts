import { randomUUID } from "node:crypto";
import { noteTurn, takeTurn } from "@/lib/commands/hooks/poll";
import { storable } from "@/lib/domain/storable";
import { reportOf, type Report } from "@/lib/domain/ticket/there";
import { connectorActor, type Actor } from "@/lib/gate/actor";
import { MOST_SOUGHT, TrackerFault, type Sought } from "@/lib/plugins/connectors/contract";
import type { Tracker } from "@/lib/plugins/connectors/registry";
import { trackerToAsk, unheardIssues, type AskedTracker } from "@/lib/queries/hooks-waiting";
import { askedTracker, patienceAsked } from "@/lib/worker/jobs/asked-tracker";
import { tried } from "@/lib/worker/jobs/heard-reports";
import { lookAt } from "@/lib/worker/jobs/read-hooks";

/** Pages of one turn: after a long absence the rest comes with the next turns. */
const MOST_PAGES = 20;
/** Issues that nobody heard of for an hour are looked for, so many times MOST_SOUGHT at once in each turn: one that was deleted is in no list of changes. */
const BATCHES = 5;
/** Those that were not found among the others, looked at one by one before any is called gone. */
const LOOKS = 20;
/** Reports that are taken in one step. */
const AT_ONCE = 500;

type Turn = { connector: AskedTracker; tracker: Tracker; actor: Actor };

/** Asks one tracker what changed since it was asked last. Works without any webhook, and makes up for those that were lost. Gives how many reports it took. */
export async function pollTracker(id: number, stop?: AbortSignal): Promise<number> {
  const connector = await trackerToAsk(id);
  const tracker = connector && !connector.isLeftAlone ? askedTracker(connector) : null;
  if (!connector || !tracker || (!tracker.changes && !tracker.look)) return 0;
  const actor = connectorActor(connector, randomUUID());
  const where = { environment: connector.environment, connector: id };
  const turn = await takeTurn(actor, where);
  if (!turn.ok || !turn.value) return 0;
  let { cursor: since } = turn.value;
  try {
    let taken = 0;
    for (let page = 0; page < MOST_PAGES && tracker.changes && !stop?.aborted; page++) {
      const { found, cursor, more } = await tracker.changes(since);
      await take({ connector, tracker, actor }, found.map((there) => reportOf(there, { asked: true })));
      taken += found.length;
      const kept = await noteTurn(actor, { ...where, since, heard: { cursor } });
      const isLast = !more || cursor === since || !kept.ok || !kept.value.isKept;
      since = cursor;
      if (isLast) break;
    }
    return taken + (await lookAround({ connector, tracker, actor }, since, stop));
  } catch (error) {
    if (!(error instanceof TrackerFault)) throw error;
    await noteTurn(actor, { ...where, since, heard: { error: storable(error.message, 2_000), patience: patienceAsked(error) } });
    return 0;
  }
}

/** What nobody heard of is looked for. Each answer renews the turn, as each page does: nobody else asks meanwhile. */
async function lookAround(turn: Turn, since: string | null, stop?: AbortSignal): Promise<number> {
  const { tracker, actor, connector } = turn;
  const heard = async (reports: readonly Report[]) => {
    await take(turn, reports);
    if (since !== null) await noteTurn(actor, { environment: connector.environment, connector: connector.id, since, heard: { cursor: since } });
  };
  let count = 0;
  for (let batch = 0; batch < BATCHES && tracker.look && !stop?.aborted; batch++) {
    const all = await unheardIssues(connector.id, MOST_SOUGHT);
    if (all.length === 0) break;
    const found = await foundOf(tracker, all);
    if (found.length > 0) await heard(found.map(({ report }) => report));
    const left = all.filter((one) => !found.some(({ at }) => at === one));
    for (const at of left.slice(0, LOOKS)) if (!stop?.aborted) await heard([await lookAt(tracker, at)]);
    count += found.length + Math.min(left.length, LOOKS);
    if (all.length < MOST_SOUGHT || left.length > LOOKS) break;
  }
  return count;
}

/** Those that the tracker finds at once, each with how it stands; whom it refuses that question finds none. */
async function foundOf(tracker: Tracker, all: readonly Sought[]): Promise<{ at: Sought; report: Report }[]> {
  const seen = await tracker.lookAll?.(all).catch((error: unknown) => {
    if (error instanceof TrackerFault && error.kind === "invalid") return [];
    throw error;
  });
  return (seen ?? []).flatMap((there) => {
    const at = all.find(({ key, id }) => (id === null || there.id === null ? key === there.key : id === there.id));
    return at ? [{ at, report: reportOf(there, { asked: true }) }] : [];
  });
}

/** Takes what it said; where one report stands in the way of the others they are parted until it is alone. */
async function take(turn: Turn, reports: readonly Report[]): Promise<void> {
  const { connector, actor } = turn;
  for (let from = 0; from < reports.length; from += AT_ONCE) {
    const some = reports.slice(from, from + AT_ONCE);
    const trouble = await tried(actor, { environment: connector.environment, connector: connector.id, reports: some.map((report) => ({ ...report, hook: null })), hooks: [] });
    const half = Math.ceil(some.length / 2);
    if (trouble !== null && some.length > 1) for (const part of [some.slice(0, half), some.slice(half)]) await take(turn, part);
    else if (trouble !== null) console.error(`connector ${connector.id}, ${some[0]?.key}: not recorded.`, trouble.said);
  }
}
