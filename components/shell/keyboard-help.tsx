"use client";
import { Keyboard } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useEffectEvent, useState } from "react";
import { isSpokenFor, letterKeysAreOn } from "./letter-keys";
import { navClass } from "./nav-class";

const KeyboardDialog = dynamic(() => import("./keyboard-dialog").then((file) => file.KeyboardDialog), { ssr: false });

/** The list of keys: by its button, or by `?` from anywhere. */
export function KeyboardHelp() {
  const [isOpen, setOpen] = useState(false);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "?" || isSpokenFor(event) || !letterKeysAreOn()) return;
    event.preventDefault();
    setOpen(true);
  });

  useEffect(() => {
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  return (
    <>
      <button type="button" onClick={() => setOpen(true)} className={navClass(false)} aria-keyshortcuts="?" title="Keyboard shortcuts">
        <Keyboard size={15} aria-hidden className="shrink-0 text-ink-3" />
        <span className="max-lg:sr-only">Shortcuts</span>
      </button>
      {isOpen ? <KeyboardDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}
