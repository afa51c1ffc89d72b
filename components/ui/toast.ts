"use client";

export type Toast = {
  id: number;
  tone: "plain" | "error";
  title: string;
  /** lines of text below the title */
  description?: string;
  action?: { label: string; onClick: () => void };
  /** its button leads somewhere and takes nothing back */
  leads?: boolean;
  /** what it is about, so that it can go when that is over */
  about?: string;
  /** milliseconds that it stays, unless the pointer or the focus is on it */
  stays: number;
};

const MOST = 3;
const NONE: readonly Toast[] = [];

let shown: readonly Toast[] = NONE;
let last = 0;
const watchers = new Set<() => void>();

function put(next: readonly Toast[]) {
  shown = next;
  for (const changed of watchers) changed();
}

/** Says something short at the foot of the screen. The newest three stay in view. */
export function toast(message: Omit<Toast, "id">) {
  last += 1;
  put([...shown, { ...message, id: last }].slice(-MOST));
}

export function dismissToast(id: number) {
  put(shown.filter((each) => each.id !== id));
}

/** Presses the button of the newest message of something done that has one, as `z` does: "Undo"; or, with `about`, of the one about that. */
export function pressNewest(about?: string) {
  const newest = shown.findLast((each) => each.action !== undefined && !each.leads && (about === undefined ? each.tone === "plain" : each.about === about));
  if (!newest) return;
  dismissToast(newest.id);
  newest.action?.onClick();
}

/** Takes away what is said about something that is over, such as an action that was undone. */
export function dismissAbout(about: string) {
  put(shown.filter((each) => each.about !== about));
}

export const toastStore = {
  subscribe(changed: () => void) {
    watchers.add(changed);
    return () => watchers.delete(changed);
  },
  read: () => shown,
  none: () => NONE,
};
