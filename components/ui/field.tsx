import clsx from "clsx";
import { useId, type ComponentProps, type ReactNode } from "react";

export const inputClass =
  "w-full min-w-0 rounded-lg border border-edge bg-panel px-2.5 text-sm text-ink transition-colors hover:border-ink-3 focus-visible:border-focus disabled:cursor-not-allowed disabled:opacity-60 aria-invalid:border-danger";

type Wires = { id: string; "aria-describedby": string | undefined; "aria-invalid": true | undefined };

/** A label, a control, a hint and an error that belong together for eye and screen reader. */
export function Field({ label, hint, error, required, children, className }: {
  label: string; hint?: ReactNode; error?: string | null; required?: boolean; className?: string; children: (wires: Wires) => ReactNode;
}) {
  const id = useId();
  const described = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean).join(" ");
  return (
    <div className={className}>
      <div className="mb-1 flex flex-wrap items-baseline gap-x-1.5">
        <label htmlFor={id} className="font-medium">
          {label}
          {required ? <span className="text-ink-3"> (required)</span> : null}
        </label>
        {hint ? <span id={`${id}-hint`} className="text-xs text-ink-3">{hint}</span> : null}
      </div>
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
      {error ? <p id={`${id}-error`} role="alert" className="mt-1 text-xs text-danger">{error}</p> : null}
    </div>
  );
}

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={clsx(inputClass, "h-8", className)} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={clsx(inputClass, "min-h-[54px] resize-y py-1.5", className)} {...rest} />;
}

export function Select({ className, children, ...rest }: ComponentProps<"select">) {
  return <select className={clsx(inputClass, "h-8 pr-6", className)} {...rest}>{children}</select>;
}
