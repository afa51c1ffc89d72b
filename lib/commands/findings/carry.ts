import { z } from "zod";
import { reserveBulk } from "@/lib/db/sql/bulk";
import { lockCarries, openCarriesOf, settleCarries } from "@/lib/db/sql/carries";
import type { Tx } from "@/lib/db/client";
import { refusalOf, type Batch, type BatchOutcome } from "@/lib/domain/finding/batch";
import type { BulkRecord } from "@/lib/domain/finding/bulk-action";
import { number, version } from "@/lib/domain/finding/input";
import { MAX_SELECTION } from "@/lib/domain/finding/limits";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { bulkChange } from "@/lib/gate/bulks";
import { carryAcross, missingCarry, openCarryDesk, type CarryDesk } from "@/lib/gate/carries";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOf } from "@/lib/gate/findings";
import { withFollowUps } from "@/lib/gate/follow-ups";

/** As many proposals as one transaction takes in good time; they are written a thousand at a time. */
export const MAX_CARRIES = 10_000;

const environment = z.number().int().positive();
const item = z.object({ carry: number, version: version.nullish(), fromVersion: version.nullish() });
const input = z.object({ environment, items: z.array(item).min(1).max(MAX_SELECTION), strict: z.boolean().default(false) });

/**
 * Carries the decisions of old findings over to the new ones that are proposed to be the same: `{environment, items: [{carry}]}`.
 * Each goes through the transition table as this person's own decision, with its expiry, original, assignee, tags and calibrated
 * severity; the old finding stays as it is. What moved meanwhile or may not be carried is skipped with its reason; strict refuses.
 */
export function carryDecision(actor: Actor, raw: unknown): Promise<Result<BatchOutcome>> {
  return commit(actor, { act: "finding.decide", input, work }, raw);
}

async function work(tx: Tx, asked: z.output<typeof input>, context: Context): Promise<Result<Change<BatchOutcome>>> {
  const ids = [...new Set(asked.items.map(({ carry }) => carry))];
  const carries = await lockCarries(tx, asked.environment, ids);
  const missing = missingCarry(ids, carries);
  if (missing) return missing;
  const taken = await openCarryDesk(tx, asked.environment, carries, asked.items);

  const batch = await carryAcross(tx, taken, context);

  const refused = refusalOf(batch, asked.strict);
  if (refused) return refused;

  return settling(await withFollowUps(tx, taken.desk, batch, context, changeOf(taken.desk, batch, context)), taken, batch, context);
}

const whole = z.object({ environment, scan: number });

/** What carrying all of a scan did; `left` are proposals beyond what one action takes. `actionId` is what a revert names. */
export type CarriedAll = BulkRecord & { actionId: string; left: boolean };

/**
 * Carries over all that a scan proposes and nobody has settled, as one bulk action that can be undone: `{environment, scan}`. At most
 * 10,000 at once. Refuses `missing` where there is no such scan, `conflict` where nothing is proposed any more.
 */
export function carryAll(actor: Actor, raw: unknown): Promise<Result<CarriedAll>> {
  return commit(actor, { act: "finding.bulk", input: whole, work: workAll, timeout: 180_000 }, raw);
}

async function workAll(tx: Tx, asked: z.output<typeof whole>, context: Context): Promise<Result<Change<CarriedAll>>> {
  const scan = await tx.scan.findFirst({ where: { id: asked.scan, environmentId: asked.environment }, select: { id: true } });
  if (!scan) return refuse("missing", `There is no scan ${asked.scan} here.`);
  const ids = await openCarriesOf(tx, asked.environment, asked.scan, MAX_CARRIES);
  if (ids.length === 0) return refuse("conflict", "Nothing of this scan waits to be carried over.");
  const carries = await lockCarries(tx, asked.environment, ids.slice(0, MAX_CARRIES));
  const taken = await openCarryDesk(tx, asked.environment, carries, []);

  const batch = await carryAcross(tx, taken, context);

  const id = await reserveBulk(tx);
  const done = await withFollowUps(tx, taken.desk, batch, context, bulkChange(taken.desk, batch, context, { id, undoOf: null, action: { carry: { scan: asked.scan } } }), { bulk: id });
  const settled = settling(done, taken, batch, context);
  if (!settled.ok || !("trail" in settled.value)) return refuse("conflict", "Nothing was carried over.");
  const { write, ...trail } = settled.value;
  return ok({ ...trail, write: async (writing) => ({ ...(await write(writing)), actionId: context.actionId, left: ids.length > MAX_CARRIES }) });
}

/** With what is written, the proposals that were followed are settled. */
function settling<Out>(change: Result<Change<Out>>, { desk, pairs }: CarryDesk, batch: Batch, { actor }: Context): Result<Change<Out>> {
  if (!change.ok || !("trail" in change.value)) return change;
  const { write, ...rest } = change.value;
  const followed = batch.moves.flatMap(({ finding }) => pairs.get(finding.state.number)?.carry.id ?? []);
  return ok({
    ...rest,
    write: async (tx) => {
      const answer = await write(tx);
      await settleCarries(tx, desk.environment, followed, "carried", actor.name);
      return answer;
    },
  });
}

const one = z.object({ environment, carry: number });

/** Says that the two are not the same: `{environment, carry}`. The proposal is settled, both findings stay as they are. Refuses `missing`, and `conflict` where it is settled. */
export function dismissCarry(actor: Actor, raw: unknown): Promise<Result<{ carry: number }>> {
  return commit(actor, { act: "finding.decide", input: one, work: dismiss }, raw);
}

async function dismiss(tx: Tx, asked: z.output<typeof one>, { actor }: Context): Promise<Result<Change<{ carry: number }>>> {
  const [carry] = await lockCarries(tx, asked.environment, [asked.carry]);
  if (!carry) return refuse("missing", `There is no proposal ${asked.carry} here.`);
  if (carry.outcome !== null) return refuse("conflict", `${carry.settledBy ?? "Somebody"} has ${carry.outcome} this already.`);
  const finding = await tx.finding.findUniqueOrThrow({ where: { environmentId_number: { environmentId: asked.environment, number: carry.to } }, select: { id: true } });

  return ok({
    trail: [{
      action: "carry.dismissed",
      record: { type: "finding", number: carry.to },
      finding: { id: finding.id, version: null, fields: [] },
      after: { carry: carry.id, not_the_same_as: carry.from },
    }],
    write: async (writing) => {
      await settleCarries(writing, asked.environment, [carry.id], "dismissed", actor.name);
      return { carry: carry.id };
    },
  });
}
