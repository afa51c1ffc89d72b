"use client";
import { useState } from "react";
import type { QueueFilter } from "@/lib/domain/views/alerts";
import { deskAddress, type AddressedView } from "@/lib/domain/views/queue-address";

/** Which finding the drawer shows, mirrored in the address without asking the server. */
export function useOpen(filter: QueueFilter, view: AddressedView | null, first: number | null, onOpen: (number: number) => void) {
  const [open, setOpen] = useState(first);

  function show(number: number | null) {
    setOpen(number);
    window.history.replaceState(null, "", deskAddress(filter, number, view));
    if (number !== null) onOpen(number);
  }

  return [open, show] as const;
}
