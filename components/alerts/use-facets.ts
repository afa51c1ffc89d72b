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

/** After an answer that did not come nobody is asked again for so long. */
const PAUSE_MS = 2_000;

type Known = { page: AlertsPage; facets: QueueFacets | null; isMissed: boolean };

/** The values of another filter, without its numbers: they stay where they stand until the new ones are counted. */
function uncounted(facets: QueueFacets): QueueFacets {
  const plain = (all: QueueFacets["tag"]) => all.map(({ count: _count, ...each }) => each);
  return { severity: plain(facets.severity), detector: plain(facets.detector), assignee: plain(facets.assignee), tag: plain(facets.tag) };
}

/** What the menus of the filter offer; null: nobody has asked yet, or no answer came (`isMissed`). `near`: somebody is about to choose, or is choosing. */
export type FacetMenus = { facets: QueueFacets | null; isMissed: boolean; near: () => void };

/**
 * What the filter's menus offer: counted when somebody comes near them, for the values of a large queue are dearer than its rows. `counts` are new whenever something was
 * decided, here or elsewhere: then they are counted anew, the next time somebody does.
 */
export function useFacets(page: AlertsPage, counts: QueueCounts): FacetMenus {
  const [known, setKnown] = useState<Known>({ page, facets: null, isMissed: false });
  const asked = useRef<{ page: AlertsPage; counts: QueueCounts; missedAt: number | null } | null>(null);
  if (known.page !== page) setKnown({ page, facets: known.facets && uncounted(known.facets), isMissed: false });

  async function near() {
    const before = asked.current;
    if (before?.page === page && (before.missedAt === null ? before.counts === counts : performance.now() - before.missedAt < PAUSE_MS)) return;
    const question: NonNullable<typeof asked.current> = { page, counts, missedAt: null };
    asked.current = question;
    const facets = await askFacets(page);
    if (!facets) question.missedAt = performance.now();
    if (asked.current === question) setKnown((now) => (now.page === page ? { page, facets: facets ?? now.facets, isMissed: !facets } : now));
  }
  return { facets: known.facets, isMissed: known.isMissed, near: () => void near() };
}
