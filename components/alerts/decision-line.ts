import type { Result } from "@/lib/domain/refusal";
import type { BulkOutcome, Seen } from "@/lib/domain/views/actions";

/** What is sent: the findings as this browser knows them by then, and a key under which it may be sent again. */
export type Sent = { items: readonly Seen[]; key: string };

/** What can stand in the line. `call` throws where there is no answer. */
export type Lined = { items: readonly Seen[]; call: (sent: Sent) => Promise<Result<BulkOutcome>> };

export type Standing = "waiting" | "sending" | "pausing" | "stuck";
export type Entry<D extends Lined> = { readonly id: number; readonly deed: D; readonly standing: Standing; readonly tries: number; readonly why: string };

/** `order`: in which order answers were asked for, so that counts never go back. Null: it was taken out of the line. */
export type Answered = { result: Result<BulkOutcome>; order: number } | null;

type Open<D extends Lined> = { -readonly [K in keyof Entry<D>]: Entry<D>[K] } & { key: string; isSlow: boolean; settle: (answer: Answered) => void };
type Hands = { later: (act: () => void, ms: number) => void; key: () => string };

/** Refusals that say "not now": the same may go through when it is sent again. */
const NOT_NOW: readonly string[] = ["unavailable", "limited"];
const PAUSES_MS = [600, 1_800, 4_000] as const;
/** One is sent after the other; one that takes longer than this no longer holds up the rest. */
const SLOW_MS = 2_500;
const MOST_AT_ONCE = 4;

const NO_ANSWER = "Docket did not answer";

/** Which versions our own decisions made of which: what was taken on one and goes out later goes out on the other. */
function versionBook() {
  const moved = new Map<number, Map<number, number>>();
  return {
    newest({ number, version }: Seen): Seen {
      let current = version;
      for (let next = moved.get(number)?.get(current); next !== undefined && next > current; next = moved.get(number)?.get(current)) current = next;
      return { number, version: current };
    },
    remember(items: readonly Seen[], { rows, skipped }: BulkOutcome) {
      const left = new Set(skipped.map(({ number }) => number));
      for (const { number, version } of items) {
        const row = rows.find((each) => each.number === number);
        if (row && !left.has(number) && row.version > version) moved.set(number, (moved.get(number) ?? new Map<number, number>()).set(version, row.version));
      }
    },
  };
}

/** Its turn has come when nothing before it is about one of its findings. */
function mayGo(entries: readonly Entry<Lined>[], entry: Entry<Lined>): boolean {
  if (entry.standing !== "waiting") return false;
  const numbers = new Set(entry.deed.items.map(({ number }) => number));
  return !entries.some((other) => other.id < entry.id && other.deed.items.some(({ number }) => numbers.has(number)));
}

function isAnswer(result: Result<BulkOutcome> | null): result is Result<BulkOutcome> {
  return result !== null && (result.ok || !(NOT_NOW.includes(result.refusal.code) || isSignedOut(result)));
}

/**
 * Decisions in the order in which they were taken. They are sent one by one, and on one finding always in order, on what the one before
 * made of it. What gets no answer is tried again under the same key, then stands aside until somebody asks for it again: nothing is
 * lost, and nothing is done twice.
 */
export function decisionLine<D extends Lined>(changed: () => void, { later, key }: Hands) {
  let entries: Open<D>[] = [];
  let last = 0;
  let sent = 0;
  const { newest, remember } = versionBook();

  function pump() {
    const going = entries.filter(({ standing }) => standing === "sending");
    if (going.length >= MOST_AT_ONCE || going.some(({ isSlow }) => !isSlow)) return changed();
    const next = entries.find((entry) => mayGo(entries, entry));
    if (next) void send(next);
    changed();
  }

  async function send(entry: Open<D>) {
    const order = (sent += 1);
    Object.assign(entry, { standing: "sending", tries: entry.tries + 1, isSlow: false });
    const { tries } = entry;
    const isStillOut = () => entries.includes(entry) && entry.standing === "sending" && entry.tries === tries;
    later(() => { if (isStillOut()) { entry.isSlow = true; pump(); } }, SLOW_MS);
    const items = entry.deed.items.map(newest);
    const result = await entry.deed.call({ items, key: entry.key }).catch(() => null);
    if (!entries.includes(entry)) return;
    if (!isAnswer(result)) return pause(entry, result);
    if (result.ok) remember(items, result.value);
    finish(entry, { result, order });
  }

  function pause(entry: Open<D>, result: Result<BulkOutcome> | null) {
    const ms = PAUSES_MS[entry.tries - 1];
    const why = result && !result.ok ? result.refusal.message : NO_ANSWER;
    const isOver = ms === undefined || (result !== null && isSignedOut(result));
    Object.assign(entry, { standing: isOver ? "stuck" : "pausing", why });
    if (!isOver) later(() => { if (entry.standing === "pausing") { entry.standing = "waiting"; pump(); } }, ms);
    pump();
  }

  function finish(entry: Open<D>, answer: Answered) {
    entries = entries.filter((each) => each !== entry);
    entry.settle(answer);
    pump();
  }

  return {
    /** Puts a decision at the end. Resolves when it is answered, however long that takes. */
    push(deed: D): { id: number; answered: Promise<Answered> } {
      const id = (last += 1);
      const answered = new Promise<Answered>((settle) => {
        entries.push({ id, deed, standing: "waiting", tries: 0, why: "", key: key(), isSlow: false, settle });
      });
      pump();
      return { id, answered };
    },
    /** Sends again what stands aside. */
    retry() {
      for (const entry of entries) if (entry.standing === "stuck" || entry.standing === "pausing") Object.assign(entry, { standing: "waiting", tries: 0 });
      pump();
    },
    /** Takes one out that was never sent, or that stands aside; false where it is too late for that. */
    drop(id: number): boolean {
      const entry = entries.find((each) => each.id === id && (each.standing === "stuck" || (each.standing === "waiting" && each.tries === 0)));
      if (entry) finish(entry, null);
      return entry !== undefined;
    },
    entries: (): readonly Entry<D>[] => entries,
    /** The version that our own decisions made of what somebody looked at; null while one of them is on its way. */
    ownVersion: (seen: Seen): number | null => (entries.some(({ standing, deed }) => standing !== "stuck" && deed.items.some(({ number }) => number === seen.number)) ? null : newest(seen).version),
  };
}

function isSignedOut(result: Result<BulkOutcome>): boolean {
  return !result.ok && result.refusal.code === "unauthenticated";
}
