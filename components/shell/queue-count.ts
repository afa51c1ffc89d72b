"use client";
import { useEffect, useSyncExternalStore } from "react";

type Told = { environment: number; count: number };

let told: Told | null = null;
const watchers = new Set<() => void>();

function put(next: Told | null) {
  told = next;
  for (const changed of watchers) changed();
}

function subscribe(changed: () => void) {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

/** The queue says how long it is after each decision: the side was read once, with the frame. */
export function useTellQueueCount(environment: number, count: number) {
  useEffect(() => put({ environment, count }), [environment, count]);
}

/** How many findings wait in the queue: what the queue said last, or what the frame was read with when that is newer. `read` is a new object with each reading. */
export function useQueueCount(environment: number, read: { queue: number }): number {
  useEffect(() => put(null), [read]);
  const last = useSyncExternalStore(subscribe, () => told, () => null);
  return last?.environment === environment ? last.count : read.queue;
}
