"use client";
import { Search } from "lucide-react";
import { createElement, useEffect, useState } from "react";
import { useAhead } from "@/components/ui/ahead";
import type { Role } from "@/lib/domain/access/can";
import type { EnvironmentView } from "@/lib/domain/views/shell";
import { holdKeys, useCommandKeys } from "./command-registry";
import { KeyCaps, useKeyHints } from "./keyboard";

const file = () => import("./palette").then((loaded) => loaded.Palette);

type Props = { environment: EnvironmentView; environments: readonly EnvironmentView[]; role: Role };

/** The way into the palette: its key from anywhere, and a control for everybody else. Its code is fetched once the page stands, so that it opens at once. */
export function PaletteHost(props: Props) {
  const [isOpen, setOpen] = useState(false);
  const hint = useKeyHints()("palette.open");
  useCommandKeys({ "palette.open": () => setOpen(true) });
  const Palette = useAhead(file, isOpen, () => setOpen(false));
  const isAwaited = isOpen && Palette === null;
  useEffect(() => (isAwaited ? holdKeys() : undefined), [isAwaited]);
  return isOpen && Palette ? createElement(Palette, { ...props, onClose: () => setOpen(false) }) : (
    <button type="button" onClick={() => setOpen(true)} aria-keyshortcuts={hint?.aria} aria-label="Search, go or do anything" title="Search, go or do anything" className="fixed top-[15px] right-[calc(100%-198px)] z-10 flex min-h-6 min-w-6 items-center gap-1 rounded-md px-1.5 py-1 text-xs text-ink-3 hover:bg-hover hover:text-ink max-lg:top-auto max-lg:right-auto max-lg:bottom-3 max-lg:left-3">
      <Search size={13} aria-hidden /><span className="max-lg:hidden"><KeyCaps of="palette.open" /></span>
    </button>
  );
}
