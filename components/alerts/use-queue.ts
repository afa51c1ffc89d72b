"use client";
import { useMemo, useReducer, useRef } from "react";
import type { Result } from "@/lib/domain/refusal";
import type { BulkOutcome, FindingActions, Seen } from "@/lib/domain/views/actions";
import type { AlertsPage, FindingRow } from "@/lib/domain/views/alerts";
import { dismissAbout } from "@/components/ui/toast";
import { announce, announceRefusal, announceSilence } from "./outcome-toast";
import { guessedTabs, queueReducer, shownRows, startQueue, type Guess } from "./queue-state";

/** One change of findings: what to call, what to paint meanwhile, and what to say when it is done. */
export type Deed = {
  items: readonly Seen[];
  did: string;
  guess: (row: FindingRow) => Guess;
  call: () => Promise<Result<BulkOutcome>>;
};

/** The answer, or null when there was none: the network, or a server that went away. */
async function answerOf<T>(call: () => Promise<Result<T>>): Promise<Result<T> | null> {
  try {
    return await call();
  } catch {
    return null;
  }
}

function useReducedQueue(page: AlertsPage) {
  const [state, dispatch] = useReducer(queueReducer, page, startQueue);
  if (state.page !== page) dispatch({ type: "page", page });
  const rows = useMemo(() => shownRows(state), [state]);
  const tabs = useMemo(() => guessedTabs(state), [state]);
  return { state, dispatch, rows, tabs };
}

const PATIENCE_MS = 4_000;

/** The queue as this person sees it: rows, counts, and every way to change them. */
export function useQueue(page: AlertsPage, actions: FindingActions, afterChange: (numbers: readonly number[]) => void) {
  const { state, dispatch, rows, tabs } = useReducedQueue(page);
  const acts = useRef<Promise<string | null>[]>([]);
  const undone = useRef(new Set<string>());
  const underWay = useRef(new Set<Promise<unknown>>());
  const environment = page.environment.number;

  async function undo(actionId: string) {
    const answer = await answerOf(() => actions.revertAction({ environment, actionId }));
    if (!answer) return announceSilence();
    if (!answer.ok) return announceRefusal(answer.refusal);
    undone.current.add(actionId);
    dismissAbout(actionId);
    dispatch({ type: "settle", numbers: answer.value.rows.map((row) => row.number), rows: answer.value.rows, counts: answer.value.counts });
    announce("Taken back", answer.value, null);
    afterChange(answer.value.rows.map((row) => row.number));
  }

  /** Takes back the newest act, also one whose answer is still on its way. */
  async function undoLast(): Promise<void> {
    const last = acts.current.pop();
    if (!last) return;
    const actionId = await last;
    return actionId === null || undone.current.has(actionId) ? undoLast() : undo(actionId);
  }

  /** Resolves when every act has its answer, or stands out too long; null while none is on its way. */
  function settled(): Promise<unknown> | null {
    if (underWay.current.size === 0) return null;
    return Promise.race([Promise.allSettled(underWay.current), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  }

  async function carryOut(deed: Deed): Promise<boolean> {
    const act = perform(deed);
    underWay.current.add(act);
    void act.finally(() => underWay.current.delete(act));
    acts.current = [...acts.current, act.then((outcome) => outcome?.actionId ?? null)].slice(-20);
    const outcome = await act;
    return outcome !== null && outcome.changed > 0;
  }

  async function perform(deed: Deed): Promise<BulkOutcome | null> {
    const numbers = deed.items.map((item) => item.number);
    dispatch({ type: "guess", numbers, guess: deed.guess });
    const answer = await answerOf(deed.call);
    const outcome = answer?.ok ? answer.value : null;
    dispatch({ type: "settle", numbers, rows: outcome?.rows ?? [], counts: outcome?.counts ?? null });
    if (!answer) announceSilence();
    else if (!answer.ok) announceRefusal(answer.refusal);
    else announce(deed.did, answer.value, (id) => void undo(id));
    afterChange(numbers);
    return outcome;
  }

  async function loadMore() {
    if (!state.nextCursor || state.more === "loading") return;
    dispatch({ type: "more" });
    const { filter } = state.page;
    const answer = await answerOf(() => actions.loadRows({ environment, filter, cursor: state.nextCursor }));
    if (answer?.ok) dispatch({ type: "rows", rows: answer.value.rows, nextCursor: answer.value.nextCursor });
    else dispatch({ type: "moreFailed" });
  }

  return { state, rows, tabs, carryOut, settled, loadMore, undo: (actionId: string) => void undo(actionId), undoLast: () => void undoLast() };
}

export type Queue = ReturnType<typeof useQueue>;
