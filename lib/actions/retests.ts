"use server";

import { SIGNED_OUT } from "@/lib/actions/fresh-rows";
import * as cancel from "@/lib/commands/retests/cancel";
import * as request from "@/lib/commands/retests/request";
import * as settle from "@/lib/commands/retests/settle";
import * as move from "@/lib/commands/tickets/move-remediation";
import { currentActor } from "@/lib/doors/session";
import type { Result } from "@/lib/domain/refusal";

/** The screens' doors to fixes and their proof: who asks, then the command of the same name. */

export async function requestRetests(raw: unknown): Promise<Result<request.RetestsRequested>> {
  const actor = await currentActor();
  return actor ? request.requestRetests(actor, raw) : SIGNED_OUT;
}

export async function settleRetest(raw: unknown): Promise<Result<settle.RetestSettled>> {
  const actor = await currentActor();
  return actor ? settle.settleRetest(actor, raw) : SIGNED_OUT;
}

export async function cancelRetest(raw: unknown): Promise<Result<{ id: number }>> {
  const actor = await currentActor();
  return actor ? cancel.cancelRetest(actor, raw) : SIGNED_OUT;
}

export async function moveRemediation(raw: unknown): Promise<Result<move.RemediationMoved>> {
  const actor = await currentActor();
  return actor ? move.moveRemediation(actor, raw) : SIGNED_OUT;
}
