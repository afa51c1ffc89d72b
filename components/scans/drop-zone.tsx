"use client";
import clsx from "clsx";
import { FileUp } from "lucide-react";
import { useId, useState, type DragEvent } from "react";
import { buttonClass } from "@/components/ui/button";
import { size } from "@/components/ui/bytes";

/** Where a report is dropped or chosen; the input is the real control, the zone around it a bigger target. */
export function DropZone({ file, maxBytes, formats, onFile }: { file: File | null; maxBytes: number; formats: readonly { format: string; label: string }[]; onFile: (file: File) => void }) {
  const id = useId();
  const [isOver, setOver] = useState(false);

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const dropped = event.dataTransfer.files[0];
    if (dropped) onFile(dropped);
  }

  return (
    <div
      onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={onDrop}
      className={clsx("flex flex-col items-center gap-2 rounded-xl border border-dashed px-6 py-6 text-center transition-colors", isOver ? "border-accent bg-accent-soft" : "border-edge bg-ground")}
    >
      <FileUp size={20} aria-hidden className="text-ink-3" />
      <p>{file ? <><b className="font-medium break-all">{file.name}</b> <span className="text-ink-3">{size(file.size)}</span></> : "Drop a scanner's report here"}</p>
      <input id={id} type="file" className="peer sr-only" onChange={(event) => { const chosen = event.target.files?.[0]; event.target.value = ""; if (chosen) onFile(chosen); }} />
      <label htmlFor={id} className={buttonClass("plain", "sm", "cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-focus")}>{file ? "Choose another" : "Choose a file"}</label>
      <details className="text-xs text-ink-3">
        <summary className="cursor-pointer">{formats.length} formats, told by their content; plain, gzip or zip, up to {size(maxBytes)}</summary>
        <p className="mx-auto mt-1.5 max-w-3xl text-pretty">{formats.map((each) => each.label).join(" · ")}</p>
      </details>
    </div>
  );
}
