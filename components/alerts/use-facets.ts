"use client";
import { useRef, useState } from "react";
import { ask } from "@/components/shell/ask";
import type { AlertsPage, QueueCounts } from "@/lib/domain/views/alerts";

type Facets = AlertsPage["facets"];

function isFacets(value: unknown): value is Facets {
  return typeof value === "object" && value !== null && "severity" in value && "tag" in value;
}

async function askFacets({ environment, filter }: AlertsPage): Promise<Facets | null> {
  const answer = await ask(environment.number, "facets", { filter });
  return isFacets(answer) ? answer : null;
}

/**
 * What the filter's menus offer. `counts` are new whenever something was decided, here or elsewhere: then the menus are counted anew as
 * soon as somebody comes near them, and no sooner.
 */
export function useFacets(page: AlertsPage, counts: QueueCounts) {
  const [known, setKnown] = useState<{ page: AlertsPage; facets: Facets }>({ page, facets: page.facets });
  const asked = useRef(page.counts);
  if (known.page !== page) setKnown({ page, facets: page.facets });

  async function near() {
    if (counts === page.counts || asked.current === counts) return;
    asked.current = counts;
    const facets = await askFacets(page);
    if (facets) setKnown((before) => (before.page === page ? { page, facets } : before));
    else asked.current = page.counts; // next time, then
  }
  return { facets: known.facets, near: () => void near() };
}
