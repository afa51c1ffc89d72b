import { randomUUID } from "node:crypto";
import { noteTurn } from "@/lib/commands/hooks/poll";
import { storedHook } from "@/lib/commands/hooks/store";
import { storable } from "@/lib/domain/storable";
import { backSettings, goneReport, reportOf, type Report } from "@/lib/domain/ticket/there";
import { connectorActor, type Actor } from "@/lib/gate/actor";
import { TrackerFault, type FaultKind, type HookEvent } from "@/lib/plugins/connectors/contract";
import { hookOf, isLookedAt, type Tracker } from "@/lib/plugins/connectors/registry";
import { oursOf, trackerToAsk, waitingHooks, type AskedTracker, type WaitingHook } from "@/lib/queries/hooks-waiting";
import { askedTracker, patienceAsked } from "@/lib/worker/jobs/asked-tracker";
import { applyHooks, type ReadHook } from "@/lib/worker/jobs/heard-reports";

const BATCH = 500;
/** For so many hours a webhook waits for a tracker that does not answer, and for a ticket that is being made. */
const PATIENCE = { asked: 24, early: 1 } as const;

/** Troubles that every other question would meet too; of any other so many are enough for one pass. */
const OF_ALL: readonly FaultKind[] = ["unreachable", "limited", "credentials"];
const MOST_FAULTS = 3;

/** `tracker` null: it is not asked now. `looks`: what it said in this batch, so that an issue of which much is told is looked at once. */
type Reading = { connector: AskedTracker; tracker: Tracker | null; actor: Actor; faults: number; looks: Map<string, Report | TrackerFault> };
type Told = { hook: WaitingHook; events: readonly HookEvent[] };

/**
 * Reads what a connector's webhooks told, in the order in which they came, many at once. Two at once do no harm: what a ticket knows already changes nothing,
 * in whatever order it is told.
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
    const read = await readBatch(reading, hooks);
    await applyHooks(actor, { environment: connector.environment, connector: id }, read, (hook) => late.has(hook));
    const last = hooks.at(-1);
    if (!last) return;
    after = last.id;
  }
}

/** What each webhook comes to; those that wait are left out, and are read again by the clock. */
async function readBatch(reading: Reading, hooks: readonly WaitingHook[]): Promise<ReadHook[]> {
  const told = hooks.map((hook): Told | null => eventsOf(reading.connector, hook));
  const events = told.flatMap((one) => one?.events ?? []);
  const ours = await oursOf(reading.connector.id, events.map((event) => ({ id: event.there?.id ?? null, key: event.key })));
  const mine = new Set(events.filter((_, at) => ours[at]));
  const read: ReadHook[] = [];
  for (const [at, hook] of hooks.entries()) {
    const one = await readOne(reading, hook, told[at]?.events ?? null, mine);
    if (one) read.push(one);
  }
  return read;
}

/** What a webhook tells of issues; null: it could not be read. */
function eventsOf(connector: AskedTracker, hook: WaitingHook): Told | null {
  try {
    const { headers, text } = storedHook.parse(hook.body);
    return { hook, events: (hookOf(connector.kind)?.read(JSON.parse(text), headers) ?? []).filter(({ kind }) => kind !== "other").slice(0, 100) };
  } catch (error) {
    console.error(`hook ${hook.id}:`, error);
    return null;
  }
}

async function readOne(reading: Reading, hook: WaitingHook, events: readonly HookEvent[] | null, ours: ReadonlySet<HookEvent>): Promise<ReadHook | null> {
  const done = (outcome: string | null, reports: readonly Report[] = []): ReadHook => ({ id: hook.id, reports, outcome, mayWait: hook.hours <= PATIENCE.early });
  const isLate = hook.hours > PATIENCE.asked;
  if (events === null) return isLate ? done("it could not be read") : null;
  const mine = events.filter((event) => ours.has(event));
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

/** What an event says of its issue; where it says too little to act on, the tracker is asked. */
async function reportOfEvent(event: HookEvent, reading: Reading): Promise<Report> {
  const { connector } = reading;
  const { there, by, key, kind } = event;
  if (kind === "deleted") return { ...goneReport(key, event.at, { asked: false, by }), id: there?.id ?? null };
  // what closes a ticket here is not taken from a letter: it is looked at, and waits until it can be; what can never be asked is believed
  const isWeighty = there !== null && there.isDone && backSettings.parse(connector.settings).closes && isLookedAt(connector.kind);
  if (there && !isWeighty) return reportOf({ ...there, updatedAt: there.updatedAt ?? event.at }, { asked: false, by });
  return { ...(await seen(reading, there?.movedTo ?? key)), by: by ?? null };
}

/** How the issue stands now: asked once for all that this batch tells of it. */
async function seen({ looks, tracker }: Reading, key: string): Promise<Report> {
  const before = looks.get(key) ?? (await lookAt(tracker, key, null).catch((error: unknown) => {
    if (error instanceof TrackerFault) return error;
    throw error;
  }));
  looks.set(key, before);
  if (before instanceof TrackerFault) throw before;
  return before;
}

/** How an issue stands now. @throws TrackerFault where the tracker does not say; that it is not there is an answer */
export async function lookAt(tracker: Tracker | null, key: string, by: string | null): Promise<Report> {
  if (!tracker?.look) throw new TrackerFault("unreachable", "It cannot be asked at this moment.");
  try {
    return reportOf(await tracker.look(key), { asked: true, by });
  } catch (error) {
    if (error instanceof TrackerFault && error.kind === "gone") return goneReport(key, null, { asked: true, by });
    throw error;
  }
}
