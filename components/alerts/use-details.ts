"use client";
import { useRef, useState } from "react";
import { rememberFinding } from "@/components/shell/recent-findings";
import type { Refusal } from "@/lib/domain/refusal";
import type { FindingActions } from "@/lib/domain/views/actions";
import type { FindingDetail } from "@/lib/domain/views/finding";
import { keeping, loadings, type Loaded } from "./kept-details";

export type { Loaded } from "./kept-details";

const SILENCE: Refusal = { code: "unavailable", message: "Docket did not answer.", next: "Check your connection and try again." };
const PAUSE_MS = 120;

/** Details of findings as they are asked for, the newest of them kept while the screen lives. Holding j or k down asks once, at the end. */
export function useDetails(environment: number, actions: FindingActions, first: FindingDetail | null) {
  const [known, setKnown] = useState<ReadonlyMap<number, Loaded>>(() => new Map(first ? [[first.number, { state: "ready", detail: first }]] : []));
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const wanted = useRef(first?.number ?? null);
  const old = useRef(new Set<number>());
  const [asked] = useState(loadings);

  async function load(number: number) {
    const isNewest = asked.begin(number);
    old.current.delete(number); // what changes from now on is asked anew, also while this answer is out
    const answer = await actions.loadFinding({ environment, number }).catch(() => null);
    if (!isNewest()) return;
    if (answer?.ok) rememberFinding(environment, answer.value);
    else old.current.add(number);
    const loaded: Loaded = answer?.ok ? { state: "ready", detail: answer.value } : { state: "failed", refusal: answer?.refusal ?? SILENCE };
    setKnown((before) => (answer === null && before.get(number)?.state === "ready" ? before : keeping(before, number, loaded))); // what is read stays where nothing came back
  }

  /** Asks for one, unless it is here already and nothing has moved it since; `again` asks in any case and shows the old one meanwhile. */
  function ask(number: number, again = false) {
    wanted.current = number;
    if (timer.current) clearTimeout(timer.current);
    if (known.get(number)?.state === "ready" && !again && !old.current.has(number)) return;
    timer.current = setTimeout(() => void load(number), again ? 0 : PAUSE_MS);
  }

  /** Findings have changed: the one in view is read again now, the others when they are asked for. */
  function changed(numbers: readonly number[] | "many") {
    for (const number of numbers === "many" ? known.keys() : numbers) if (known.has(number) || number === wanted.current) old.current.add(number);
    if (wanted.current !== null && old.current.has(wanted.current)) void load(wanted.current);
  }

  return { get: (number: number): Loaded => known.get(number) ?? { state: "loading" }, ask, changed };
}
