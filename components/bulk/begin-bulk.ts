"use client";
import { startBulk } from "@/lib/actions/bulks";
import { standsAt } from "@/lib/domain/bulk/words";
import { ok, type Result } from "@/lib/domain/refusal";

const GIVEN_UP = ["cancelled", "failed"];

/** Begins the bulk action that was shown. Where it has begun already, the answer to that was lost: it is begun, and nothing is refused. */
export async function beginBulk(raw: { environment: number; bulk: number; confirm: number }): Promise<Result<{ id: number }>> {
  const answer = await startBulk(raw);
  if (answer.ok) return answer;
  const at = standsAt(answer.refusal);
  return at === null || GIVEN_UP.includes(at) ? answer : ok({ id: raw.bulk });
}
