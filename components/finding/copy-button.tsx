"use client";
import { useState } from "react";
import { copyText } from "@/components/ui/copy-text";

/** Puts text on the clipboard and says so, or what to do instead. */
export function CopyButton({ text, label = "copy" }: { text: string; label?: string }) {
  const [isDone, setDone] = useState(false);
  async function copy() {
    if (!(await copyText(text))) return;
    setDone(true);
    setTimeout(() => setDone(false), 1500);
  }
  return (
    <>
      <button type="button" onClick={() => void copy()} className="rounded hover:text-ink hover:underline">{isDone ? "copied" : label}</button>
      <span role="status" className="sr-only">{isDone ? "copied" : ""}</span>
    </>
  );
}
