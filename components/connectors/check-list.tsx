import { Check, X } from "lucide-react";
import type { CheckView } from "@/lib/domain/views/connector-draft";

const NAMES = { reachable: "Reachable", credentials: "Credentials", permission: "Permission", fields: "Required fields", webhook: "Webhook" } as const satisfies Record<CheckView["name"], string>;

/** What a test looked at, in its order; whatever is wrong says what to do about it. */
export function CheckList({ checks }: { checks: readonly CheckView[] }) {
  return (
    <ul aria-label="What was tested" role="list" className="rounded-lg bg-sunk px-3 py-2">
      {checks.map((check) => (
        <li key={check.name} className="flex gap-2 py-0.5">
          {check.ok ? <Check size={14} aria-hidden className="mt-0.5 shrink-0 text-good" /> : <X size={14} aria-hidden className="mt-0.5 shrink-0 text-danger" />}
          <span className="min-w-0 break-words">
            <b className="font-medium">{NAMES[check.name]}</b><span className="sr-only">: {check.ok ? "well" : "at fault"}</span> <span className="text-ink-2">{check.detail}</span>
            {check.fix ? <span className="block font-medium">{check.fix}</span> : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
