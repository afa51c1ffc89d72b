"use client";
import { Keyboard } from "lucide-react";
import { useState } from "react";
import type { Role } from "@/lib/domain/access/can";
import { useCommandKeys } from "./command-registry";
import { useKeyHints } from "./keyboard";
import { lateDialog } from "./late-dialog";
import { navClass } from "./nav-class";

const KeyboardDialog = lateDialog(() => import("./keyboard-dialog").then((file) => file.KeyboardDialog));

/** The list of keys: by its button, or by its own key from anywhere. */
export function KeyboardHelp({ role, environment }: { role: Role; environment: number }) {
  const [isOpen, setOpen] = useState(false);
  const hint = useKeyHints()("help.keys");
  useCommandKeys({ "help.keys": () => setOpen(true) });
  return (
    <>
      <button type="button" onClick={() => setOpen(true)} className={navClass(false)} aria-keyshortcuts={hint?.aria} title="Keyboard shortcuts">
        <Keyboard size={15} aria-hidden className="shrink-0 text-ink-3" />
        <span className="max-lg:sr-only">Shortcuts</span>
      </button>
      {isOpen ? <KeyboardDialog role={role} environment={environment} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
