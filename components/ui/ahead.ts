"use client";
import { useEffect, useState } from "react";

const PAUSE_MS = 400;

/**
 * A component, or another part of the screen, whose code is fetched once the page stands, or at once when it is wanted sooner; null until then. It is drawn in the
 * same moment as it is asked for: what suspends would be held back for a third of a second, and the next key would miss it.
 */
export function useAhead<T>(load: () => Promise<T>, isWanted: boolean): T | null {
  const [part, setPart] = useState<T | null>(null);
  useEffect(() => {
    const fetchIt = () => void load().then((loaded) => setPart(() => loaded), () => undefined); // offline: tried again when it is wanted
    const timer = setTimeout(fetchIt, isWanted ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [load, isWanted]);
  return part;
}
