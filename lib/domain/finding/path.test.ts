import { describe, expect, it } from "vitest";
import type { By } from "@/lib/domain/finding/decide";
import { edge, TRANSITIONS } from "@/lib/domain/finding/governance";
import { shortestPath } from "@/lib/domain/finding/path";
import { GOVERNANCE_STATUSES, type Governance } from "@/lib/domain/finding/words";

/** Distances by relaxing every edge until nothing moves: slow, and nothing like a breadth-first search. */
function distances(from: Governance, by: By): Map<Governance, number> {
  const edges = TRANSITIONS.filter((row) => row.who.includes(by)).flatMap((row) => row.from.flatMap((a) => row.to.map((b) => [a, b] as const)));
  const found = new Map<Governance, number>(edges.filter(([a]) => a === from).map(([, b]) => [b, 1]));
  for (let round = 0; round < GOVERNANCE_STATUSES.length; round++)
    for (const [a, b] of edges) {
      const through = (found.get(a) ?? Infinity) + 1;
      if (through < (found.get(b) ?? Infinity)) found.set(b, through);
    }
  return found;
}

const pairs = GOVERNANCE_STATUSES.flatMap((from) => GOVERNANCE_STATUSES.flatMap((to) => (["person", "automation", "system"] as const).map((by) => ({ from, to, by }))));

describe("the shortest legal path", () => {
  it.each(pairs.filter(({ from, to }) => from !== to))("from $from to $to by $by", ({ from, to, by }) => {
    const path = shortestPath(from, to, by);
    expect(path?.length).toBe(distances(from, by).get(to));
    if (path === null) return;

    expect(path[0]?.from).toBe(from);
    expect(path.at(-1)?.to).toBe(to);
    for (const [place, hop] of path.entries()) {
      expect(edge(hop.from, hop.to, by)).toBeDefined();
      if (place > 0) expect(hop.from).toBe(path[place - 1]?.to);
    }
  });

  it("renews an acceptance in one hop, and never goes round to stay where it is", () => {
    expect(shortestPath("accepted_risk", "accepted_risk", "person")).toEqual([{ from: "accepted_risk", to: "accepted_risk" }]);
    expect(shortestPath("resolved", "resolved", "person")).toBeNull();
  });

  it("goes from a false positive to resolved through open", () => {
    expect(shortestPath("false_positive", "resolved", "person")).toEqual([
      { from: "false_positive", to: "open" },
      { from: "open", to: "resolved" },
    ]);
  });
});
