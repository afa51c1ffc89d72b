import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { file, refusalOf, type Batch, type BatchOutcome } from "@/lib/domain/finding/batch";
import { calibrate as calibrated } from "@/lib/domain/finding/calibrate";
import { note } from "@/lib/domain/finding/input";
import { oneStep } from "@/lib/domain/finding/move";
import { targets } from "@/lib/domain/finding/targets";
import { SEVERITIES } from "@/lib/domain/finding/words";
import type { Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOf, decisionContext, openDesk } from "@/lib/gate/findings";
import { withFollowUps } from "@/lib/gate/follow-ups";

const input = z.object({ ...targets, calibrated: z.enum(SEVERITIES), reason: note.min(1, "A calibration needs its reason.") });

/** Sets the team's severity with its reason; due dates follow it, and so do its open tickets, here and in their trackers. The scanner's word stays beside it, untouched. */
export function calibrate(actor: Actor, raw: unknown): Promise<Result<BatchOutcome>> {
  return commit(actor, { act: "finding.calibrate", input, work }, raw);
}

async function work(tx: Tx, asked: z.output<typeof input>, context: Context): Promise<Result<Change<BatchOutcome>>> {
  const desk = await openDesk(tx, asked.environment, asked.items);

  const batch: Batch = { moves: [], skipped: [...desk.skipped], requested: [] };
  const by = decisionContext(context, desk.policy);
  for (const finding of desk.known) {
    const after = calibrated(finding.state, { severity: asked.calibrated, reason: asked.reason }, by);
    file(batch, finding, oneStep(finding, after, { action: "finding.severity_calibrated", reason: asked.reason }));
  }

  const refused = refusalOf(batch, asked.strict);
  if (refused) return refused;

  return withFollowUps(tx, desk, batch, context, changeOf(desk, batch, context));
}
