import type { z } from "zod";
import { prisma, type Tx } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/clock";
import { policyOf } from "@/lib/db/policy";
import { nextItems, type FrozenItem, type StoredBulk } from "@/lib/db/sql/bulk-run";
import { findingStates, sealOf } from "@/lib/db/sql/finding-lock";
import { bulkAction } from "@/lib/domain/bulk/input";
import type { Batch } from "@/lib/domain/finding/batch";
import { roleIn, type Actor } from "@/lib/gate/actor";
import { actorNow } from "@/lib/gate/actor-now";
import { actOnDesk, bulkActs } from "@/lib/gate/bulk-acts";
import { staleSkips } from "@/lib/gate/stale";

/** A chunk that was decided while the one before it was being written: what it works on, what becomes of it, and what that rests on. */
export type Ahead = { after: number; reached: number; size: number; items: readonly FrozenItem[]; batch: Batch; basis: string };

/** Does it rest on more than the findings: on another one, their assets, or who else has them? */
const restsBeside = ({ duplicateOf, route, reason, evidence }: z.output<typeof bulkAction>): boolean =>
  Boolean(duplicateOf || route) || reason === "decommissioned" || (evidence ?? []).some(({ approver }) => Boolean(approver));

/**
 * Decides the chunk that follows the finding `from`; null: the one that comes next. Holds nothing and writes nothing: `standsStill` asks, once the findings are held, whether all is as it
 * was here. Null where the chunk is better decided when it is written: what an undo, a duplicate, a route or an attestation rests on lies beside its findings.
 */
export async function lookAhead(claimed: StoredBulk, from: number | null, size: number): Promise<Ahead | null> {
  const { id, environment, revokes } = claimed;
  const wanted = revokes === null ? bulkAction.parse(claimed.action) : null;
  if (!wanted || restsBeside(wanted)) return null;

  const after = from ?? (await prisma.bulk.findUniqueOrThrow({ where: { id }, select: { reached: true } })).reached;
  const items = await nextItems(prisma, { id, reached: after }, size);
  const last = items.at(-1);
  if (!last) return null;
  const actor = await actorNow(claimed.actor, claimed.requestId);
  const basis = await basisOf(prisma, environment, actor, items, false);
  const [known, policy, now] = await Promise.all([findingStates(prisma, environment, items.map((item) => item.id)), policyOf(prisma, environment), databaseNow(prisma)]);
  const frozen = new Map(items.map((item) => [item.id, item.version]));
  const stale = known.flatMap((finding) => {
    const seen = frozen.get(finding.id) ?? finding.state.version;
    return seen === finding.state.version ? [] : [{ finding, seen }];
  });
  const left = new Set(stale.map(({ finding }) => finding.id));
  const desk = { environment, policy, known: known.filter((one) => !left.has(one.id)), skipped: await staleSkips(prisma, environment, stale) };

  const acts = await bulkActs(prisma, environment, wanted, actor);
  if (!acts.ok) return null;
  const batch = await actOnDesk(prisma, desk, acts.value, { actor, now, actionId: claimed.actionId, environment });
  return { after, reached: last.id, size, items, batch, basis };
}

/** Takes the findings of the chunk into hand: is it the next one, and all that it rests on as it was? */
export async function standsStill(tx: Tx, { environment, reached }: StoredBulk, { after, items, basis }: Ahead, actor: Actor): Promise<boolean> {
  return after === reached && (await basisOf(tx, environment, actor, items, true)) === basis;
}

/** The rows of the findings, the policy, and what the actor is here. */
async function basisOf(db: Tx, environment: number, actor: Actor, items: readonly FrozenItem[], held: boolean): Promise<string> {
  const seal = await sealOf(db, environment, items.map(({ id }) => id), held);
  const { version } = await policyOf(db, environment);
  return `${seal} ${version} ${roleIn(actor, environment) ?? "none"}`;
}
