"use client";
import clsx from "clsx";
import { useEffect, useRef } from "react";
import type { Offer } from "@/lib/domain/filter/complete";

export { addQuery } from "@/lib/domain/filter/typed";
export { accept, lookAt } from "./offers";

/** The name of an offer's element, for `aria-activedescendant`. */
export function offerId(list: string, at: number): string {
  return `${list}-${at}`;
}

/** What can stand under the cursor, below the field. The focus stays in the field; the arrows and the pointer reach the offers. */
export function FilterOffers({ id, offers, active, onTake }: { id: string; offers: readonly Offer[]; active: number; onTake: (offer: Offer) => void }) {
  const reached = useRef<HTMLLIElement>(null);
  useEffect(() => reached.current?.scrollIntoView({ block: "nearest" }), [active]);
  return (
    <ul id={id} role="listbox" aria-label="What can stand here" className="absolute top-full left-0 z-30 mt-1 max-h-80 w-[min(480px,100%)] min-w-72 overflow-y-auto rounded-[10px] border border-line-strong bg-raised p-1 text-sm shadow-menu">
      {offers.map((offer, at) => (
        <li
          key={`${offer.kind}:${offer.text}`} id={offerId(id, at)} ref={at === active ? reached : undefined} role="option" aria-selected={at === active}
          onPointerDown={(event) => { event.preventDefault(); onTake(offer); }}
          className={clsx("flex cursor-pointer items-baseline gap-3 rounded-md px-2 py-1.5", at === active ? "bg-selected" : "hover:bg-hover")}
        >
          <span className="max-w-[60%] shrink-0 truncate font-mono text-xs text-ink">{offer.label}</span>
          <span className="min-w-0 flex-1 truncate text-right text-xs text-ink-3">{offer.does}</span>
        </li>
      ))}
    </ul>
  );
}
