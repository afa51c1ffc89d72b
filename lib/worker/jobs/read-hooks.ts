import { randomUUID } from "node:crypto";
import { noteTurn } from "@/lib/commands/hooks/poll";
import { settleHooks } from "@/lib/commands/hooks/settle";
import { storedHook } from "@/lib/commands/hooks/store";
import { applyThere } from "@/lib/commands/tickets/apply-there";
import { storable } from "@/lib/domain/storable";
import { backSettings, goneReport, reportOf, type Report } from "@/lib/domain/ticket/there";
import { connectorActor, type Actor } from "@/lib/gate/actor";
import { TrackerFault, type FaultKind, type HookEvent } from "@/lib/plugins/connectors/contract";
import { hookOf, isLookedAt, type Tracker } from "@/lib/plugins/connectors/registry";
import { mayBeOurs, trackerToAsk, waitingHooks, type AskedTracker } from "@/lib/queries/hooks-waiting";
import { askedTracker, patienceAsked } from "@/lib/worker/jobs/asked-tracker";

const BATCH = 100;
/** For so many hours a webhook waits for a tracker that does not answer, and for a ticket that is being made. */
const PATIENCE = { asked: 24, early: 1 } as const;

/** Troubles that every other question would meet too; of any other so many are enough for one pass. */
const OF_ALL: readonly FaultKind[] = ["unreachable", "limited", "credentials"];
const MOST_FAULTS = 3;

/** `tracker` null: it is not asked now. */
type Reading = { connector: AskedTracker; tracker: Tracker | null; actor: Actor; faults: number };
/** What became of a webhook; null: it waits, and is read again by the clock. */
type Outcome = string | null;

/**
 * Reads what a connector's webhooks told, in the order in which they came. Two at once do no harm: what a ticket knows already changes nothing, in
 * whatever order it is told.
 */
export async function readHooks(id: number, stop?: AbortSignal): Promise<void> {
  const connector = await trackerToAsk(id);
  if (!connector) return;
  const actor = connectorActor(connector, randomUUID());
  const reading: Reading = { connector, tracker: connector.isLeftAlone ? null : askedTracker(connector), actor, faults: 0 };
  for (let after = 0; !stop?.aborted;) {
    const hooks = await waitingHooks(id, after, BATCH);
    const settled: { id: number; outcome: string }[] = [];
    for (const hook of hooks) {
      const outcome = await readOne(reading, hook);
      if (outcome !== null) settled.push({ id: hook.id, outcome });
      after = hook.id;
    }
    if (settled.length > 0) await settleHooks(actor, { environment: connector.environment, connector: id, hooks: settled });
    if (hooks.length < BATCH) return;
  }
}

async function readOne(reading: Reading, hook: { id: number; body: unknown; hours: number }): Promise<Outcome> {
  try {
    const { headers, text } = storedHook.parse(hook.body);
    const events = (hookOf(reading.connector.kind)?.read(JSON.parse(text), headers) ?? []).filter(({ kind }) => kind !== "other");
    if (events.length === 0) return "nothing of a ticket";
    const outcomes: string[] = [];
    for (const event of events.slice(0, 100)) {
      const outcome = await applied(reading, event, hook.hours);
      if (outcome === null) return null;
      outcomes.push(outcome);
    }
    return storable([...new Set(outcomes)].join(", "), 300);
  } catch (error) {
    if (error instanceof TrackerFault) await noted(reading, error);
    if (error instanceof TrackerFault) return hook.hours > PATIENCE.asked ? storable(`given up: ${error.message}`, 300) : null;
    console.error(`hook ${hook.id}:`, error);
    return hook.hours > PATIENCE.asked ? "it could not be read" : null;
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

async function applied({ connector, tracker }: Reading, event: HookEvent, hours: number): Promise<Outcome> {
  if (!(await mayBeOurs(connector.id, { id: event.there?.id ?? null, key: event.key }))) return "of no ticket here";
  const report = await reportOfEvent(event, { connector, tracker });
  const actor = connectorActor({ ...connector, name: report.by ? `${report.by} (${connector.name})` : connector.name }, randomUUID());
  const result = await applyThere(actor, { environment: connector.environment, connector: connector.id, report });
  if (!result.ok) return `refused: ${result.refusal.message}`;
  const { outcome, ticket } = result.value;
  if (outcome === "early") return hours > PATIENCE.early ? "of no ticket here" : null;
  return outcome === "unknown" ? "of no ticket here" : `${outcome} T-${ticket}`;
}

/** What an event says of its issue; where it says too little to act on, the tracker is asked. */
async function reportOfEvent(event: HookEvent, { connector, tracker }: Pick<Reading, "connector" | "tracker">): Promise<Report> {
  const { there, by, key, kind } = event;
  if (kind === "deleted") return { ...goneReport(key, event.at, { asked: false, by }), id: there?.id ?? null };
  // what closes a ticket here is not taken from a letter: it is looked at, and waits until it can be; what can never be asked is believed
  const isWeighty = there !== null && there.isDone && backSettings.parse(connector.settings).closes && isLookedAt(connector.kind);
  if (there && !isWeighty) return reportOf({ ...there, updatedAt: there.updatedAt ?? event.at }, { asked: false, by });
  return lookAt(tracker, there?.movedTo ?? key, by ?? null);
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
