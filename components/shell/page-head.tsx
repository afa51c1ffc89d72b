"use client";
import { useEffect, useRef, type ReactNode } from "react";

/** The head of a screen: its name (a text, or a heading of its own), what belongs in the middle, its main actions. */
export function PageHead({ title, middle, children }: { title: ReactNode; middle?: ReactNode; children?: ReactNode }) {
  return (
    <header className="flex h-[46px] shrink-0 items-center gap-3 border-b border-line px-[18px]">
      {typeof title === "string" ? <h1 className="text-base font-semibold tracking-tight whitespace-nowrap">{title}</h1> : title}
      <div className="mx-auto flex min-w-0 flex-1 justify-center">{middle}</div>
      <div className="flex items-center gap-2">{children}</div>
    </header>
  );
}

/** A screen that scrolls as one page under its head. */
export function PageBody({ children, width = "max-w-5xl" }: { children: ReactNode; width?: string }) {
  return <div className="relative min-h-0 flex-1 overflow-y-auto"><div className={`mx-auto px-[18px] py-5 ${width}`}>{children}</div></div>;
}

/** A screen. Its element says when it hears keys and clicks: what was pressed before is not theirs. */
export function Page({ children }: { children: ReactNode }) {
  const screen = useRef<HTMLDivElement>(null);
  useEffect(() => { if (screen.current) screen.current.dataset.screen = "awake"; }, []);
  return <div ref={screen} data-screen="drawn" className="flex h-full min-h-0 flex-col">{children}</div>;
}
