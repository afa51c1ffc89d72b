import type { ReactNode } from "react";

/** Something went wrong, in one sentence, with the next step. */
export function ErrorState({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div role="alert" className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-16 text-center">
      <div aria-hidden className="mb-1 grid size-10 place-items-center rounded-xl bg-danger-soft text-lg font-semibold text-danger">!</div>
      <h2 className="text-base font-semibold">{title}</h2>
      {children ? <div className="text-ink-2">{children}</div> : null}
      {actions ? <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}
