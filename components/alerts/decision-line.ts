import type { Result } from "@/lib/domain/refusal";
import type { BulkOutcome, Seen } from "@/lib/domain/views/actions";

/** What is sent: the findings as this browser knows them by then, and a key under which it may be sent again. */
export type Sent = { items: readonly Seen[]; key: string };

/** What can stand in the line. `call` throws where there is no answer. */
export type Lined = { items: readonly Seen[]; call: (sent: Sent) => Promise<Result<BulkOutcome>> };

export type Standing = "waiting" | "sending" | "pausing" | "stuck";
export type Entry<D extends Lined> = { readonly id: number; readonly deed: D; readonly standing: Standing; readonly tries: number; readonly why: string; /** it was sent, and nobody said that it was not done */ readonly mayBeDone: boolean };

/** `order`: in which order answers were asked for, so that counts never go back. Null: it was taken out of the line. */
export type Answered = { result: Result<BulkOutcome>; order: number } | null;

type Open<D extends Lined> = { -readonly [K in keyof Entry<D>]: Entry<D>[K] } & { key: string; isSlow: boolean; settle: (answer: Answered) => void };
type Hands = { later: (act: () => void, ms: number) => void; key: () => string };

/** Refusals that say "not now": the same may go through when it is sent again. */
const NOT_NOW: readonly string[] = ["unavailable", "limited"];
const PAUSES_MS = [600, 1_800, 4_000] as const;
/** Refusals from before anything is done: what was sent so was not done by that. */
const SURELY_NOT: readonly string[] = ["limited", "unauthenticated"];
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

const stands = ({ standing }: Entry<Lined>) => standing === "stuck" || standing === "pausing";
const isSurelyNot = (result: Result<BulkOutcome> | null) => result !== null && !result.ok && SURELY_NOT.includes(result.refusal.code);

/** The line at work: who goes next, what an answer or its absence does. */
function running<D extends Lined>(changed: () => void, { later, key }: Hands) {
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
    const { mayBeDone } = entry;
    Object.assign(entry, { standing: "sending", tries: entry.tries + 1, isSlow: false, mayBeDone: true });
    const { tries } = entry;
    const isStillOut = () => entries.includes(entry) && entry.standing === "sending" && entry.tries === tries;
    later(() => { if (isStillOut()) { entry.isSlow = true; pump(); } }, SLOW_MS);
    const items = entry.deed.items.map(newest);
    const result = await entry.deed.call({ items, key: entry.key }).catch(() => null);
    if (!entries.includes(entry)) return;
    if (isSurelyNot(result)) entry.mayBeDone = mayBeDone;
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

  function sendAgain(isMeant: (entry: Open<D>) => boolean) {
    for (const entry of entries.filter(stands).filter(isMeant)) Object.assign(entry, { standing: "waiting", tries: 0 });
    pump();
  }

  function takeOut(id: number, may: (entry: Open<D>) => boolean): boolean {
    const entry = entries.find((each) => each.id === id && may(each));
    if (entry) finish(entry, null);
    return entry !== undefined;
  }

  function finish(entry: Open<D>, answer: Answered) {
    entries = entries.filter((each) => each !== entry);
    entry.settle(answer);
    pump();
  }

  function push(deed: D): { id: number; answered: Promise<Answered> } {
    const id = (last += 1);
    const answered = new Promise<Answered>((settle) => {
      entries.push({ id, deed, standing: "waiting", tries: 0, why: "", mayBeDone: false, key: key(), isSlow: false, settle });
    });
    pump();
    return { id, answered };
  }

  return { push, sendAgain, takeOut, newest, entries: (): readonly Entry<D>[] => entries };
}

/**
 * Decisions in the order in which they were taken. They are sent one by one, and on one finding always in order, on what the one before
 * made of it. What gets no answer is tried again under the same key, then stands aside until somebody asks for it again: nothing is
 * lost, and nothing is done twice.
 */
export function decisionLine<D extends Lined>(changed: () => void, hands: Hands) {
  const { push, sendAgain, takeOut, newest, entries } = running<D>(changed, hands);
  return {
    /** Puts a decision at the end. Resolves when it is answered, however long that takes. */
    push,
    /** Sends again what stands aside. */
    retry: () => sendAgain(() => true),
    /** Takes one out that was surely not done. Else false: it is taken back by its answer, and sent again for that where it stands aside. */
    recall(id: number): boolean {
      const isOut = takeOut(id, ({ mayBeDone }) => !mayBeDone);
      if (!isOut) sendAgain((entry) => entry.id === id);
      return isOut;
    },
    /** Takes one out that was surely not done, or that stands aside, done or not; false where it is too late for that. */
    drop: (id: number): boolean => takeOut(id, ({ standing, mayBeDone }) => standing === "stuck" || !mayBeDone),
    entries,
    /** The version that our own decisions made of what somebody looked at; null while one of them is on its way. */
    ownVersion: (seen: Seen): number | null => (entries().some(({ standing, deed }) => standing !== "stuck" && deed.items.some(({ number }) => number === seen.number)) ? null : newest(seen).version),
  };
}

function isSignedOut(result: Result<BulkOutcome>): boolean {
  return !result.ok && result.refusal.code === "unauthenticated";
}
