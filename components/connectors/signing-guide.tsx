"use client";
import { HelpLink } from "@/components/alerts/dialog-parts";
import { CopyButton } from "@/components/finding/copy-button";
import { exampleFor } from "./signing-example";

/** How a sender signs that knows no way of its own, to copy into a shell. */
export function SigningGuide({ environment, kind, address }: { environment: number; kind: string; address: string }) {
  const text = exampleFor(kind, address);
  return (
    <section aria-label="How to sign" className="mt-4">
      <h3 className="font-medium">How to sign</h3>
      <p className="mt-0.5 text-xs text-ink-2">
        <code>x-docket-signature</code> is <code>sha256=</code> and the HMAC-SHA-256, in hexadecimal, of the seconds in <code>x-docket-timestamp</code>, a dot and the body, byte by byte. A signature holds for five minutes, and the same bytes count once. {kind === "custom" && <>Say <code>at</code> in the body, the instant of the change: then another try changes nothing. Without a timestamp and without <code>at</code> it is refused. </>}<HelpLink environment={environment} topic="webhooks">More in the help</HelpLink>
      </p>
      <pre tabIndex={0} aria-label="Example for a shell" className="mt-1.5 max-h-56 overflow-auto rounded-lg bg-sunk px-3 py-2 font-mono text-2xs break-all whitespace-pre-wrap text-ink-2">{text}</pre>
      <p className="mt-1 text-xs text-ink-2"><CopyButton text={text} /></p>
    </section>
  );
}
