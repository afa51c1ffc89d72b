import type { Tx } from "@/lib/db/client";
import { provedBy } from "@/lib/db/sql/fix-proofs";
import { lockFixes, type Fix } from "@/lib/db/sql/scan-proof";
import { writtenOf, type Batch } from "@/lib/domain/finding/batch";
import type { Verification } from "@/lib/domain/finding/words";
import { PROVING } from "@/lib/domain/remediation/proof";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Context, Decided, TrailEntry } from "@/lib/gate/commit";
import type { PolicyInForce } from "@/lib/db/policy";
import { occasionsOfAcceptances, proposeReopening } from "@/lib/gate/proposals";
import { moveFixes, NOTHING_FOLLOWS, together, type Following } from "@/lib/gate/remediation";
import { severitiesTold } from "@/lib/gate/severity-told";

/** Where a decision was made, and by what policy. */
type Where = { environment: number; policy: PolicyInForce };

/**
 * What decisions on findings, held by the caller, mean for their tickets: evidence that policy accepts verifies a fix that was ready, and an
 * acceptance that is revoked proposes to reopen the ticket that was closed with it; another severity reaches what the tickets say. Asked only where there is either, once for all of them.
 */
export async function followUps(tx: Tx, where: Where, batch: Batch, now: Date): Promise<Following> {
  return together(
    await verified(tx, where, batch, now), await proposeReopening(tx, where.environment, occasionsOfAcceptances(batch.moves, "was revoked"), now),
    await severitiesTold(tx, where.environment, writtenOf(batch)),
  );
}

/** The change with what follows for tickets. `marks` are those of the action that its entries carry. */
export async function withFollowUps<Out>(tx: Tx, desk: Where, batch: Batch, { now }: Context, change: Result<Decided<Out>>, marks: Pick<TrailEntry, "bulk"> = {}): Promise<Result<Decided<Out>>> {
  if (!change.ok || "unchanged" in change.value) return change;
  return withFollowing(change.value, await followUps(tx, desk, batch, now), marks);
}

/** The taking back of the decisions of an action, `revokes`, with what follows for tickets. */
export async function withProofsTakenBack<Out>(tx: Tx, desk: Where, revokes: string, batch: Batch, { now }: Context, change: Result<Decided<Out>>): Promise<Result<Decided<Out>>> {
  if (!change.ok || "unchanged" in change.value) return change;
  return withFollowing(change.value, await proofsTakenBack(tx, desk, revokes, batch, now), {});
}

/**
 * What taking back the decisions of an action means for tickets: the fixes that it proved itself wait for another proof, as they waited before. What was
 * verified by something else, before or since, stays verified. The severity that comes back reaches the tickets as well.
 */
export async function proofsTakenBack(tx: Tx, where: Where, revokes: string, batch: Batch, now: Date): Promise<Following> {
  return together(await unproved(tx, where, revokes, batch, now), await severitiesTold(tx, where.environment, batch.moves));
}

async function unproved(tx: Tx, { environment, policy }: Where, revokes: string, batch: Batch, now: Date): Promise<Following> {
  const isProved = ({ verification }: { verification: Verification }) => verification === "verified" || verification === "attested";
  const ids = batch.moves.flatMap(({ finding, after }) => (isProved(finding.state) && !isProved(after) ? [finding.id] : []));
  if (ids.length === 0) return NOTHING_FOLLOWS;
  const fixes = (await lockFixes(tx, environment, { findings: ids })).filter(({ remediation }) => remediation === "verified");
  const proved = new Map((await provedBy(tx, environment, revokes, fixes)).map(({ ticket, finding, ...waited }) => [`${ticket} ${finding}`, waited]));
  const waits = ({ ticket, finding }: Fix) => proved.get(`${ticket} ${finding}`);
  return moveFixes(tx, environment, fixes.filter(waits), { to: "resolved", cause: "fix", by: "system", now, policy: policy.tickets, reason: "The proof of the fix was taken back.", waits });
}

function withFollowing<Out>(decided: Exclude<Decided<Out>, { unchanged: Out }>, following: Following, marks: Pick<TrailEntry, "bulk">): Result<Decided<Out>> {
  const { trail, write, jobs } = decided;
  return ok({
    ...decided, trail: [...trail, ...following.trail.map((entry) => ({ ...entry, ...marks }))], jobs: [...(jobs ?? []), ...following.jobs],
    write: async (writing) => {
      const answer = await write(writing);
      await following.write(writing);
      return answer;
    },
  });
}

async function verified(tx: Tx, { environment, policy }: Where, batch: Batch, now: Date): Promise<Following> {
  const counts = PROVING.filter((kind) => policy.decisions.acceptedEvidence.includes(kind));
  const ids = writtenOf(batch).flatMap(({ finding, evidence }) => (evidence?.some(({ kind }) => counts.includes(kind)) ? [finding.id] : []));
  if (ids.length === 0) return NOTHING_FOLLOWS;
  const fixes = (await lockFixes(tx, environment, { findings: ids })).filter(({ remediation }) => remediation === "resolved");
  return moveFixes(tx, environment, fixes, { to: "verified", cause: "proof", by: "system", now, policy: policy.tickets, reason: "Accepted evidence was attached." });
}
