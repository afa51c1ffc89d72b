"use client";

const watchers = new Set<() => void>();

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
