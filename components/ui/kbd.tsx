import clsx from "clsx";

/** A key cap. Decorative: the control beside it carries aria-keyshortcuts. */
export function Kbd({ children, inverse = false }: { children: string; inverse?: boolean }) {
  return (
    <kbd
      aria-hidden
      className={clsx(
        "inline-block rounded border border-b-2 px-1 py-0.5 font-mono text-[10.5px] leading-none",
        inverse ? "border-current/60" : "border-line bg-panel text-ink-3",
      )}
    >
      {children}
    </kbd>
  );
}
