import type { ReactNode } from "react";

/** One part with its name: all of its states side by side. */
export function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section aria-label={name} className="border-b border-line px-5 py-4">
      <h3 className="mb-2 font-mono text-xs text-ink-3">{name}</h3>
      <div className="flex flex-wrap items-center gap-3">{children}</div>
    </section>
  );
}
