import type { Tx } from "@/lib/db/client";
import { lockFixes } from "@/lib/db/sql/scan-proof";
import { writtenOf, type Batch } from "@/lib/domain/finding/batch";
import { PROVING } from "@/lib/domain/remediation/proof";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Context, Decided } from "@/lib/gate/commit";
import type { Desk } from "@/lib/gate/findings";
import { occasionsOfAcceptances, proposeReopening } from "@/lib/gate/proposals";
import { moveFixes, NOTHING_FOLLOWS, together, type Following } from "@/lib/gate/remediation";

/**
 * What a decision on findings means for their tickets: evidence that policy accepts verifies a fix that was ready, and an acceptance that is revoked
 * proposes to reopen the ticket that was closed with it. Asked only where there is either.
 */
export async function withFollowUps<Out>(tx: Tx, desk: Desk, batch: Batch, { now }: Context, change: Result<Decided<Out>>): Promise<Result<Decided<Out>>> {
  if (!change.ok || "unchanged" in change.value) return change;
  const { trail, write, jobs } = change.value;
  const following = together(await verified(tx, desk, batch, now), await proposeReopening(tx, desk.environment, occasionsOfAcceptances(batch.moves, "was revoked"), now));
  if (following.trail.length === 0) return change;
  return ok({
    ...change.value, trail: [...trail, ...following.trail], jobs: [...(jobs ?? []), ...following.jobs],
    write: async (writing) => {
      const answer = await write(writing);
      await following.write(writing);
      return answer;
    },
  });
}

async function verified(tx: Tx, { environment, policy }: Desk, batch: Batch, now: Date): Promise<Following> {
  const counts = PROVING.filter((kind) => policy.decisions.acceptedEvidence.includes(kind));
  const ids = writtenOf(batch).flatMap(({ finding, evidence }) => (evidence?.some(({ kind }) => counts.includes(kind)) ? [finding.id] : []));
  if (ids.length === 0) return NOTHING_FOLLOWS;
  const fixes = (await lockFixes(tx, environment, { findings: ids })).filter(({ remediation }) => remediation === "resolved");
  return moveFixes(tx, environment, fixes, { to: "verified", cause: "proof", by: "system", now, policy: policy.tickets, reason: "Accepted evidence was attached." });
}
