import { peopleState } from "@/lib/domain/finding/outcome";
import type { FindingState, PeopleState } from "@/lib/domain/finding/state";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import { moduleNamed, stateNamed, type ModuleState } from "./table";

/**
 * Says how a finding stands in its module, or takes that back (null). Nothing else of it changes: neither its response nor its clocks.
 * Refused as `conflict` when it is said so already, as `invalid` when the state is not one of the finding's own module.
 */
export function sayState(finding: FindingState, state: ModuleState | null): Result<PeopleState> {
  const named = state === null ? null : stateNamed(state);
  if (finding.moduleState === state) return refuse("conflict", named ? `Already there: ${named.state.label}.` : "Nothing is said of it already.");
  if (named && named.module.key !== finding.stateModule) return refuseInput([{ path: "state", message: refusalOf(finding, named.module.label, named.state.label) }]);
  return ok({ ...peopleState(finding), moduleState: state });
}

function refusalOf({ number, stateModule }: FindingState, owner: string, label: string): string {
  const own = stateModule === null ? null : moduleNamed(stateModule).state;
  const may = own ? ` It may be ${own.values.map((value) => value.label).join(" or ")}.` : "";
  return `${label} is said of findings of ${owner}; F-${number} is none.${may}`;
}
