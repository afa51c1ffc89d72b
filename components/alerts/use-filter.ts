"use client";
import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import type { QueueFilter } from "@/lib/domain/views/alerts";
import { deskAddress, queueAddress, type AddressedView } from "@/lib/domain/views/queue-address";

/** The filter in the address. A change paints at once; the rows follow when the server has them. */
export function useFilter(current: QueueFilter, view: AddressedView | null) {
  const router = useRouter();
  const [isWaiting, start] = useTransition();
  const [filter, guess] = useOptimistic(current);

  /** Goes to another queue. With `after`, once that has come: leaving would drop the answer to an act, and show what was before it. */
  function go(next: QueueFilter, after: Promise<unknown> | null = null) {
    const leave = () => start(() => {
      guess(next);
      router.push(deskAddress(next, null, view), { scroll: false });
    });
    if (!after) return leave();
    start(async () => {
      guess(next);
      await after;
      leave();
    });
  }

  return { filter, go, isWaiting: isWaiting && queueAddress(filter) !== queueAddress(current) };
}
