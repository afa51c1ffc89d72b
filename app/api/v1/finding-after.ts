import type { Asked as AskedOf } from "@/lib/doors/endpoint";
import type { findings } from "@/lib/doors/operations/findings";
import { withSite } from "@/lib/doors/site";
import type { BatchOutcome } from "@/lib/domain/finding/batch";
import type { FindingDetailRecord } from "@/lib/domain/records/finding";
import { ok, type Result } from "@/lib/domain/refusal";
import { getFinding } from "@/lib/queries/rest-findings";

type Asked = Pick<AskedOf<typeof findings.getFinding>, "actor" | "params">;

/** All of a finding as it stands, with whole addresses. */
export async function findingNow({ actor, params }: Asked): Promise<Result<FindingDetailRecord>> {
  const found = await getFinding(actor, { environment: params.env, number: params.number });
  return found.ok ? ok(withSite(found.value)) : found;
}

/** What a change of one finding answers: the finding afterwards, the action by name, and whether an approver is asked first. */
export async function findingAfter(asked: Asked, change: Result<BatchOutcome>): Promise<Result<FindingDetailRecord>> {
  if (!change.ok) return change;
  const found = await findingNow(asked);
  return found.ok ? ok({ ...found.value, action_id: change.value.actionId, requested: change.value.requested.length > 0 }) : found;
}
