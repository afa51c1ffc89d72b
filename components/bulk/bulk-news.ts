"use client";
import { useEffect, useEffectEvent } from "react";

const watchers = new Set<() => void>();
const ends = new Set<() => boolean>();

/** Says that a bulk action of this person began or changed, before the server does. */
export function tellBulks() {
  for (const heard of watchers) heard();
}

/** Calls `heard` whenever somebody says so; gives back what ends it. */
export function onBulks(heard: () => void): () => void {
  watchers.add(heard);
  return () => {
    watchers.delete(heard);
  };
}

/** Says that one of them has ended. True where the screen looks at what it shows by itself: it need not be read anew. */
export function tellBulkEnd(): boolean {
  return [...ends].map((heard) => heard()).some(Boolean);
}

/** A screen that can look again at what it shows, without losing its place, does so when a bulk action ends; false: it would rather be read anew. */
export function useBulkEnd(lookAgain: () => boolean) {
  const heard = useEffectEvent(lookAgain);
  useEffect(() => {
    const hear = () => heard();
    ends.add(hear);
    return () => {
      ends.delete(hear);
    };
  }, []);
}
