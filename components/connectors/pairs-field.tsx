"use client";
import { X } from "lucide-react";
import { Button, IconButton } from "@/components/ui/button";
import { Input } from "@/components/ui/field";
import type { Pair } from "./connector-draft";

type Props = { label: string; help: string | undefined; error: string | undefined; pairs: readonly Pair[]; onPairs: (pairs: readonly Pair[]) => void };

/** Texts that belong to texts: ours on one side, theirs on the other. */
export function PairsField({ label, help, error, pairs, onPairs }: Props) {
  const change = (at: number, part: Partial<Pair>) => onPairs(pairs.map((pair, index) => (index === at ? { ...pair, ...part } : pair)));
  return (
    <fieldset className="col-span-full">
      <legend className="font-medium">{label}</legend>
      {help ? <p className="text-xs text-ink-3">{help}</p> : null}
      {pairs.map((pair, at) => (
        <div key={at} className="mt-1 flex items-center gap-1.5">
          <Input aria-label={`${label}, ${at + 1}, left`} className="max-w-52" value={pair.left} onChange={(event) => change(at, { left: event.target.value })} />
          <span aria-hidden className="text-ink-3">→</span>
          <Input aria-label={`${label}, ${at + 1}, right`} value={pair.right} onChange={(event) => change(at, { right: event.target.value })} />
          <IconButton label={`Take away ${pair.left === "" ? `line ${at + 1}` : pair.left}`} onClick={() => onPairs(pairs.filter((_, index) => index !== at))}><X size={13} aria-hidden /></IconButton>
        </div>
      ))}
      <Button size="xs" className="mt-1.5" aria-label={`Add a line: ${label}`} onClick={() => onPairs([...pairs, { left: "", right: "" }])}>Add a line</Button>
      {error ? <p role="alert" className="mt-1 text-xs text-danger">{error}</p> : null}
    </fieldset>
  );
}
