"use client";
import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import type { PinView } from "@/lib/domain/views/desk";
import { ask } from "./ask";
import { useLive } from "./live";
import { navClass } from "./nav-class";

/** Between two countings while findings change. */
const PAUSE_MS = 3_000;

function isPin(value: unknown): value is PinView {
  return typeof value === "object" && value !== null && "id" in value && "name" in value && "address" in value && "count" in value;
}

async function countedPins(environment: number): Promise<PinView[] | null> {
  const found = await ask(environment, "pins");
  return Array.isArray(found) ? found.filter(isPin) : null;
}

/** The pins as the frame was read with them, until they change: counted anew then, not more often than every few seconds. */
function usePins(environment: number, read: readonly PinView[]) {
  const [told, setTold] = useState<{ read: readonly PinView[]; pins: readonly PinView[] } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const pins = told?.read === read ? told.pins : read;
  const count = useCallback((wait: number) => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void countedPins(environment).then((found) => { if (found) setTold({ read, pins: found }); });
    }, wait);
  }, [environment, read]);
  useEffect(() => {
    const soon = () => count(150);
    window.addEventListener("docket:pins", soon);
    return () => window.removeEventListener("docket:pins", soon);
  }, [count]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLive("findings", () => { if (pins.length > 0) count(PAUSE_MS); });
  return pins;
}

/** The views that a person keeps at hand, each with how many findings it holds where that is known exactly and at once. */
export function PinnedViews({ environment, read }: { environment: number; read: readonly PinView[] }) {
  const pins = usePins(environment, read);
  const asked = useSearchParams().get("view");
  const here = usePathname().endsWith("/alerts") ? asked : null;
  if (pins.length === 0) return null;
  return (
    <ul aria-label="Pinned views" className="mt-0.5 mb-1 flex flex-col gap-0.5 max-lg:hidden">
      {pins.map((pin) => {
        const isHere = here === String(pin.id);
        return (
          <li key={pin.id}>
            <Link href={`/e/${environment}/alerts${pin.address}`} prefetch={false} aria-current={isHere ? "page" : undefined} title={pin.name} className={`${navClass(isHere)} pl-8!`}>
              <span className="min-w-0 truncate">{pin.name}</span>
              {pin.count === null ? null : <span className="ml-auto text-xs text-ink-3">{pin.count.toLocaleString("en")}</span>}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
