"use server";

import { SIGNED_OUT } from "@/lib/actions/fresh-rows";
import * as retry from "@/lib/commands/jobs/retry";
import { currentActor } from "@/lib/doors/session";
import type { Result } from "@/lib/domain/refusal";

/** The health page's door: a job that was given up begins anew. */
export async function retryJob(raw: unknown): Promise<Result<{ job: number }>> {
  const actor = await currentActor();
  return actor ? retry.retryJob(actor, raw) : SIGNED_OUT;
}
