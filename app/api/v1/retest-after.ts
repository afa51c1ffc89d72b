import type { RetestRecord } from "@/lib/domain/records/retest";
import type { Result } from "@/lib/domain/refusal";
import { retest } from "@/lib/queries/retests";

/** A changing call answers with the retest as it stands afterwards. */
export async function retestAfter(actor: Parameters<typeof retest>[0], environment: number, done: Result<{ id: number }>): Promise<Result<RetestRecord>> {
  return done.ok ? retest(actor, { environment, id: done.value.id }) : done;
}
