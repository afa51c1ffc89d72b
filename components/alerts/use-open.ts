"use client";
import { useState } from "react";
import type { QueueFilter } from "@/lib/domain/views/alerts";
import { queueAddress } from "@/lib/domain/views/queue-address";

/** Which finding the drawer shows, mirrored in the address without asking the server. */
export function useOpen(filter: QueueFilter, first: number | null, onOpen: (number: number) => void) {
  const [open, setOpen] = useState(first);

  function show(number: number | null) {
    setOpen(number);
    window.history.replaceState(null, "", queueAddress(filter, number));
    if (number !== null) onOpen(number);
  }

  return [open, show] as const;
}
