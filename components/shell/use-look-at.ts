"use client";
import { useEffect } from "react";
import { ask } from "./ask";

/** Said again so often; it runs out by itself some seconds later. */
const AGAIN_MS = 5_000;
/** Passing by is not looking. */
const PASSING_MS = 400;

let name: string | null = null;

/** What this tab is called among the tabs of its person. */
function tabName(): string {
  name ??= Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return name;
}

function say(environment: number, number: number | null) {
  void ask(environment, "presence", { tab: tabName(), number }, { keepalive: true });
}

/** Tells the others that this person has the finding open, while the tab is in view; null: none. */
export function useLookAt(environment: number, number: number | null) {
  useEffect(() => {
    if (number === null) return;
    let isSaid = false;
    const look = () => {
      if (document.hidden) return;
      isSaid = true;
      say(environment, number);
    };
    const leave = () => {
      if (isSaid) say(environment, null);
      isSaid = false;
    };
    const turned = () => (document.hidden ? leave() : look());
    const first = setTimeout(look, PASSING_MS);
    const timer = setInterval(look, AGAIN_MS);
    document.addEventListener("visibilitychange", turned);
    window.addEventListener("pagehide", leave);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
      document.removeEventListener("visibilitychange", turned);
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [environment, number]);
}
