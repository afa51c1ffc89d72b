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
  /** where what it takes back belongs: there its button can be pressed by key also after the message has gone */
  undoes?: string;
  /** milliseconds that it stays, unless the pointer or the focus is on it */
  stays: number;
};

const MOST = 3;
const MOST_KEPT = 20;
const NONE: readonly Toast[] = [];

let shown: readonly Toast[] = NONE;
/** What can still be taken back, whether its message is in view or not. */
let kept: readonly Toast[] = NONE;
let last = 0;
const watchers = new Set<() => void>();

function put(next: readonly Toast[]) {
  shown = next;
  for (const changed of watchers) changed();
}

/** Says something short at the foot of the screen. The newest three stay in view. */
export function toast(message: Omit<Toast, "id">) {
  last += 1;
  const made = { ...message, id: last };
  if (made.undoes !== undefined && made.action) kept = [...kept, made].slice(-MOST_KEPT);
  put([...shown, made].slice(-MOST));
}

/** Presses the button of a message: what it offers is done once. */
export function pressToast(pressed: Toast) {
  kept = kept.filter((each) => each.id !== pressed.id);
  dismissToast(pressed.id);
  pressed.action?.onClick();
}

/** Takes back what was done last there, as `z` does, however long its message has been gone; says so where nothing is left. */
export function pressKept(undoes: string) {
  const newest = kept.findLast((each) => each.undoes === undoes);
  if (newest) pressToast(newest);
  else toast({ tone: "plain", title: "Nothing more to take back", description: "What you did before this page was loaded is taken back in its history.", stays: 5_000 });
}

export function dismissToast(id: number) {
  put(shown.filter((each) => each.id !== id));
}

/** Presses the button of the newest message of something done that has one, as `z` does: "Undo"; or, with `about`, of the one about that. */
export function pressNewest(about?: string) {
  const newest = shown.findLast((each) => each.action !== undefined && !each.leads && (about === undefined ? each.tone === "plain" : each.about === about));
  if (newest) pressToast(newest);
}

/** Takes away what is said about something that is over, such as an action that was undone. */
export function dismissAbout(about: string) {
  kept = kept.filter((each) => each.about !== about);
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
