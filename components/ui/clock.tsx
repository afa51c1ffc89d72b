"use client";
import { createContext, use, useState, useSyncExternalStore, type ReactNode } from "react";

const Clock = createContext<{ now: number; isClient: boolean }>({ now: 0, isClient: false });

function eachMinute(tick: () => void) {
  const timer = setInterval(tick, 30_000);
  return () => clearInterval(timer);
}

const halfMinute = () => Math.floor(Date.now() / 30_000);

/** Counts on from the server's clock, so that ages are right even where the viewer's clock is not. */
export function ClockProvider({ now, children }: { now: string; children: ReactNode }) {
  const start = Date.parse(now);
  const tick = useSyncExternalStore(eachMinute, halfMinute, () => 0);
  const [origin, setOrigin] = useState({ start, tick: 0 });
  if (tick !== 0 && (origin.tick === 0 || origin.start !== start)) setOrigin({ start, tick });
  const passed = tick === 0 || origin.tick === 0 ? 0 : (tick - origin.tick) * 30_000;

  return <Clock value={{ now: start + passed, isClient: tick !== 0 }}>{children}</Clock>;
}

export function useClock() {
  return use(Clock);
}
