import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { writeMoves } from "@/lib/db/sql/finding-write";
import { insertRetests, reserveRetests, standingRetests } from "@/lib/db/sql/retests";
import { lockFixes, settleRetests } from "@/lib/db/sql/scan-proof";
import { entriesOf, type Known } from "@/lib/domain/finding/move";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { settleRetestInput } from "@/lib/domain/remediation/input";
import { asOne, failed, proved } from "@/lib/domain/remediation/proof";
import { storable } from "@/lib/domain/storable";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context, type TrailEntry } from "@/lib/gate/commit";
import { decisionContext, openDesk, type Desk } from "@/lib/gate/findings";
import { newestOf } from "@/lib/gate/proof-by-scan";
import { proofsOf } from "@/lib/gate/proofs";
import { moveFixes, type Following } from "@/lib/gate/remediation";

type Asked = z.output<typeof settleRetestInput>;

/** The retest that was settled, and what the finding's version is now. */
export type RetestSettled = { id: number; finding: number; version: number };

/**
 * Records what a retest by hand found, `{environment, finding, passed, note, reference?, file?}`; the one that stands, or else one of its own. Passed: it is
 * evidence, the fix is verified, and where policy says so Docket records the finding as patched. Failed: the fix is reopened and counts an
 * attempt, a closed ticket opens again as the system, and so does a resolved finding. A fix that nobody called ready loses no attempt.
 */
export function settleRetest(actor: Actor, raw: unknown): Promise<Result<RetestSettled>> {
  return commit(actor, { act: "retest.request", input: settleRetestInput, work }, raw);
}

async function work(tx: Tx, asked: Asked, context: Context): Promise<Result<Change<RetestSettled>>> {
  const { environment, passed, note } = asked;
  const { actor, now } = context;
  const desk = await openDesk(tx, environment, [{ number: asked.finding }]);
  const [finding] = desk.known;
  if (!finding) return refuse("missing", `There is no finding F-${asked.finding} here.`);
  const settled = await settling(tx, asked, finding, desk, context);
  if (!settled.ok) return settled;
  const move = asOne(settled.value);
  const standing = (await standingRetests(tx, [finding.id])).get(finding.id);
  if (asked.retest && asked.retest !== standing) return refuse("conflict", `Retest ${asked.retest} is settled.`, { next: "Ask for another one." });
  const [fresh] = standing === undefined ? await reserveRetests(tx, 1) : [];
  const id = standing ?? fresh ?? 0;
  const fixes = await fixesAfter(tx, asked, finding, desk, context);

  const head: TrailEntry = {
    action: passed ? "retest.passed" : "retest.failed", record: { type: "finding", number: asked.finding }, finding: { id: finding.id, version: null, fields: [] },
    after: { retest: id, ...(asked.reference ? { reference: asked.reference } : {}) }, note,
  };
  const { by, system } = settled.value;
  return ok({
    trail: [head, ...(by ? entriesOf(by) : []), ...(system ? entriesOf(system, { bySystem: true }) : []), ...fixes.trail], jobs: fixes.jobs,
    write: async (writing) => {
      if (fresh !== undefined) await insertRetests(writing, environment, [{ id, finding: finding.id, dueAt: now, note, by: actor.name }]);
      await settleRetests(writing, [id], { passed, by: actor.name, scan: null, note, now });
      await writeMoves(writing, environment, move ? [move] : [], { ...actor, actionId: context.actionId, revokes: null });
      await fixes.write(writing);
      return { id, finding: asked.finding, version: finding.state.version + (move?.steps.length ?? 0) };
    },
  });
}

async function settling(tx: Tx, { environment, passed, note, reference, file }: Asked, finding: Known, desk: Desk, context: Context): Promise<Result<ReturnType<typeof proved>>> {
  const by = decisionContext(context, desk.policy);
  if (!passed) return ok(failed(finding, storable(`A retest failed: ${note}`, 500), by, true));
  const proofs = await proofsOf(tx, environment, [{ kind: "retest", reference: reference ?? null, note, file: file ?? null }], context.actor);
  if (!proofs.ok) return proofs;
  const [proof] = proofs.value;
  return proof ? ok(proved(finding, proof, by, desk.policy.tickets.recordVerified)) : refuse("invalid", "A retest is evidence.");
}

async function fixesAfter(tx: Tx, { environment, passed, note }: Asked, finding: Known, { policy }: Desk, { now }: Context): Promise<Following> {
  const fixes = await lockFixes(tx, environment, { findings: [finding.id] });
  const how = { by: "system", now, policy: policy.tickets, changing: new Set([finding.id]) } as const;
  if (passed) return moveFixes(tx, environment, fixes, { ...how, to: "verified", cause: "proof", reason: "A retest passed." });
  return moveFixes(tx, environment, newestOf(fixes), { ...how, to: "reopened", cause: "failure", reason: storable(`A retest failed: ${note}`, 500) });
}
