"use client";
import { useEffect, useEffectEvent, useState } from "react";
import { dismissAbout, toast } from "./toast";

const PAUSE_MS = 400;
/** Before each attempt while somebody waits for it. */
export const ATTEMPTS_MS = [0, 800, 2_500] as const;
/** While nobody waits it is asked for again this often, and as soon as the network is back. */
const LATER_MS = 30_000;
/** Nobody waits longer, whatever the network does. */
const PATIENCE_MS = 10_000;
const ABOUT = "ahead";

/** Says that a part of the screen is missing, and the way to have it. */
export function tellMissing() {
  dismissAbout(ABOUT);
  toast({
    tone: "error", about: ABOUT, stays: 20_000, title: "That part of Docket did not arrive",
    description: "The network broke off, or Docket was updated since this page came. Ask for it again; if it stays away, load the page anew.",
    action: { label: "Load anew", onClick: () => location.reload() }, leads: true,
  });
}

/**
 * A component, or another part of the screen, whose code is fetched once the page stands, or at once when it is wanted sooner; null until then. It is drawn in the
 * same moment as it is asked for: what suspends would be held back for a third of a second, and the next key would miss it. Wanted and not to be had, it is
 * tried again, then given up: the person is told, and whoever waits for it waits no longer. Wanted by nobody yet it is tried again in the background.
 */
export function useAhead<T>(load: () => Promise<T>, isWanted: boolean, onGivenUp?: () => void): T | null {
  const [part, setPart] = useState<T | null>(null);
  const giveUp = useEffectEvent(() => {
    if (part !== null) return;
    tellMissing();
    onGivenUp?.();
  });
  useEffect(() => {
    let isOver = false;
    const end = () => { if (!isOver) giveUp(); isOver = true; };
    const [first, ...again] = isWanted ? ATTEMPTS_MS : [PAUSE_MS];
    let timer: ReturnType<typeof setTimeout>;
    const attempt = (wait: number, left: readonly number[]) => {
      timer = setTimeout(() => void load().then((loaded) => setPart(() => loaded), () => {
        const [next, ...rest] = left;
        if (isOver) return;
        if (!isWanted) attempt(LATER_MS, left);
        else if (next === undefined) end();
        else attempt(next, rest);
      }), wait);
    };
    const isBack = () => { clearTimeout(timer); attempt(0, again); };
    attempt(first, again);
    if (!isWanted) window.addEventListener("online", isBack);
    const patience = isWanted ? setTimeout(end, PATIENCE_MS) : undefined;
    return () => { isOver = true; clearTimeout(timer); clearTimeout(patience); window.removeEventListener("online", isBack); };
  }, [load, isWanted]);
  return part;
}
