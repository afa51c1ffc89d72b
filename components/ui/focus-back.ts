"use client";

/** Where the focus stood, and the parts of the page around it, the nearest first. */
export type Place = { control: HTMLElement | null; sections: readonly Element[] };

/** Remembers where the focus stands now. */
export function placeOfFocus(): Place {
  const { activeElement } = document;
  if (!(activeElement instanceof HTMLElement) || activeElement === document.body) return { control: null, sections: [] };
  const sections: Element[] = [];
  for (let part = activeElement.closest("section"); part; part = part.parentElement?.closest("section") ?? null) sections.push(part);
  const panel = activeElement.closest("[popover]"); // an item of a menu goes with its menu: the button that opened it stays
  const opener = panel && document.querySelector<HTMLElement>(`[popovertarget="${CSS.escape(panel.id)}"]`);
  return { control: opener ?? activeElement, sections };
}

const isShown = (part: Element | null): part is HTMLElement => part instanceof HTMLElement && part.checkVisibility();

/** Where to go on from when the control is gone: the head of the section that held it, else the list, else the page. */
function nearest({ sections }: Place): HTMLElement | undefined {
  const heads = sections.map((section) => section.querySelector(":is(h2, h3, h4)[tabindex='-1']"));
  return [...heads, document.getElementById("queue"), document.getElementById("main")].find(isShown);
}

/** Gives the focus back. What was done may take the control away a moment later, when the page is read again: then the focus goes on to what is nearest. */
export function giveFocusBack(place: Place) {
  const { control } = place;
  const focus = (part: HTMLElement | undefined) => part?.focus({ preventScroll: true });
  if (control === null || !isShown(control)) return focus(nearest(place));
  focus(control);
  if (document.activeElement === control) onceTaken(control, () => focus(nearest(place)));
}

/** Calls when a control that has the focus leaves the page with it; never when somebody went elsewhere before. */
function onceTaken(control: HTMLElement, act: () => void) {
  const watch = new MutationObserver(() => {
    if (control.isConnected) return;
    stop();
    if (document.activeElement === null || document.activeElement === document.body) act();
  });
  const leave = (event: FocusEvent) => { if (event.target !== control) stop(); };
  function stop() {
    watch.disconnect();
    document.removeEventListener("focusin", leave);
    document.removeEventListener("pointerdown", stop);
  }
  watch.observe(document.body, { childList: true, subtree: true });
  document.addEventListener("focusin", leave);
  document.addEventListener("pointerdown", stop);
}
