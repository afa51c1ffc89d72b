"use client";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/states";

/** A surprise: what to do now, and the number to quote when it stays. */
export function ErrorScreen({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="grid h-full min-h-80 place-items-center">
      <ErrorState title="This did not work" actions={<Button look="primary" onClick={reset}>Try again</Button>}>
        <p>Docket met something unexpected. Nothing that you decided is lost: a decision is stored whole or not at all.</p>
        {error.digest ? <p className="mt-2 text-xs text-ink-3">If it stays, tell your administrator the number <code className="font-mono">{error.digest}</code>.</p> : null}
      </ErrorState>
    </div>
  );
}
