"use client";
import { useState } from "react";

/** Puts text on the clipboard and says so. */
export function CopyButton({ text, label = "copy" }: { text: string; label?: string }) {
  const [isDone, setDone] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(text);
    setDone(true);
    setTimeout(() => setDone(false), 1500);
  }
  return <button type="button" onClick={() => void copy()} className="rounded hover:text-ink hover:underline"><span role="status">{isDone ? "copied" : label}</span></button>;
}
