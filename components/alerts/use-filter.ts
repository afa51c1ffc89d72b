"use client";
import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import type { QueueFilter } from "@/lib/domain/views/alerts";
import { queueAddress } from "@/lib/domain/views/queue-address";

/** The filter in the address. A change paints at once; the rows follow when the server has them. */
export function useFilter(current: QueueFilter) {
  const router = useRouter();
  const [isWaiting, start] = useTransition();
  const [filter, guess] = useOptimistic(current);

  function go(next: QueueFilter) {
    start(() => {
      guess(next);
      router.push(queueAddress(next), { scroll: false });
    });
  }

  return { filter, go, isWaiting: isWaiting && queueAddress(filter) !== queueAddress(current) };
}
