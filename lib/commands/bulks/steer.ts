import { z } from "zod";
import { policyOf } from "@/lib/db/policy";
import type { Tx } from "@/lib/db/client";
import { holdBulk, setStatus, type StoredBulk } from "@/lib/db/sql/bulk-run";
import type { AuditAction } from "@/lib/domain/audit/actions";
import { CONFIRM_ABOVE, type BulkStatus } from "@/lib/domain/bulk/words";
import { number } from "@/lib/domain/finding/input";
import type { Job } from "@/lib/domain/jobs";
import { ok, refuse, type Refusal, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { actOf, confirmRefusal, strangerRefusal } from "@/lib/gate/bulk-desk";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { permit } from "@/lib/gate/permit";

const input = z.object({ environment: number, bulk: number, confirm: z.number().int().min(0).max(2_147_483_647).nullish() });
type Asked = z.output<typeof input>;
export type Steered = { id: number; status: BulkStatus; total: number; done: number };

type Step = { from: readonly BulkStatus[]; to: BulkStatus; entry: AuditAction; runs: boolean; refused: string };

/** What may be done to a bulk action, by where it stands. */
const STEPS = {
  start: { from: ["previewed"], to: "queued", entry: "bulk.started", runs: true, refused: "It was started already." },
  pause: { from: ["queued", "running"], to: "paused", entry: "bulk.paused", runs: false, refused: "It does not run." },
  resume: { from: ["paused"], to: "queued", entry: "bulk.resumed", runs: true, refused: "It is not paused." },
  cancel: { from: ["queued", "running", "paused"], to: "cancelled", entry: "bulk.cancelled", runs: false, refused: "It does not run any more." },
} as const satisfies Record<string, Step>;

/** Begins what was shown: `{environment, bulk, confirm}`. Above 1,000 findings the exact number must be said. */
export function startBulk(actor: Actor, raw: unknown): Promise<Result<Steered>> {
  return steer(actor, STEPS.start, raw);
}

/** Halts it after the chunk that is being written: `{environment, bulk}`. */
export function pauseBulk(actor: Actor, raw: unknown): Promise<Result<Steered>> {
  return steer(actor, STEPS.pause, raw);
}

/** Goes on where it was halted: `{environment, bulk}`. */
export function resumeBulk(actor: Actor, raw: unknown): Promise<Result<Steered>> {
  return steer(actor, STEPS.resume, raw);
}

/** Ends it for good: `{environment, bulk}`. What is done stays, and can be taken back. */
export function cancelBulk(actor: Actor, raw: unknown): Promise<Result<Steered>> {
  return steer(actor, STEPS.cancel, raw);
}

function steer(actor: Actor, step: Step, raw: unknown): Promise<Result<Steered>> {
  return commit(actor, { act: "finding.bulk", input, work: (tx, asked, context) => work(tx, step, asked, context) }, raw);
}

async function work(tx: Tx, step: Step, asked: Asked, context: Context): Promise<Result<Change<Steered>>> {
  const bulk = await holdBulk(tx, asked.environment, asked.bulk);
  if (!bulk) return refuse("missing", `There is no bulk action ${asked.bulk} here.`);
  const refused = refusalOf(bulk, step, asked, context.actor);
  if (refused) return { ok: false, refusal: refused };

  const { decisions } = await policyOf(tx, asked.environment);
  const begins = step.to === "cancelled" || (step.to === "queued" && bulk.done === 0); // and anew when it ends
  const { id, actionId, total, done, changed } = bulk;
  const jobs: Job[] = step.runs ? [{ name: "run-bulk", payload: { bulk: id } }] : [];
  const entry = { action: step.entry, record: { type: "bulk", number: id }, after: { total, done, changed, ...(step.entry === "bulk.started" ? { action: bulk.action, filter: bulk.filter } : {}) }, bulk: id, actionId };
  return ok({
    trail: [entry],
    write: async (tx) => {
      await setStatus(tx, id, step.to, { undoHours: begins ? decisions.undoHours : null });
      return { id, status: step.to, total, done };
    },
    jobs,
  });
}

function refusalOf(bulk: StoredBulk, step: Step, { environment, confirm }: Asked, actor: Actor): Refusal | null {
  if (!step.from.includes(bulk.status)) return refuse("conflict", step.refused, { next: `It is ${bulk.status}.`, changes: [{ status: bulk.status }] }).refusal;
  const stranger = strangerRefusal(actor, bulk);
  if (stranger) return stranger.refusal;
  const permitted = step.runs ? permit(actor, actOf(bulk), { environment }) : null;
  if (permitted && !permitted.ok) return permitted.refusal;
  const asks = step.entry === "bulk.started" && (bulk.total > CONFIRM_ABOVE || typeof confirm === "number");
  return asks ? confirmRefusal(bulk.total, confirm) : null;
}
