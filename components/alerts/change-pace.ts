import type { Changed } from "@/components/shell/live";

/** Between two questions; longer between two about everything in view, which no named finding waits for. */
const PAUSE_MS = 600;
const LONG_PAUSE_MS = 2_500;

export type ChangePace = { hear: (changed: Changed) => void; stop: () => void };

/** Gathers what changed and asks about it, one question at a time and none too soon after another. */
export function changePace(ask: (numbers: ReadonlySet<number>, all: boolean) => Promise<void>): ChangePace {
  let numbers = new Set<number>();
  let isAll = false;
  let isAsking = false;
  let notBefore = 0;
  let allNotBefore = 0;
  let timer: { id: ReturnType<typeof setTimeout>; due: number } | null = null;

  function plan() {
    if (isAsking || (numbers.size === 0 && !isAll)) return;
    const due = Math.max(performance.now(), notBefore, numbers.size === 0 ? allNotBefore : 0);
    if (timer && timer.due <= due) return;
    if (timer) clearTimeout(timer.id);
    timer = { id: setTimeout(() => void go(), due - performance.now()), due };
  }

  async function go() {
    timer = null;
    const all = isAll && performance.now() >= allNotBefore;
    const asked = numbers;
    if (asked.size === 0 && !all) return plan();
    numbers = new Set();
    if (all) isAll = false;
    isAsking = true;
    await ask(asked, all).catch(() => {});
    isAsking = false;
    notBefore = performance.now() + PAUSE_MS;
    if (all) allNotBefore = performance.now() + LONG_PAUSE_MS;
    plan();
  }

  return {
    hear(changed) {
      if (changed === "many") isAll = true;
      else for (const number of changed) numbers.add(number);
      plan();
    },
    stop() {
      if (timer) clearTimeout(timer.id);
      isAsking = true; // and for good
    },
  };
}
