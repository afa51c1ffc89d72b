import { calibratedSeverity } from "@/lib/domain/finding/severity";
import { peopleState } from "@/lib/domain/finding/outcome";
import type { FindingState, PeopleState } from "@/lib/domain/finding/state";
import { ROUTE_LABELS, type Route } from "@/lib/domain/finding/words";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import { exclusionOf } from "@/lib/domain/ticket/grouping";

const HANDS_OVER: readonly Route[] = ["ticket", "sprint_batch", "quarterly_batch"];

/** What keeps a finding from being handed over, the first that holds, and what ends it. */
const LACKS: readonly { holds: (finding: FindingState) => boolean; why: string }[] = [
  { holds: ({ governance }) => governance === "open" || governance === "reopened", why: "Nobody has triaged it yet: investigate it first, or pause it." },
  { holds: ({ calibratedAt }) => calibratedAt === null, why: "Its severity is not calibrated: calibrate it first, or pause it." },
  { holds: ({ assigneeId, assetOwned }) => assigneeId === null && !assetOwned, why: "Nobody owns it: assign it, name an owner of its asset, or pause it." },
];

function faultOf(finding: FindingState, to: Route): string | null {
  const excluded = exclusionOf({
    governance: finding.governance, severity: calibratedSeverity(finding.teamSeverity, finding.technical), decommissionOn: finding.assetDecommissionedOn?.toISOString() ?? null,
  });
  if (excluded !== null && to !== "record_only") return `It ${excluded}: it can only stay on record.`;
  return HANDS_OVER.includes(to) ? (LACKS.find(({ holds }) => holds(finding))?.why ?? null) : null;
}

/**
 * Says how the work on a finding is handed over, and why. Nothing else of it changes. Refused as `conflict` when it is so already, as `invalid` when it is excluded
 * (informational, decided away, on an asset that goes), or not triaged, not calibrated or owned by nobody.
 */
export function route(finding: FindingState, { to, reason }: { to: Route; reason: string }): Result<PeopleState> {
  if (reason.trim() === "") return refuseInput([{ path: "reason", message: "A routing decision needs its reason." }]);
  if (finding.route === to) return refuse("conflict", `Already there: ${ROUTE_LABELS[to]}.`);
  const why = faultOf(finding, to);
  return why === null ? ok({ ...peopleState(finding), route: to }) : refuseInput([{ path: "route", message: why }]);
}
