"use client";
import { useEffect, useState, type ComponentType } from "react";

const PAUSE_MS = 400;

/**
 * A component whose code is fetched once the page stands, or at once when it is wanted sooner; null until then. It is drawn in the
 * same moment as it is asked for: what suspends would be held back for a third of a second, and the next key would miss it.
 */
export function useAhead<P>(load: () => Promise<ComponentType<P>>, isWanted: boolean): ComponentType<P> | null {
  const [part, setPart] = useState<ComponentType<P> | null>(null);
  useEffect(() => {
    const fetchIt = () => void load().then((loaded) => setPart(() => loaded), () => undefined); // offline: tried again when it is wanted
    const timer = setTimeout(fetchIt, isWanted ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [load, isWanted]);
  return part;
}
