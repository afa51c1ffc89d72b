import type { Tx } from "@/lib/db/client";
import { duplicateChains } from "@/lib/db/sql/duplicate-chain";
import { requestsOfAction } from "@/lib/db/sql/acceptance-requests";
import { loggedOn, type LoggedOn } from "@/lib/db/sql/finding-actions";
import { lockFindings } from "@/lib/db/sql/finding-lock";
import { can } from "@/lib/domain/access/can";
import { file, type Batch } from "@/lib/domain/finding/batch";
import { changedFields } from "@/lib/domain/finding/changed-fields";
import type { Known, Move } from "@/lib/domain/finding/move";
import { revert } from "@/lib/domain/finding/revert";
import { revertedClock } from "@/lib/domain/finding/revert-clock";
import { stateOf } from "@/lib/domain/finding/snapshot";
import { spokenInstant } from "@/lib/domain/instant";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { roleIn } from "@/lib/gate/actor";
import type { Context } from "@/lib/gate/commit";
import type { Desk } from "@/lib/gate/findings";

/** Takes one action back on each finding of the desk, where it still can be: what cannot is skipped with its reason. `endedAt`: from when its window counts, where that is not when it was done to the finding. */
export async function revertAll(tx: Tx, desk: Desk, actionId: string, note: string | null, context: Context, endedAt: Date | null = null): Promise<Batch> {
  const logged = new Map((await loggedOn(tx, desk.environment, actionId, desk.known.map(({ id }) => id))).map((one) => [one.finding, one]));
  const requests = await requestsOfAction(tx, desk.environment, actionId, desk.known.map(({ id }) => id));
  const chains = await chainsOf(tx, desk, [...logged.values()]);
  const batch: Batch = { moves: [], skipped: [...desk.skipped], requested: [] };
  for (const finding of desk.known) file(batch, finding, revertOne(finding, logged.get(finding.id), { actionId, note, desk, context, requests, chains, endedAt }));
  return batch;
}

type Chains = Awaited<ReturnType<typeof duplicateChains>>;
type Asked = { actionId: string; note: string | null; desk: Desk; context: Context; requests: Awaited<ReturnType<typeof requestsOfAction>>; chains: Chains; endedAt: Date | null };

/** What the originals that come back lead to by now; they are held, so that none of them becomes a duplicate meanwhile. */
async function chainsOf(tx: Tx, { environment }: Desk, logged: readonly LoggedOn[]): Promise<Chains> {
  const originals = [...new Set(logged.flatMap((one) => stateOf(one.before)?.duplicateOf ?? []))];
  if (originals.length > 0) await lockFindings(tx, environment, originals);
  return duplicateChains(tx, environment, originals);
}

/** A ticket may have gone out long ago: nobody un-sends it. */
const TICKETS_STAY = "A ticket is kept, and so is what it says of its findings: it is not taken back here.";

/** What a retest found is a fact: it stands in the fix, the ticket and the evidence, and only what is found later says otherwise. */
const RESULTS_STAY = "The result of a retest is kept, and so is what it says of the fix: it is not taken back here.";

function revertOne(finding: Known, logged: LoggedOn | undefined, { actionId, note, desk, context, requests, chains, endedAt }: Asked): Result<Move> {
  if (!logged) return refuse("missing", "That action did nothing to this finding.");
  if (logged.tickets) return refuse("conflict", TICKETS_STAY, { next: "Close, reopen or merge the ticket, or take the finding off it." });
  if (logged.retest) return refuse("conflict", RESULTS_STAY, { next: "Record the result of another retest: it counts from then on." });
  const before = stateOf(logged.before);
  const left = stateOf(Object.assign({}, logged.before, ...logged.afters));
  if (!before || !left) return refuse("conflict", "What stood before it has been retired from the log.");

  const { actor, now } = context;
  const me = actor.personId ?? 0;
  const mine = logged.actor === `${actor.type}:${actor.id}`;
  const reverted = revert(finding.state, { id: actionId, actorId: mine ? me : null, at: logged.at, endedAt: endedAt ?? logged.endedAt, before, asks: logged.asks }, {
    now,
    actorId: me,
    isManager: can(roleIn(actor, desk.environment), "finding.revert_any"),
    windowHours: desk.policy.decisions.undoHours,
    newestActionId: logged.newest,
    sightedAt: logged.sightedAt,
  });
  if (!reverted.ok && reverted.refusal.code === "conflict" && logged.newest !== actionId)
    return { ok: false, refusal: { ...reverted.refusal, message: `${reverted.refusal.message} ${logged.newestBy}, ${spokenInstant(logged.newestAt)}.` } };
  if (!reverted.ok) return reverted;

  if (before.duplicateOf !== null && chains.get(before.duplicateOf)?.includes(finding.state.number))
    return refuse("conflict", `F-${before.duplicateOf} has become a duplicate of this one: neither would be the record any more.`);

  const after = { ...reverted.value.after, ...revertedClock(finding.state, before, left, { now, at: logged.at, sla: desk.policy.sla }) };
  const withdraws = requests.made.has(finding.id);
  const asks = withdraws || requests.answered.has(finding.id);
  if (!asks && changedFields(finding.state, after).length === 0) return refuse("conflict", "There is nothing to take back: evidence stays.");
  const { hop } = reverted.value;
  const request = asks ? { fields: ["request"], details: { request: withdraws ? "withdrawn" : "stands again" } } : {};
  return ok({ finding, steps: [{ action: "finding.reverted", after, ...(hop ? { hop } : {}), ...request, note }], after, ...(withdraws ? { answers: "withdrawn" } : {}) });
}
