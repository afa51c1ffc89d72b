"use client";

/** Gives the focus to a part of the page by its id: for deeds whose button goes with them, so that Tab goes on from there and not from the page's start. */
export function focusPart(id: string) {
  document.getElementById(id)?.focus({ preventScroll: true });
}
