import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { insertRetests, reserveRetests, standingRetests } from "@/lib/db/sql/retests";
import { lockFixes } from "@/lib/db/sql/scan-proof";
import { requestRetestsInput } from "@/lib/domain/remediation/input";
import { ok, refuseInput, type Refusal, type RefusalCode, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context, type TrailEntry } from "@/lib/gate/commit";
import { openDesk } from "@/lib/gate/findings";

/** The retests that were asked for, and the findings that were left alone. */
export type RetestsRequested = { retests: readonly { id: number; finding: number }[]; left: readonly { number: number; code: RefusalCode; why: string }[] };

/**
 * Asks for the fixes of findings to be looked at again, `{environment, items: [numbers], dueAt?, note?}`. Due at once, or when their deployment
 * window is over. One stands at a time: a second is left alone. People settle it, or the next covering scan that is taken after it is due.
 */
export function requestRetests(actor: Actor, raw: unknown): Promise<Result<RetestsRequested>> {
  return commit(actor, { act: "retest.request", input: requestRetestsInput, work }, raw);
}

async function work(tx: Tx, { environment, items, dueAt, note }: z.output<typeof requestRetestsInput>, { actor, now }: Context): Promise<Result<Change<RetestsRequested>>> {
  if (dueAt && dueAt < now) return refuseInput([{ path: "dueAt", message: "A retest lies in the future." }]);
  const desk = await openDesk(tx, environment, items.map((number) => ({ number })));
  const standing = await standingRetests(tx, desk.known.map(({ id }) => id));
  const fixes = await lockFixes(tx, environment, { findings: desk.known.map(({ id }) => id) });

  const free = desk.known.filter(({ id }) => !standing.has(id));
  const ids = await reserveRetests(tx, free.length);
  const windowOf = (finding: number) => fixes.flatMap(({ findingId, retestAt }) => (findingId === finding && retestAt ? [retestAt.getTime()] : []));
  const asked = free.flatMap(({ id, state }, place) => {
    const retest = ids[place];
    return retest ? [{ id: retest, finding: id, number: state.number, dueAt: dueAt ?? new Date(Math.max(now.getTime(), ...windowOf(id))), note: note || null, by: actor.name }] : [];
  });

  const taken = desk.known.filter(({ id }) => standing.has(id)).map(({ state }): { number: number; refusal: Refusal } => (
    { number: state.number, refusal: { code: "conflict", message: `A retest of F-${state.number} stands already.`, next: "Settle it, or call it off." } }));
  const skipped = [...desk.skipped, ...taken];
  const outcome: RetestsRequested = { retests: asked.map(({ id, number }) => ({ id, finding: number })), left: skipped.map(({ number, refusal }) => ({ number, code: refusal.code, why: refusal.message })) };
  const [first, ...rest] = asked.map(({ id, finding, number, dueAt: due }): TrailEntry => (
    { action: "retest.requested", record: { type: "finding", number }, finding: { id: finding, version: null, fields: [] }, after: { retest: id, due_at: due }, note: note || null }));
  const [only] = skipped;
  if (!first) return only ? { ok: false, refusal: only.refusal } : ok({ unchanged: outcome });
  return ok({
    trail: [first, ...rest],
    write: async (writing) => {
      await insertRetests(writing, environment, asked);
      return outcome;
    },
  });
}
