import { randomUUID } from "node:crypto";
import { noteTurn, takeTurn } from "@/lib/commands/hooks/poll";
import { applyThere } from "@/lib/commands/tickets/apply-there";
import { storable } from "@/lib/domain/storable";
import { reportOf, type Report } from "@/lib/domain/ticket/there";
import { connectorActor, type Actor } from "@/lib/gate/actor";
import { TrackerFault } from "@/lib/plugins/connectors/contract";
import type { Tracker } from "@/lib/plugins/connectors/registry";
import { trackerToAsk, unheardKeys, type AskedTracker } from "@/lib/queries/hooks-waiting";
import { askedTracker, patienceAsked } from "@/lib/worker/jobs/asked-tracker";
import { lookAt } from "@/lib/worker/jobs/read-hooks";

/** Pages of one turn: after a long absence the rest comes with the next turns. */
const MOST_PAGES = 20;
/** Tickets that nobody heard of for an hour, looked at one by one in each turn: an issue that was deleted is in no list of changes. */
const LOOKS = 5;
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

/** Each look renews the turn, as each page does: nobody else asks meanwhile. */
async function lookAround(turn: Turn, since: string | null, stop?: AbortSignal): Promise<number> {
  if (!turn.tracker.look) return 0;
  const keys = await unheardKeys(turn.connector.id, LOOKS);
  for (const key of keys) {
    if (stop?.aborted) break;
    await take(turn, [await lookAt(turn.tracker, key, null)]);
    if (since !== null) await noteTurn(turn.actor, { environment: turn.connector.environment, connector: turn.connector.id, since, heard: { cursor: since } });
  }
  return keys.length;
}

/** Takes what it said; where one report stands in the way of the others each is taken by itself. */
async function take(turn: Turn, reports: readonly Report[]): Promise<void> {
  const { connector, actor } = turn;
  for (let from = 0; from < reports.length; from += AT_ONCE) {
    const some = reports.slice(from, from + AT_ONCE);
    const [only, ...others] = some;
    const applied = await applyThere(actor, { environment: connector.environment, connector: connector.id, reports: some.map((report) => ({ ...report, hook: null })) });
    if (!applied.ok && others.length > 0) for (const report of some) await take(turn, [report]);
    else if (!applied.ok) console.error(`connector ${connector.id}, ${only?.key}:`, applied.refusal.message);
  }
}
