import type { By, Hop } from "@/lib/domain/finding/decide";
import { allowedTransitions } from "@/lib/domain/finding/governance";
import type { Governance } from "@/lib/domain/finding/words";

/**
 * The shortest legal way from one status to another for this kind of actor, breadth first.
 * Gives the hops, for a status to itself the one hop of its own edge (a renewal), or null where no way leads.
 */
export function shortestPath(from: Governance, to: Governance, by: By): Hop[] | null {
  const ways: Hop[][] = allowedTransitions(from, by).map((next) => [{ from, to: next }]);
  const reached = new Set<Governance>(from === to ? [] : [from]);
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    const last = way[way.length - 1];
    if (last === undefined || reached.has(last.to)) continue;
    if (last.to === to) return way;
    reached.add(last.to);
    const here = last.to;
    if (from !== to) ways.push(...allowedTransitions(here, by).map((next) => [...way, { from: here, to: next }]));
  }
  return null;
}
