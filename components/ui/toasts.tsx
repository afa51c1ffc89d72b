"use client";
import clsx from "clsx";
import { X } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { dismissToast, pressToast, toastStore, type Toast } from "./toast";

function Card({ toast }: { toast: Toast }) {
  const [isHeld, setHeld] = useState(false);
  const { id, stays, action } = toast;

  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => dismissToast(id), stays);
    return () => clearTimeout(timer);
  }, [id, stays, isHeld]);

  return (
    <div
      role={toast.tone === "error" ? "alert" : "status"}
      onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}
      className={clsx("pointer-events-auto flex w-[400px] max-w-[calc(100vw-2rem)] animate-rise items-start gap-2 rounded-[10px] border bg-raised py-2 pr-1.5 pl-3.5 shadow-menu", toast.tone === "error" ? "border-danger" : "border-line-strong")}
    >
      <div className="min-w-0 flex-1 py-[3px]">
        <p className="font-medium">{toast.title}</p>
        {toast.description ? <p className="text-xs break-words whitespace-pre-line text-ink-2">{toast.description}</p> : null}
      </div>
      {action ? <button type="button" onClick={() => pressToast(toast)} className="rounded-md border border-line-strong px-2 py-1 text-xs font-medium text-accent hover:bg-hover">{action.label}</button> : null}
      <button type="button" aria-label="Dismiss" onClick={() => dismissToast(id)} className="grid size-6.5 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"><X size={13} aria-hidden /></button>
    </div>
  );
}

/** Where short messages appear: over the foot of the list, above the bulk bar, never over the drawer. Named as live, it is also read out while a dialog hides the rest of the page. */
export function Toasts() {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.read, toastStore.none);
  return (
    <section aria-label="Messages" aria-live="polite" className="pointer-events-none fixed bottom-[76px] left-[224px] z-30 flex flex-col gap-2 max-lg:left-[72px]">
      {toasts.map((each) => <Card key={each.id} toast={each} />)}
    </section>
  );
}
