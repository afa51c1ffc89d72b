import clsx from "clsx";
import type { ReactNode } from "react";

/** A grey shape of the final size, shown while the real thing is on its way. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={clsx("block animate-pulse-soft rounded bg-line", className)} />;
}

/** Nothing to show, and what to do about it. */
export function EmptyState({ title, children, actions, icon }: { title: string; children?: ReactNode; actions?: ReactNode; icon?: ReactNode }) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-16 text-center">
      {icon ? <div aria-hidden className="mb-1 grid size-10 place-items-center rounded-xl border border-line bg-ground text-ink-3">{icon}</div> : null}
      <h2 className="text-base font-semibold">{title}</h2>
      {children ? <div className="text-ink-2">{children}</div> : null}
      {actions ? <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}

/** How far something is; `share` from 0 to 1, null while the length is unknown. */
export function Progress({ label, share }: { label: string; share: number | null }) {
  const percent = share === null ? null : Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent ?? undefined} className="h-1.5 overflow-hidden rounded-full bg-line">
      <div className={clsx("h-full rounded-full bg-accent transition-[width]", percent === null && "w-1/3 animate-pulse-soft")} style={percent === null ? undefined : { width: `${percent}%` }} />
    </div>
  );
}

/** Initials in a disc; the name is its title. */
export function Face({ initials, name, system = false, size = 22 }: { initials: string; name: string; system?: boolean; size?: number }) {
  return (
    <span role="img" aria-label={name} title={name} style={{ width: size, height: size }} className={clsx("grid shrink-0 place-items-center rounded-full text-[10px] leading-none font-semibold", system ? "bg-info-soft text-info" : "bg-accent-soft text-accent")}>
      {initials}
    </span>
  );
}
