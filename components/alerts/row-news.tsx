"use client";
import { createContext, use, type ReactNode } from "react";
import { Lookers } from "@/components/finding/lookers";
import { Button } from "@/components/ui/button";
import { findings } from "./outcome-toast";
import type { News } from "./live-rows";

const Notes = createContext<{ left: News["left"]; me: number }>({ left: new Map(), me: 0 });

/** Rows ask here what others did to them, so that news repaints those rows alone. */
export function NewsProvider({ news, me, children }: { news: News; me: number; children: ReactNode }) {
  return <Notes value={{ left: news.left, me }}>{children}</Notes>;
}

/** Who else looks at the finding of a row, and why it is about to go. */
export function RowNews({ number }: { number: number }) {
  const { left, me } = use(Notes);
  const note = left.get(number);
  return (
    <>
      <Lookers number={number} me={me} look="row" />
      {note ? <span data-left className="shrink-0 rounded bg-sunk px-1.5 text-2xs text-ink-2">{note}</span> : null}
    </>
  );
}

/** A quiet word above the list: something new is there, and nothing jumps until the person asks for it. */
export function NewsBar({ news, onShow }: { news: News; onShow: () => void }) {
  const count = news.arrived.size + news.more;
  return (
    <div role="status" className={count > 0 ? "flex items-center gap-2 border-b border-line bg-accent-soft px-[18px] py-1 text-xs text-ink" : "sr-only"}>
      {count > 0 ? <>{count === 1 ? "1 new finding" : `${findings(count).replace(" ", " new ")}`} <Button size="xs" onClick={onShow}>Show</Button></> : null}
    </div>
  );
}
