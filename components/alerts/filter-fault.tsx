import type { Fault } from "@/lib/domain/refusal";
import type { TextFault } from "@/lib/domain/filter/lex";

/** Parameters of the address that narrow nothing, in words: without a word the list would be a wider one than was asked for. */
export function ParameterFaults({ faults }: { faults: readonly Fault[] }) {
  if (faults.length === 0) return null;
  return (
    <div role="alert" aria-label="Left out of the filter" className="w-full px-1 text-xs text-danger">
      {faults.map(({ path, message }, place) => <p key={place} className="break-words"><code className="font-mono text-ink">{path}</code> of the address is left out, so more is shown: {message}</p>)}
    </div>
  );
}

/** The typed text with what cannot be read marked under it, and in words. */
export function FilterFault({ id, text, faults }: { id: string; text: string; faults: readonly TextFault[] }) {
  const [first] = faults;
  if (!first) return null;
  const marks = " ".repeat(first.at) + "^".repeat(Math.max(1, Math.min(first.length, text.length - first.at)));
  return (
    <div id={id} role="alert" className="flex w-full flex-wrap items-end gap-x-4 px-1 text-xs text-danger">
      <pre aria-hidden className="max-w-full overflow-x-auto font-mono leading-4 text-ink">{text}{"\n"}<span className="text-danger">{marks}</span></pre>
      <p className="pb-px">{first.message} <span className="text-ink-3">Character {first.at + 1}{faults.length > 1 ? `, the first of ${faults.length}` : ""}.</span></p>
    </div>
  );
}
