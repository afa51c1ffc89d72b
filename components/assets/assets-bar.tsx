"use client";
import { KeyCaps, useKeyHints } from "@/components/shell/keyboard";
import { Kbd } from "@/components/ui/kbd";
import { MAX_BULK_ASSETS } from "@/lib/domain/asset/input";

type Props = { count: number; total: number; isWhole: boolean; onAll: () => void; onEdit: () => void; onClear: () => void };

/** What to do with the ticked assets, at once. */
export function AssetsBar({ count, total, isWhole, onAll, onEdit, onClear }: Props) {
  const hint = useKeyHints()("asset.edit");
  return (
    <div role="toolbar" aria-label={`${count} selected`} className="absolute bottom-[18px] left-4 z-20 flex min-h-[42px] max-w-[calc(100%-2rem)] animate-rise items-center gap-px overflow-x-auto rounded-[11px] border border-line-strong bg-raised py-1 pr-1.5 pl-3.5 shadow-menu">
      <b className="font-semibold whitespace-nowrap" role="status">{count.toLocaleString("en")} selected</b>
      {!isWhole && count < total && total <= MAX_BULK_ASSETS ? <button type="button" onClick={onAll} className="ml-2 font-medium whitespace-nowrap text-accent hover:underline">Select all {total.toLocaleString("en")} matching</button> : null}
      <span aria-hidden className="mx-1.5 h-5 w-px bg-line" />
      <button type="button" aria-keyshortcuts={hint?.aria} onClick={onEdit} className="inline-flex items-center gap-1.5 rounded-md px-2 py-[5px] whitespace-nowrap text-ink hover:bg-hover">Edit… <KeyCaps of="asset.edit" /></button>
      <span aria-hidden className="mx-1.5 h-5 w-px bg-line" />
      <button type="button" onClick={onClear} className="inline-flex items-center gap-1.5 rounded-md px-2 py-[5px] text-ink-3 hover:bg-hover hover:text-ink">Clear <Kbd>Esc</Kbd></button>
    </div>
  );
}
