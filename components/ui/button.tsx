import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";

export const LOOKS = {
  plain: "border-line-strong bg-panel text-ink hover:bg-hover",
  primary: "border-accent bg-accent text-accent-ink hover:brightness-110",
  quiet: "border-transparent bg-transparent text-ink-2 hover:bg-hover hover:text-ink",
  danger: "border-danger bg-danger text-accent-ink hover:brightness-110",
} as const;

export const SIZES = { md: "h-8 px-3 text-sm rounded-lg gap-1.5", sm: "h-7 px-2.5 text-sm rounded-[7px] gap-1.5", xs: "h-6 px-2 text-xs rounded-md gap-1" } as const;

export type ButtonProps = ComponentProps<"button"> & { look?: keyof typeof LOOKS; size?: keyof typeof SIZES; loading?: boolean; icon?: ReactNode };

/** The classes of a button, for links that look like one. */
export function buttonClass(look: keyof typeof LOOKS = "plain", size: keyof typeof SIZES = "sm", extra?: string): string {
  return clsx(
    "inline-flex shrink-0 items-center justify-center border font-medium whitespace-nowrap transition-colors select-none",
    "disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55",
    LOOKS[look], SIZES[size], extra,
  );
}

/** A button. While it loads it keeps its width, its name and the focus, and answers no second press. */
export function Button({ look, size, loading = false, icon, className, children, type = "button", onClick, ...rest }: ButtonProps) {
  return (
    <button
      type={type} className={buttonClass(look, size, className)} aria-disabled={loading || undefined} aria-busy={loading || undefined}
      onClick={(event) => { if (loading) event.preventDefault(); else onClick?.(event); }} {...rest}
    >
      {loading ? <span aria-hidden className="size-3 animate-spin-slow rounded-full border-2 border-current border-r-transparent" /> : icon}
      {children}
    </button>
  );
}

/** A button that shows only a picture; `label` is its name for everyone. */
export function IconButton({ label, className, children, type = "button", ...rest }: ComponentProps<"button"> & { label: string }) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={clsx("inline-grid size-7 shrink-0 place-items-center rounded-md text-ink-2 transition-colors hover:bg-hover hover:text-ink disabled:cursor-not-allowed disabled:opacity-50", className)}
      {...rest}
    >
      {children}
    </button>
  );
}
