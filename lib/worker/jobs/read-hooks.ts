import { randomUUID } from "node:crypto";
import { noteTurn } from "@/lib/commands/hooks/poll";
import { storedHook } from "@/lib/commands/hooks/store";
import { storable } from "@/lib/domain/storable";
import { backSettings, goneReport, reportOf, type Report } from "@/lib/domain/ticket/there";
import { connectorActor, type Actor } from "@/lib/gate/actor";
import { TrackerFault, type FaultKind, type HookEvent, type Sought } from "@/lib/plugins/connectors/contract";
import { hookOf, isLookedAt, type Tracker } from "@/lib/plugins/connectors/registry";
import { oursOf, trackerToAsk, waitingHooks, type AskedTracker, type WaitingHook } from "@/lib/queries/hooks-waiting";
import { askedTracker, patienceAsked } from "@/lib/worker/jobs/asked-tracker";
import { applyHooks, type ReadHook } from "@/lib/worker/jobs/heard-reports";

const BATCH = 500;
/** Webhooks that have the tracker asked, in one step: what it said is kept before it is asked for more. */
const LOT = 20;
/** For so many hours a webhook waits for a tracker that does not answer, and for a ticket that is being made. */
const PATIENCE = { asked: 24, early: 1 } as const;

/** Troubles that every other question would meet too; of any other so many are enough for one pass. */
const OF_ALL: readonly FaultKind[] = ["unreachable", "limited", "credentials"];
const MOST_FAULTS = 3;

/** `tracker` null: it is not asked now. `looks`: what it said in this batch, so that an issue of which much is told is looked at once. */
type Reading = { connector: AskedTracker; tracker: Tracker | null; actor: Actor; faults: number; looks: Map<string, Report | TrackerFault> };
/** `events` null: it could not be read; `mine`: those that may be of a ticket here. */
type Told = { hook: WaitingHook; events: readonly HookEvent[] | null; mine: readonly HookEvent[] };

/**
 * Reads what a connector's webhooks told, many at once: first those that say all by themselves, then those for which the tracker is asked. Two at once do no
 * harm: what a ticket knows already changes nothing, in whatever order it is told.
 */
export async function readHooks(id: number, stop?: AbortSignal): Promise<void> {
  const connector = await trackerToAsk(id);
  if (!connector) return;
  const actor = connectorActor(connector, randomUUID());
  const reading: Reading = { connector, tracker: connector.isLeftAlone ? null : askedTracker(connector), actor, faults: 0, looks: new Map() };
  for (let after = 0; !stop?.aborted;) {
    const hooks = await waitingHooks(id, after, BATCH);
    reading.looks.clear();
    const late = new Set(hooks.filter(({ hours }) => hours > PATIENCE.asked).map((hook) => hook.id));
    const apply = (read: readonly ReadHook[]) => applyHooks(actor, { environment: connector.environment, connector: id }, read, { isLast: (hook) => late.has(hook), stop });
    const { plain, asking } = await parted(reading, hooks);
    await apply(await readAll(reading, plain));
    for (let from = 0; from < asking.length && !stop?.aborted; from += LOT) await apply(await readAll(reading, asking.slice(from, from + LOT), stop));
    const last = hooks.at(-1);
    if (!last) return;
    after = last.id;
  }
}

/** What webhooks tell, parted by whether the tracker has to be asked. */
async function parted(reading: Reading, hooks: readonly WaitingHook[]): Promise<{ plain: Told[]; asking: Told[] }> {
  const read = hooks.map((hook) => ({ hook, events: eventsOf(reading.connector, hook) }));
  const events = read.flatMap((one) => one.events ?? []);
  const ours = await oursOf(reading.connector.id, events.map((event) => ({ id: event.there?.id ?? null, key: event.key })));
  const mine = new Set(events.filter((_, at) => ours[at]));
  const told = read.map((one): Told => ({ ...one, mine: (one.events ?? []).filter((event) => mine.has(event)) }));
  const asks = (one: Told) => one.mine.some((event) => isLookedFor(event, reading.connector));
  return { plain: told.filter((one) => !asks(one)), asking: told.filter(asks) };
}

/** What each webhook comes to; those that wait are left out, and are read again by the clock. So are those that come after `stop`. */
async function readAll(reading: Reading, told: readonly Told[], stop?: AbortSignal): Promise<ReadHook[]> {
  const read: ReadHook[] = [];
  for (const each of told) {
    if (stop?.aborted) break;
    const one = await readOne(reading, each);
    if (one) read.push(one);
  }
  return read;
}

/** What a webhook tells of issues; null: it could not be read. */
function eventsOf(connector: AskedTracker, hook: WaitingHook): readonly HookEvent[] | null {
  try {
    const { headers, text } = storedHook.parse(hook.body);
    return (hookOf(connector.kind)?.read(JSON.parse(text), headers, connector.settings) ?? []).filter(({ kind }) => kind !== "other").slice(0, 100);
  } catch (error) {
    console.error(`hook ${hook.id}:`, error);
    return null;
  }
}

async function readOne(reading: Reading, { hook, events, mine }: Told): Promise<ReadHook | null> {
  const done = (outcome: string | null, reports: readonly Report[] = []): ReadHook => ({ id: hook.id, reports, outcome, mayWait: hook.hours <= PATIENCE.early });
  const isLate = hook.hours > PATIENCE.asked;
  if (events === null) return isLate ? done("it could not be read") : null;
  if (mine.length === 0) return done(events.length === 0 ? "nothing of a ticket" : "of no ticket here");
  try {
    const reports: Report[] = [];
    for (const event of mine) reports.push(await reportOfEvent(event, reading));
    return done(null, reports);
  } catch (error) {
    if (!(error instanceof TrackerFault)) throw error;
    await noted(reading, error);
    return isLate ? done(storable(`given up: ${error.message}`, 300)) : null;
  }
}

/** A tracker that does not answer is not asked by every webhook that waits for it: no more in this pass, and for as long as it wants by nobody. */
async function noted(reading: Reading, fault: TrackerFault): Promise<void> {
  const { connector, tracker, actor } = reading;
  reading.faults += 1;
  if (tracker === null || (!OF_ALL.includes(fault.kind) && reading.faults < MOST_FAULTS)) return;
  reading.tracker = null;
  const told = await noteTurn(actor, { environment: connector.environment, connector: connector.id, since: null, heard: { error: storable(fault.message, 2_000), patience: patienceAsked(fault) } });
  if (!told.ok) console.error(`connector ${connector.id}:`, told.refusal.message);
}

/**
 * Is the tracker asked how the issue stands? Where too little is said to act on. And what closes a ticket here is not taken from a letter: it is looked at,
 * and waits until it can be; what can never be asked is believed.
 */
function isLookedFor({ kind, there }: HookEvent, connector: AskedTracker): boolean {
  if (kind === "deleted") return false;
  return there === null || (there.isDone && backSettings.parse(connector.settings).closes && isLookedAt(connector.kind));
}

/** What an event says of its issue, or the tracker where it is asked. */
async function reportOfEvent(event: HookEvent, reading: Reading): Promise<Report> {
  const { there, by, key, kind } = event;
  if (kind === "deleted") return { ...goneReport(key, event.at, { asked: false, by }), id: there?.id ?? null };
  if (there && !isLookedFor(event, reading.connector)) return reportOf({ ...there, updatedAt: there.updatedAt ?? event.at }, { asked: false, by });
  return { ...(await seen(reading, { key: there?.movedTo ?? key, id: there?.id ?? null })), by: by ?? null };
}

/** How the issue stands now: asked once for all that this batch tells of it. */
async function seen({ looks, tracker }: Reading, at: Sought): Promise<Report> {
  const name = `${at.key} ${at.id ?? ""}`;
  const before = looks.get(name) ?? (await lookAt(tracker, at).catch((error: unknown) => {
    if (error instanceof TrackerFault) return error;
    throw error;
  }));
  looks.set(name, before);
  if (before instanceof TrackerFault) throw before;
  return before;
}

/** How an issue stands now. @throws TrackerFault where the tracker does not say; that it is not there is an answer, and so is that another one has its key */
export async function lookAt(tracker: Tracker | null, { key, id }: Sought): Promise<Report> {
  if (!tracker?.look) throw new TrackerFault("unreachable", "It cannot be asked at this moment.");
  try {
    const there = await tracker.look({ key, id });
    return id !== null && there.id !== null && there.id !== id ? { ...goneReport(key, null, { asked: true }), id } : reportOf(there, { asked: true });
  } catch (error) {
    if (error instanceof TrackerFault && error.kind === "gone") return { ...goneReport(key, null, { asked: true }), id };
    throw error;
  }
}
