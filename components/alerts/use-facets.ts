"use client";
import { useRef, useState } from "react";
import { ask } from "@/components/shell/ask";
import type { AlertsPage, QueueCounts, QueueFacets } from "@/lib/domain/views/alerts";

function isFacets(value: unknown): value is QueueFacets {
  return typeof value === "object" && value !== null && "severity" in value && "tag" in value;
}

async function askFacets({ environment, filter }: AlertsPage): Promise<QueueFacets | null> {
  const answer = await ask(environment.number, "facets", { filter });
  return isFacets(answer) ? answer : null;
}

/**
 * What the filter's menus offer: counted when somebody comes near them, for the values of a large queue are dearer than its rows. `counts` are new whenever something was
 * decided, here or elsewhere: then they are counted anew, the next time somebody does.
 */
export function useFacets(page: AlertsPage, counts: QueueCounts) {
  const [known, setKnown] = useState<{ page: AlertsPage; facets: QueueFacets | null }>({ page, facets: null });
  const asked = useRef<{ page: AlertsPage; counts: QueueCounts } | null>(null);
  if (known.page !== page) setKnown({ page, facets: null });

  async function near() {
    if (asked.current?.page === page && asked.current.counts === counts) return;
    asked.current = { page, counts };
    const facets = await askFacets(page);
    if (facets) setKnown((before) => (before.page === page ? { page, facets } : before));
    else asked.current = null; // next time, then
  }
  return { facets: known.page === page ? known.facets : null, near: () => void near() };
}
