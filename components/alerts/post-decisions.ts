import type { Result } from "@/lib/domain/refusal";
import type { BulkOutcome, FindingActions } from "@/lib/domain/views/actions";

type Posted = Pick<FindingActions, "decideFindings" | "keepDecisions" | "amendDecisions" | "assignFindings" | "tagFindings" | "setFindingState" | "routeFindings" | "revertAction" | "approveAcceptances" | "refuseAcceptances">;

const PATIENCE_MS = 20_000;
/** What a browser still carries after the page is gone. */
const KEPT_ALIVE_BYTES = 60_000;

function isAnswer(value: unknown): value is Result<BulkOutcome> {
  if (typeof value !== "object" || value === null || !("ok" in value)) return false;
  return value.ok === true ? "value" in value : "refusal" in value;
}

async function post(verb: "decide" | "keep" | "amend" | "assign" | "tag" | "state" | "route" | "revert" | "approve" | "refuse", { environment, ...asked }: { environment: number }): Promise<Result<BulkOutcome>> {
  const body = JSON.stringify({ verb, ...asked });
  const response = await fetch(`/api/e/${environment}/decisions`, {
    method: "POST", body, headers: { "Content-Type": "application/json", Accept: "application/json" }, cache: "no-store",
    keepalive: body.length < KEPT_ALIVE_BYTES, signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const answer: unknown = await response.json();
  if (!isAnswer(answer)) throw new Error(`Docket answered ${response.status}, and not as agreed.`);
  return answer;
}

/** The doors for decisions by a plain request each: it throws where no answer comes. */
export const postedDecisions: Posted = {
  decideFindings: (raw) => post("decide", raw),
  keepDecisions: (raw) => post("keep", raw),
  amendDecisions: (raw) => post("amend", raw),
  assignFindings: (raw) => post("assign", raw),
  tagFindings: (raw) => post("tag", raw),
  setFindingState: (raw) => post("state", raw),
  routeFindings: (raw) => post("route", raw),
  revertAction: (raw) => post("revert", raw),
  approveAcceptances: (raw) => post("approve", raw),
  refuseAcceptances: (raw) => post("refuse", raw),
};
