import { z } from "zod";
import type { BatchOutcome } from "@/lib/domain/finding/batch";
import { decisionFields } from "@/lib/domain/finding/input";
import { targets } from "@/lib/domain/finding/targets";
import { RESPONSES } from "@/lib/domain/finding/words";
import type { Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit } from "@/lib/gate/commit";
import { repeatedOnFindings } from "@/lib/gate/repeats";
import { decideOn } from "./steps/decide-on";

const input = z.object({ ...targets, response: z.enum(RESPONSES), ...decisionFields });

/**
 * Sets the response of 1 to 1,000 findings in one transaction: each walks the shortest legal path through the transition
 * table, an entry per hop under one action id. Needs Review clears the disposition. Skips and refuses as a transition does.
 */
export function respond(actor: Actor, raw: unknown): Promise<Result<BatchOutcome>> {
  return commit(actor, { act: "finding.decide", input, work: (tx, asked, context) => decideOn(tx, { response: asked.response }, asked, context), repeated: repeatedOnFindings }, raw);
}
