import { z } from "zod";
import { policyOf, type PolicyInForce } from "@/lib/db/policy";
import type { Tx } from "@/lib/db/client";
import { reserveBulk } from "@/lib/db/sql/bulk";
import { dropPreviews, freezeFilter, freezeList, frozenKinds, insertKinds, type KindVerdict } from "@/lib/db/sql/bulk-freeze";
import { fillFrozen, insertFrozen } from "@/lib/db/sql/bulk-frozen";
import { findingStates } from "@/lib/db/sql/finding-lock";
import { bulkAction, bulkChoice, storedAction, withNote } from "@/lib/domain/bulk/input";
import { categoryOf, MOST_FROZEN } from "@/lib/domain/bulk/words";
import { askedFilter } from "@/lib/domain/filter/input";
import { note } from "@/lib/domain/finding/input";
import { ok, refuseInput, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { bulkActs, wouldDo, type BulkActs } from "@/lib/gate/bulk-acts";
import { confirmRefusal } from "@/lib/gate/bulk-desk";
import { commit, Rollback, type Change, type Context } from "@/lib/gate/commit";
import { absenceRuleOf } from "@/lib/gate/proofs";

const input = z.object({
  ...bulkChoice,
  action: bulkAction,
  note: note.nullish(),
  /** Begin at once; without, it is only shown. Above 1,000 findings the number must be said. */
  start: z.boolean().default(false),
  confirm: z.number().int().min(0).max(2_147_483_647).nullish(),
});
type Asked = z.output<typeof input>;

/** What was frozen: its id, how many findings, and whether it waits for a confirmation. */
export type Prepared = { id: number; status: "previewed" | "queued"; total: number; missing: number };

/**
 * Freezes the findings of a bulk action on the server, each at its version, and works out what would become of them.
 * Confirmed with the exact number it begins at once, in the background; otherwise it stays a preview.
 */
export function prepareBulk(actor: Actor, raw: unknown): Promise<Result<Prepared>> {
  const byFilter = typeof raw === "object" && raw !== null && "filter" in raw && Boolean(raw.filter);
  return commit(actor, { act: byFilter ? "finding.bulk_filter" : "finding.bulk", input: input.transform(withNote), work, timeout: 180_000 }, raw);
}

async function work(tx: Tx, asked: Asked, context: Context): Promise<Result<Change<Prepared>>> {
  const { environment, filter, items, start } = asked;
  if (Boolean(filter) === Boolean(items)) return refuseInput([{ path: "selection", message: "Name the findings by a filter or by a list, one of the two." }]);
  const read = filter ? askedFilter.safeParse(filter) : null;
  if (read && !read.success) return refuseInput(read.error.issues.map(({ path, message }) => ({ path: `filter.${path.join(".")}`, message })));
  const acts = await bulkActs(tx, environment, asked.action, context.actor);
  if (!acts.ok) return acts;

  const id = await reserveBulk(tx);
  const entry = {
    action: start ? "bulk.started" : "bulk.prepared",
    record: { type: "bulk", number: id },
    after: { filter: filter ?? null, findings: items?.length ?? null, action: storedAction(asked.action), as_of: context.now.toISOString(), confirmed: asked.confirm ?? null },
    note: asked.action.note ?? null,
    bulk: id,
  } as const;
  return ok({
    trail: [entry],
    write: async (tx) => freeze(tx, id, asked, acts.value, context),
    jobs: start ? [{ name: "run-bulk", payload: { bulk: id } }] : [],
  });
}

/** The set, its kinds and what becomes of each. Thrown away again when its number is not the one that was confirmed. */
async function freeze(tx: Tx, id: number, asked: Asked, acts: BulkActs, context: Context): Promise<Prepared> {
  const { environment, items, start } = asked;
  const place = { environment, bulk: id };
  const { actor, now, actionId } = context;
  const policy = await policyOf(tx, environment);
  await dropPreviews(tx, environment, actor);
  await insertFrozen(tx, { id, environment, actionId, action: storedAction(asked.action), filter: asked.filter ?? null, asOf: now, undoOf: null, by: actor });
  const filter = askedFilter.parse(asked.filter ?? {});
  const asking = { environment, personId: actor.personId, now, warnDays: policy.decisions.warnDays };
  const telling = { action: acts.action, absence: absenceRuleOf(policy, acts.action.decision, actor), approvers: acts.said.evidence.flatMap(({ approverId }) => approverId ?? []) };
  const total = items ? await freezeList(tx, place, items, telling) : await freezeFilter(tx, place, filter, asking, telling);
  if (total > MOST_FROZEN) throw new Rollback({ code: "too_large", message: `A bulk action takes at most ${MOST_FROZEN} findings, this filter finds ${total}.` });
  const unconfirmed = start ? confirmRefusal(total, asked.confirm) : null;
  if (unconfirmed) throw new Rollback(unconfirmed);

  await judge(tx, place, policy, acts, context);
  const undoUntil = new Date(now.getTime() + policy.decisions.undoHours * 3_600_000);
  const missing = items ? new Set(items.map(({ number }) => number)).size - total : 0;
  await fillFrozen(tx, id, { total, status: start ? "queued" : "previewed", undoUntil });
  return { id, status: start ? "queued" : "previewed", total, missing };
}

/** What becomes of each kind, by the same tables as a single decision: one finding stands for all that are alike. */
async function judge(tx: Tx, place: { environment: number; bulk: number }, policy: PolicyInForce, acts: BulkActs, context: Context): Promise<void> {
  const kinds = await frozenKinds(tx, place);
  const known = await findingStates(tx, place.environment, kinds.map(({ sample }) => sample));
  const batch = await wouldDo(tx, { environment: place.environment, policy, known, skipped: [] }, acts, context);
  const states = new Map(known.map(({ id, state }) => [id, state]));
  const moves = new Map(batch.moves.map((move) => [move.finding.id, move]));
  const skips = new Map(batch.skipped.map(({ number, refusal }) => [number, refusal]));
  const verdicts = kinds.flatMap(({ kind, n, sample }): KindVerdict[] => {
    const state = states.get(sample);
    if (!state || kind === null) return [];
    const from = state.governance;
    const move = moves.get(sample);
    if (move) return [{ kind, n, category: "changes", why: null, next: null, from, to: move.after.governance }];
    const refusal = skips.get(state.number);
    if (!refusal) return [{ kind, n, category: "approval", why: null, next: null, from, to: from }];
    return [{ kind, n, category: categoryOf(refusal), why: refusal.message, next: refusal.next ?? null, from, to: from }];
  });
  await insertKinds(tx, place, verdicts);
}
