"use client";
import { useRef, type Dispatch } from "react";
import type { BulkOutcome } from "@/lib/domain/views/actions";
import type { Answered } from "./decision-line";
import { announce, announceRefusal } from "./outcome-toast";
import type { QueueEvent } from "./queue-state";
import { movedMeanwhile } from "./stale";
import { useLine, type Deed } from "./use-line";

const PATIENCE_MS = 4_000;

type Undo = ((actionId: string) => void) | null;

/** Says what became of a deed, and marks the rows that came back with the reason. */
function tell(deed: Deed, answer: Answered, dispatch: Dispatch<QueueEvent>, undo: Undo) {
  if (!answer) return;
  const { result } = answer;
  if (!result.ok) {
    announceRefusal(result.refusal);
    return dispatch({ type: "trouble", numbers: deed.items.map(({ number }) => number), trouble: { kind: "refused", why: result.refusal.message } });
  }
  announce(deed.did, result.value, undo, movedMeanwhile(deed, result.value));
  for (const { number, why } of result.value.skipped) dispatch({ type: "trouble", numbers: [number], trouble: { kind: "refused", why } });
}

/** Sends deeds through the line of the environment, and paints what they will most likely do until they are answered. */
export function useSending(environment: number, dispatch: Dispatch<QueueEvent>, afterChange: (numbers: readonly number[]) => void) {
  const counted = useRef(0);
  const underWay = useRef(new Set<Promise<unknown>>());
  const { line, view } = useLine(
    environment,
    ({ deed, why }) => {
      const numbers = deed.items.map(({ number }) => number);
      dispatch({ type: "settle", numbers, rows: [], counts: null });
      dispatch({ type: "trouble", numbers, trouble: { kind: "stuck", why } });
    },
    ({ deed }) => dispatch({ type: "guess", numbers: deed.items.map(({ number }) => number), guess: deed.guess }),
  );

  /** Sends a deed and paints it meanwhile; what is still on its way on the same rows is painted over the answer. */
  async function send(deed: Deed, undo: Undo, keep: (id: number, answered: Promise<Answered>) => void): Promise<BulkOutcome | null> {
    const numbers = deed.items.map((item) => item.number);
    dispatch({ type: "guess", numbers, guess: deed.guess });
    const { id, answered } = line.push(deed);
    underWay.current.add(answered);
    keep(id, answered);
    const answer = await answered;
    underWay.current.delete(answered);
    const outcome = answer?.result.ok ? answer.result.value : null;
    const isNewest = answer !== null && answer.order > counted.current;
    if (outcome && isNewest) counted.current = answer.order;
    dispatch({ type: "settle", numbers: [...numbers, ...(outcome?.rows ?? []).map((row) => row.number)], rows: outcome?.rows ?? [], counts: outcome && isNewest ? outcome.counts : null });
    for (const entry of line.entries()) if (entry.standing !== "stuck") dispatch({ type: "guess", numbers: entry.deed.items.map((item) => item.number).filter((number) => numbers.includes(number)), guess: entry.deed.guess });
    tell(deed, answer, dispatch, undo);
    afterChange(numbers.length > 0 ? numbers : (outcome?.rows ?? []).map((row) => row.number));
    return outcome;
  }

  /** Resolves when every act has its answer, or stands out too long; null while none is on its way. */
  function settled(): Promise<unknown> | null {
    if (underWay.current.size === 0) return null;
    return Promise.race([Promise.allSettled(underWay.current), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  }

  return { line, view, send, settled };
}
