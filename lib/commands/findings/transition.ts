import { z } from "zod";
import type { BatchOutcome } from "@/lib/domain/finding/batch";
import { decisionFields } from "@/lib/domain/finding/input";
import { targets } from "@/lib/domain/finding/targets";
import { GOVERNANCE_STATUSES } from "@/lib/domain/finding/words";
import type { Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit } from "@/lib/gate/commit";
import { repeatedOnFindings } from "@/lib/gate/repeats";
import { decideOn } from "./steps/decide-on";

const input = z.object({ ...targets, to: z.enum(GOVERNANCE_STATUSES), ...decisionFields });

/**
 * One step through the transition table, for 1 to 1,000 findings in one transaction.
 * Each finding that cannot take the step is skipped with its reason (missing, stale, illegal, conflict, invalid);
 * strict, or when the input is at fault for all, the call is refused instead.
 */
export function transition(actor: Actor, raw: unknown): Promise<Result<BatchOutcome>> {
  return commit(actor, { act: "finding.decide", input, work: (tx, asked, context) => decideOn(tx, { to: asked.to }, asked, context), repeated: repeatedOnFindings }, raw);
}
