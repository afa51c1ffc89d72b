import type { Tx } from "@/lib/db/client";
import { policyOf, type PolicyInForce } from "@/lib/db/policy";
import { untouchedSince } from "@/lib/db/sql/finding-changes";
import { lockFindings } from "@/lib/db/sql/finding-lock";
import { writeMoves } from "@/lib/db/sql/finding-write";
import { outcomeOfBatch, writtenOf, type Batch, type BatchOutcome, type Skip } from "@/lib/domain/finding/batch";
import type { ChangedField } from "@/lib/domain/finding/changed-fields";
import type { By, DecisionContext } from "@/lib/domain/finding/decide";
import { entriesOf, type EntryMarks, type Known } from "@/lib/domain/finding/move";
import type { Target } from "@/lib/domain/finding/targets";
import { ok, refuseInput, type Refused, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import type { Context, Decided, TrailEntry } from "@/lib/gate/commit";
import { staleSkips } from "@/lib/gate/stale";

/** What an action on findings works on: the policy in force, the findings it holds, those it must leave alone and why. */
export type Desk = { environment: number; policy: PolicyInForce; known: readonly Known[]; skipped: readonly Skip[] };

/**
 * Takes the findings into hand, locked in one order. Unknown numbers and stale versions are put aside with the reason.
 * `beside` is a finding that is not acted on but must not move meanwhile: the original of duplicates. `merges` are the fields that the
 * act changes, where it may be put on top of what others did to other fields: what moved in those alone is no longer stale.
 */
export async function openDesk(tx: Tx, environment: number, items: readonly Target[], beside?: number | null, merges?: readonly ChangedField[]): Promise<Desk> {
  const policy = await policyOf(tx, environment);
  const seen = new Map(items.map(({ number, version }) => [number, version ?? null]));
  const locked = await lockFindings(tx, environment, beside ? [...seen.keys(), beside] : [...seen.keys()]);
  const held = locked.filter(({ state }) => seen.has(state.number));

  const known = ({ id, state }: Known) => ({ id, version: seen.get(state.number) ?? state.version });
  const old = held.filter((one) => known(one).version !== one.state.version);
  const merged = merges ? await untouchedSince(tx, environment, old.filter((one) => known(one).version < one.state.version).map(known), merges) : [];
  const stale = old.filter(({ id }) => !merged.includes(id));
  const there = new Set(held.map(({ state }) => state.number));
  const missing = [...seen.keys()].filter((number) => !there.has(number));
  const skipped = [
    ...missing.map((number): Skip => ({ number, refusal: { code: "missing", message: `There is no finding F-${number} here.` } })),
    ...(await staleSkips(tx, environment, stale.map((finding) => ({ finding, seen: known(finding).version })))),
  ];
  return { environment, policy, known: held.filter((one) => !stale.includes(one)), skipped };
}

/** Which row of the transition table an actor stands in. A token acts as a person does. */
const ACTS_AS = { user: "person", token: "person", connector: "person", automation: "automation", system: "system" } as const satisfies Record<
  Actor["type"],
  By
>;

/** What the domain decides by: the database's clock, who asks, and the policy in force. */
export function decisionContext({ actor, now }: Context, { decisions, sla }: PolicyInForce): DecisionContext {
  return { now, by: ACTS_AS[actor.type], policy: decisions, sla };
}

/** The finding that others are said to duplicate: it must be here, and no duplicate itself, so that no circle can close. */
export async function originalRefusal(tx: Tx, environment: number, number: number | null | undefined): Promise<Refused | null> {
  if (!number) return null;
  const original = await tx.finding.findUnique({ where: { environmentId_number: { environmentId: environment, number } }, select: { duplicateOf: true } });
  if (!original) return refuseInput([{ path: "duplicateOf", message: `There is no finding F-${number} here.` }]);
  if (original.duplicateOf === null) return null;
  return refuseInput([{ path: "duplicateOf", message: `F-${number} is itself a duplicate: name F-${original.duplicateOf}.` }]);
}

/** The change that a batch makes: its entries first, then the rows. Nothing to change: the answer alone. */
export function changeOf(desk: Desk, batch: Batch, context: Context, marks: EntryMarks = {}): Result<Decided<BatchOutcome>> {
  const undoUntil = new Date(context.now.getTime() + desk.policy.decisions.undoHours * 3_600_000);
  const outcome = outcomeOfBatch(batch, context.actionId, undoUntil);
  const written = writtenOf(batch);
  const [first, ...rest] = written.flatMap((move): TrailEntry[] => entriesOf(move, marks));
  if (!first) return ok({ unchanged: outcome });

  return ok({
    trail: [first, ...rest],
    write: async (tx) => {
      await writeMoves(tx, desk.environment, written, { ...context.actor, actionId: context.actionId, revokes: marks.revokes ?? null });
      return outcome;
    },
  });
}
