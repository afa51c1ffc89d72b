import type { Db } from "@/lib/db/client";
import { countsAround, dispositionsOf, MOST_LOOKED, precedentsOf, returnsOf } from "@/lib/db/sql/finding-precedents";
import { relatedTo } from "@/lib/db/sql/finding-related";
import { reasonLabel } from "@/lib/domain/finding/words";
import type { NeighboursView } from "@/lib/domain/views/finding";

/** What stands around a finding: the same rule elsewhere, the same asset, how the team decided there, and what was decided here before. */
export async function neighboursOf(db: Db, environment: number, finding: number): Promise<NeighboursView> {
  const [found, counts, precedents, dispositions, returns] = await Promise.all([
    relatedTo(db, environment, finding), countsAround(db, environment, finding), precedentsOf(db, environment, finding),
    dispositionsOf(db, environment, finding), returnsOf(db, environment, finding),
  ]);
  const about = (n: number) => ({ count: Math.min(n, MOST_LOOKED), isMore: n > MOST_LOOKED });
  return {
    found,
    sameRule: about(counts.rule),
    sameAsset: about(counts.asset),
    precedents: precedents.map(({ n, at, ...each }) => ({ ...each, count: n, at: at?.toISOString() ?? null })),
    dispositions: dispositions.map(({ reason, at, ...each }) => ({ ...each, reason: reasonLabel(reason ?? ""), at: at.toISOString() })),
    returns: { gone: returns.gone, back: returns.back, last: returns.last?.toISOString() ?? null },
  };
}
