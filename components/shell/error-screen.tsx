"use client";
import { ErrorState } from "@/components/ui/error-state";

/** As a primary button looks. Written out: every page loads this screen twice before it answers, and hardly anybody ever sees it. */
const AGAIN = "inline-flex h-7 items-center rounded-[7px] border border-accent bg-accent px-2.5 text-sm font-medium text-accent-ink hover:brightness-110";

/** A surprise: what to do now, and the number to quote when it stays. */
export function ErrorScreen({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="grid h-full min-h-80 place-items-center">
      <ErrorState title="This did not work" actions={<button type="button" onClick={reset} className={AGAIN}>Try again</button>}>
        <p>Docket met something unexpected. Nothing that you decided is lost: a decision is stored whole or not at all.</p>
        {error.digest ? <p className="mt-2 text-xs text-ink-3">If it stays, tell your administrator the number <code className="font-mono">{error.digest}</code>.</p> : null}
      </ErrorState>
    </div>
  );
}
