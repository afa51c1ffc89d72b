"use client";
import { useMemo, useReducer, useState } from "react";
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

/** The queue as this person sees it: rows, counts, and every way to change them. */
export function useQueue(page: AlertsPage, actions: FindingActions, afterChange: (numbers: readonly number[]) => void) {
  const { state, dispatch, rows, tabs } = useReducedQueue(page);
  const [done, setDone] = useState<readonly string[]>([]);
  const environment = page.environment.number;

  async function undo(actionId: string) {
    const answer = await answerOf(() => actions.revertAction({ environment, actionId }));
    if (!answer) return announceSilence();
    if (!answer.ok) return announceRefusal(answer.refusal);
    setDone((ids) => ids.filter((id) => id !== actionId));
    dismissAbout(actionId);
    dispatch({ type: "settle", numbers: answer.value.rows.map((row) => row.number), rows: answer.value.rows, counts: answer.value.counts });
    announce("Taken back", answer.value, null);
    afterChange(answer.value.rows.map((row) => row.number));
  }

  async function carryOut(deed: Deed): Promise<boolean> {
    const numbers = deed.items.map((item) => item.number);
    dispatch({ type: "guess", numbers, guess: deed.guess });
    const answer = await answerOf(deed.call);
    const outcome = answer?.ok ? answer.value : null;
    dispatch({ type: "settle", numbers, rows: outcome?.rows ?? [], counts: outcome?.counts ?? null });
    if (!answer) announceSilence();
    else if (!answer.ok) announceRefusal(answer.refusal);
    else announce(deed.did, answer.value, (id) => void undo(id));
    const actionId = outcome?.actionId;
    if (actionId) setDone((ids) => [...ids, actionId].slice(-20));
    afterChange(numbers);
    return outcome !== null && outcome.changed > 0;
  }

  async function loadMore() {
    if (!state.nextCursor || state.more === "loading") return;
    dispatch({ type: "more" });
    const { filter } = state.page;
    const answer = await answerOf(() => actions.loadRows({ environment, filter, cursor: state.nextCursor }));
    if (answer?.ok) dispatch({ type: "rows", rows: answer.value.rows, nextCursor: answer.value.nextCursor });
    else dispatch({ type: "moreFailed" });
  }

  const last = done.at(-1);
  return { state, rows, tabs, carryOut, loadMore, undo: (actionId: string) => void undo(actionId), undoLast: last ? () => void undo(last) : null };
}

export type Queue = ReturnType<typeof useQueue>;
