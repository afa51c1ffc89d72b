"use client";
import { useMemo, useReducer, type Dispatch } from "react";
import { refuse, type Result } from "@/lib/domain/refusal";
import type { FindingActions } from "@/lib/domain/views/actions";
import type { AlertsPage, FindingRow } from "@/lib/domain/views/alerts";
import { tellMissing } from "@/components/ui/ahead";
import { dismissAbout, toast } from "@/components/ui/toast";
import { actDone, forgetAct, rememberAct, takeAct, type Decided } from "./acts";
import type { Answered } from "./decision-line";
import { guessedTabs, queueReducer, shownRows, startQueue, type Guess, type QueueEvent, type QueueState } from "./queue-state";
import { offerAgain } from "./stale";
import type { Deed } from "./use-line";
import { useSending } from "./use-sending";

export type { Deed } from "./use-line";

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

const actIdOf = (answer: Answered) => (answer?.result.ok ? answer.result.value.actionId : null);

/** Whoever scrolls far is brought more at a time. */
const MOST_ROWS = 500;

/** Asks for the next rows, and for those before the first, each once at a time. */
function loader(state: QueueState, dispatch: Dispatch<QueueEvent>, actions: FindingActions) {
  const { page } = state;
  const ask = (cursor: string) => answerOf(() => actions.loadRows({ environment: page.environment.number, filter: page.filter, cursor, limit: Math.min(MOST_ROWS, state.rows.length) }));

  async function loadMore() {
    if (!state.nextCursor || state.more === "loading") return;
    dispatch({ type: "more", page, now: "loading" });
    const answer = await ask(state.nextCursor);
    if (answer?.ok) dispatch({ type: "rows", page, rows: answer.value.rows, nextCursor: answer.value.nextCursor });
    else dispatch({ type: "more", page, now: "failed" });
  }

  async function loadAbove() {
    if (!state.previousCursor || state.above === "loading") return;
    dispatch({ type: "above", page, now: "loading" });
    const answer = await ask(state.previousCursor);
    if (answer?.ok) dispatch({ type: "rowsAbove", page, rows: answer.value.rows, previousCursor: answer.value.previousCursor });
    else dispatch({ type: "above", page, now: "failed" });
  }

  return { loadMore, loadAbove };
}

/** How rows look now, as far as a decision moves them. */
function looksOf(rows: readonly FindingRow[]): ReadonlyMap<number, Guess> {
  return new Map(rows.map(({ number, response, governance, closeReason, acceptedUntil, requested, reReview, followUpOn, assignee, tags, route }) => [number, { response, governance, closeReason, acceptedUntil, requested, reReview, followUpOn, assignee, tags, route }]));
}

/** The queue as this person sees it: rows, counts, and every way to change them. */
export function useQueue(page: AlertsPage, actions: FindingActions, afterChange: (numbers: readonly number[]) => void) {
  const { state, dispatch, rows, tabs } = useReducedQueue(page);
  const environment = page.environment.number;
  const { loadMore, loadAbove } = loader(state, dispatch, actions);
  const { line, view, send, settled } = useSending(environment, dispatch, afterChange);

  /** Takes back an act by its id, on all that it moved or on one finding alone; `act` is it where this screen carried it out. */
  async function undo(actionId: Promise<string | null>, act?: Decided, only?: number) {
    const one = only === undefined ? undefined : [{ number: only, version: rows.find(({ number }) => number === only)?.version ?? 0 }];
    const deed: Deed = {
      did: "Taken back", items: one ?? act?.deed.items ?? [], guess: (row) => act?.before.get(row.number) ?? {},
      call: async ({ key }) => {
        const id = await actionId;
        return id === null ? refuse("conflict", "There is nothing to take back.") : actions.revertAction({ environment, actionId: id, key, items: only === undefined ? undefined : [{ number: only }] });
      },
    };
    const outcome = await send(deed, null, () => undefined);
    const id = await actionId;
    if (!outcome || id === null || (one && act && act.deed.items.length > 1)) return; // what it did to others stands, and may still be taken back
    forgetAct(environment, (each) => each.kind === "decided" && each.done === id);
    dismissAbout(id);
  }

  const undoById = (id: string) => {
    const act = forgetAct(environment, (each) => each.kind === "decided" && each.done === id);
    void undo(Promise.resolve(id), act?.kind === "decided" ? act : undefined);
  };

  const undoOn = (number: number, id: string) => void undo(Promise.resolve(id), actDone(environment, id) ?? undefined, number);

  /** Takes back the newest act, also one whose answer is still on its way, or a bulk action; gives the findings that it was about. */
  function undoLast(): readonly number[] {
    const act = takeAct(environment);
    if (!act) toast({ tone: "plain", title: "Nothing more to take back", description: "What you did before this page was loaded is taken back in its timeline.", stays: 5_000 });
    else if (act.kind === "began") void import("@/components/bulk/take-back-bulk").then((file) => file.takeBackBulk(environment, act.bulk), () => { rememberAct(environment, act); tellMissing(); });
    if (act?.kind !== "decided") return [];
    if (line.recall(act.id)) toast({ tone: "plain", title: `Taken back before it was sent: ${act.deed.did}`, stays: 5_000 });
    else void undo(act.actionId, act);
    return act.deed.items.map(({ number }) => number);
  }

  async function carryOut(deed: Deed): Promise<boolean> {
    const numbers = new Set(deed.items.map(({ number }) => number));
    for (const entry of line.entries()) if (entry.standing === "stuck" && entry.deed.items.every(({ number }) => numbers.has(number))) line.drop(entry.id); // decided anew
    const before = looksOf(rows.filter(({ number }) => numbers.has(number)));
    const outcome = await send(deed, undoById, (id, answered) => {
      rememberAct(environment, { kind: "decided", id, deed, before, actionId: answered.then(actIdOf) });
    });
    if (outcome) void offerAgain(environment, deed, outcome, (next) => void carryOut(next));
    return outcome !== null && outcome.changed + outcome.requested > 0;
  }

  return { state, dispatch, rows, tabs, carryOut, settled, loadMore, loadAbove, undoOn, undoLast, line: view, forget: () => dispatch({ type: "forget" }) };
}
