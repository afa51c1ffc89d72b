import type { Tx } from "@/lib/db/client";
import { notesOfDecisions, type HeldCarry } from "@/lib/db/sql/carries";
import { changesSince } from "@/lib/db/sql/finding-changes";
import { lockFindings } from "@/lib/db/sql/finding-lock";
import { reserveAcceptances } from "@/lib/db/sql/finding-write";
import { membersNamed, type Member } from "@/lib/db/sql/members";
import type { Batch, Skip } from "@/lib/domain/finding/batch";
import { actAll } from "@/lib/domain/finding/bulk-action";
import { carriedNote, carriedOver } from "@/lib/domain/finding/carry";
import type { Known, Move } from "@/lib/domain/finding/move";
import { ASSIGNABLE_ROLES } from "@/lib/domain/finding/ownership";
import { spokenInstant } from "@/lib/domain/instant";
import { refuse, type Refusal } from "@/lib/domain/refusal";
import type { Context } from "@/lib/gate/commit";
import { decisionContext, openDesk, originalRefusal, type Desk } from "@/lib/gate/findings";

/** A proposal as its caller saw it: with the versions of either finding, one that has moved since is left alone. */
export type CarryTarget = { carry: number; version?: number | null | undefined; fromVersion?: number | null | undefined };

/** What carrying works on: the new findings on the desk, each with its proposal and the old finding as it stands. */
export type CarryDesk = { desk: Desk; pairs: ReadonlyMap<number, { carry: HeldCarry; from: Known }> };

/** Takes both findings of each proposal into hand, and what the old ones duplicate, in the one order in which findings are locked. */
export async function openCarryDesk(tx: Tx, environment: number, carries: readonly HeldCarry[], items: readonly CarryTarget[]): Promise<CarryDesk> {
  const asked = new Map(items.map((one) => [one.carry, one]));
  const open = carries.filter(({ outcome }) => outcome === null);
  const known = await lockFindings(tx, environment, open.flatMap(({ from, to, original }) => (original === null ? [from, to] : [from, to, original])));
  const states = new Map(known.map((one) => [one.state.number, one]));

  const desk = await openDesk(tx, environment, open.map(({ id, to }) => ({ number: to, version: asked.get(id)?.version ?? null })));
  const pairs = new Map(open.flatMap((carry) => {
    const from = states.get(carry.from);
    return from ? [[carry.to, { carry, from }] as const] : [];
  }));
  const settled = carries.filter(({ outcome }) => outcome !== null).map(({ to, outcome, settledBy }): Skip => ({
    number: to, refusal: { code: "conflict", message: `${settledBy ?? "Somebody"} has ${outcome === "carried" ? "carried this over" : "dismissed this"} already.` },
  }));
  const stale = open.filter(({ id, from }) => (asked.get(id)?.fromVersion ?? null) !== null && states.get(from)?.state.version !== asked.get(id)?.fromVersion);
  const moved = stale.map(({ to, from }): Skip => ({ number: to, refusal: { code: "stale", message: `F-${from} was changed meanwhile.`, next: "Look at it as it is now, then decide again." } }));
  const left = new Set(moved.map(({ number }) => number));
  return { desk: { ...desk, known: desk.known.filter(({ state }) => !left.has(state.number)), skipped: [...settled, ...moved, ...desk.skipped.filter(({ number }) => !left.has(number))] }, pairs };
}

/** Carries over, finding by finding, by the ordinary table; what cannot be carried is left alone with its reason. */
export async function carryAcross(tx: Tx, { desk, pairs }: CarryDesk, context: Context): Promise<Batch> {
  const batch: Batch = { moves: [], skipped: [...desk.skipped], requested: [] };
  const gathered = await beside(tx, desk, [...pairs.values()].map(({ from }) => from));
  for (const finding of desk.known) {
    const pair = pairs.get(finding.state.number);
    if (!pair) continue;
    const { from, carry } = pair;
    const said = gathered.notes.get(from.state.number) ?? null;
    const refusal = gathered.refused.get(from.state.number) ?? carryOne(batch, finding, { from, carry, said, desk, context, ...gathered });
    if (refusal) batch.skipped.push({ number: finding.state.number, refusal });
  }
  return { ...batch, skipped: await whoDecided(tx, desk, batch.skipped) };
}

type Beside = { notes: ReadonlyMap<number, string>; members: ReadonlyMap<number, Member>; acceptanceIds: number[]; refused: ReadonlyMap<number, Refusal> };

/** What the decisions of the old findings rest on beside them: notes, members, ids for acceptances to come, originals that still stand. */
async function beside(tx: Tx, { environment }: Desk, from: readonly Known[]): Promise<Beside> {
  const members = await membersNamed(tx, environment, { ids: [...new Set(from.flatMap(({ state }) => state.assigneeId ?? []))] });
  const refused = new Map<number, Refusal>();
  for (const original of new Set(from.flatMap(({ state }) => state.duplicateOf ?? []))) {
    const answer = await originalRefusal(tx, environment, original);
    for (const { state } of answer ? from : []) if (answer && state.duplicateOf === original) refused.set(state.number, { ...answer.refusal, message: answer.refusal.errors?.[0]?.message ?? answer.refusal.message });
  }
  return {
    notes: await notesOfDecisions(tx, environment, from.map(({ state }) => state.number)),
    members: new Map(members.filter(({ role }) => ASSIGNABLE_ROLES.includes(role)).map((member) => [member.id, member])),
    acceptanceIds: await reserveAcceptances(tx, from.filter(({ state }) => state.governance === "accepted_risk").length),
    refused,
  };
}

type One = Beside & { from: Known; carry: HeldCarry; said: string | null; desk: Desk; context: Context };

function carryOne(batch: Batch, finding: Known, { from, carry, said, desk, context, members, acceptanceIds }: One): Refusal | null {
  const assignee = members.get(from.state.assigneeId ?? 0) ?? null;
  const action = carriedOver(from.state, finding.state, assignee && { id: assignee.id, name: assignee.name }, said);
  if (!action.ok) return action.refusal;

  const note = carriedNote(from.state.number, said);
  const ids = action.value.decision?.to === "accepted_risk" ? acceptanceIds.splice(0, 1) : [];
  const acted = actAll([finding], action.value, decisionContext(context, desk.policy), { note, evidence: [], acceptanceIds: ids });
  batch.requested.push(...acted.requested);
  batch.moves.push(...acted.moves.map((move) => named(move, carry)));
  return acted.skipped[0] ? explained(acted.skipped[0].refusal) : null;
}

/** The first entry of the action says from which finding it comes, and by what it was known. */
function named(move: Move, { id, from, why }: HeldCarry): Move {
  const { state } = move.finding;
  return { ...move, steps: [{ action: "finding.carried", after: state, details: { carried_from: from, carry: id }, reason: why }, ...move.steps] };
}

/** One of many is skipped in a line: the fault itself says more than that there is one. */
function explained(refusal: Refusal): Refusal {
  const faults = (refusal.errors ?? []).map(({ message }) => message).join(" ");
  return faults === "" ? refusal : { ...refusal, message: faults };
}

/** A new finding that people decided themselves: by whom, when. */
async function whoDecided(tx: Tx, { environment, known }: Desk, skipped: readonly Skip[]): Promise<Skip[]> {
  const left = new Set(skipped.filter(({ refusal }) => refusal.code === "conflict").map(({ number }) => number));
  const there = known.filter(({ state }) => left.has(state.number) && state.version > 0);
  const changes = await changesSince(tx, environment, there.map(({ id }) => ({ id, version: 0 })));
  return skipped.map((skip) => {
    const finding = there.find(({ state }) => state.number === skip.number);
    const newest = changes.find((change) => change.finding === finding?.id);
    return newest ? { ...skip, refusal: { ...skip.refusal, message: `${skip.refusal.message} ${newest.by}, ${spokenInstant(newest.at)}.` } } : skip;
  });
}

/** Refused whole where a proposal is not there at all. */
export function missingCarry(asked: readonly number[], found: readonly HeldCarry[]) {
  const there = new Set(found.map(({ id }) => id));
  const missing = asked.find((id) => !there.has(id));
  return missing === undefined ? null : refuse("missing", `There is no proposal ${missing} here.`);
}
