import { Badge, type Tone } from "@/components/ui/badge";
import { moduleNamed, stateNamed, type ModuleState } from "@/lib/domain/module/table";
import type { FindingRow } from "@/lib/domain/views/alerts";

const TONES = {
  live: "critical", offline: "outline", online: "high", requested: "medium", taken_down: "outline", relevant: "high", not_relevant: "outline",
} as const satisfies Record<ModuleState, Tone>;

/** What its module says of a finding: a second, smaller badge that never stands in the place of the response. Nothing where nothing was said. */
export function StateBadge({ row, className }: { row: Pick<FindingRow, "moduleState">; className?: string }) {
  const named = row.moduleState === null ? null : stateNamed(row.moduleState);
  if (!named || row.moduleState === null) return null;
  return <Badge tone={TONES[row.moduleState]} title={`${named.module.state.label}: ${named.state.means}`} className={className}>{named.state.label}</Badge>;
}

/** The same in words, for where both answers stand side by side; null where the finding belongs to no module with a state of its own. */
export function stateWords({ stateModule, moduleState }: Pick<FindingRow, "stateModule" | "moduleState">): { label: string; value: string; means: string } | null {
  const named = moduleState === null ? null : stateNamed(moduleState);
  if (named) return { label: named.module.state.label, value: named.state.label, means: named.state.means };
  const own = stateModule === null ? undefined : moduleNamed(stateModule).state;
  return own ? { label: own.label, value: own.unsaid.label, means: own.unsaid.means } : null;
}
