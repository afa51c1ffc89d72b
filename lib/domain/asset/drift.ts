import type { AssetLook, DriftPoint } from "@/lib/domain/views/assets";

/**
 * Detected findings over time, all detectors together: at each look the newest count of every detector so far.
 * Takes looks in any order; `full` is how many of a detector were asked for. Where a detector has as many, older ones may be left out:
 * the line begins where all of them are known. Looks that only fill history are no part of it.
 */
export function driftOf(looks: readonly AssetLook[], full: number): DriftPoint[] {
  const told = looks.filter((look) => !look.isHistory && look.coverage !== "nothing").toSorted((a, b) => a.takenAt.localeCompare(b.takenAt) || a.scan - b.scan);
  const from = startOf(looks, told, full);
  const newest = new Map<number, number>();
  const points: DriftPoint[] = [];
  for (const look of told) {
    newest.set(look.scope, look.live);
    if (look.takenAt < from) continue;
    const point = { at: look.takenAt, live: [...newest.values()].reduce((sum, live) => sum + live, 0) };
    if (points.at(-1)?.at === point.at) points.pop();
    points.push(point);
  }
  return points;
}

function startOf(looks: readonly AssetLook[], told: readonly AssetLook[], full: number): string {
  const cut = [...new Set(looks.map(({ scope }) => scope))].filter((scope) => looks.filter((look) => look.scope === scope).length >= full);
  const starts = cut.map((scope) => told.find((look) => look.scope === scope)?.takenAt ?? "");
  return starts.toSorted().at(-1) ?? "";
}
