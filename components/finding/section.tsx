import type { ReactNode } from "react";

/** A part of a finding, in the drawer and on the page alike. */
export function Section({ title, aside, id, children }: { title: string; aside?: ReactNode; id?: string; children: ReactNode }) {
  return (
    <section id={id} aria-label={title} className="border-b border-line px-[18px] py-2.5 last:border-b-0">
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <h3 className="text-xs font-semibold">{title}</h3>
        {aside ? <div className="text-xs text-ink-3">{aside}</div> : null}
      </div>
      {children}
    </section>
  );
}

export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[92px_minmax(0,1fr)] gap-x-3 gap-y-1">{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 break-words text-ink-2">{children}</dd>
    </>
  );
}
