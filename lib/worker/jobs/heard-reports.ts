import { applyThere } from "@/lib/commands/tickets/apply-there";
import { isDatabaseAway } from "@/lib/db/away";
import { isContention } from "@/lib/db/contention";
import type { Report } from "@/lib/domain/ticket/there";
import type { Actor } from "@/lib/gate/actor";

/** What a webhook comes to: its reports, or what is known of it without any. */
export type ReadHook = { id: number; reports: readonly Report[]; outcome: string | null; mayWait: boolean };

type Where = { environment: number; connector: number };
/** `isLast`: has a webhook waited long enough? `stop`: nothing is tried anew from then on. */
export type Manner = { isLast: (hook: number) => boolean; stop?: AbortSignal | undefined };

/**
 * Applies what webhooks told, many at once. Where one of them stands in the way of the others they are parted until it is alone: then it is settled with the
 * reason, or waits. Where the database is in trouble none of them is to blame: all wait.
 */
export async function applyHooks(actor: Actor, where: Where, hooks: readonly ReadHook[], how: Manner): Promise<void> {
  const [first] = hooks;
  if (!first) return;
  const reports = hooks.flatMap(({ id, reports: told }) => told.map((one) => ({ ...one, hook: id })));
  const trouble = await tried(actor, { ...where, reports, hooks: hooks.map(({ id, outcome, mayWait }) => ({ id, outcome, mayWait })) });
  if (trouble === null || how.stop?.aborted) return;
  if (hooks.length > 1) {
    const half = Math.ceil(hooks.length / 2);
    await applyHooks(actor, where, hooks.slice(0, half), how);
    if (!how.stop?.aborted) await applyHooks(actor, where, hooks.slice(half), how);
  } else if (first.reports.length > 0 && (trouble.isRefused || how.isLast(first.id))) {
    await applyHooks(actor, where, [{ ...first, reports: [], outcome: (trouble.isRefused ? `refused: ${trouble.said}` : "it could not be read").slice(0, 300) }], how);
  }
}

/** Why it was not applied; null: it was. @throws what is wrong with the database for a moment, which says nothing of these webhooks */
export async function tried(actor: Actor, raw: Where & { reports: readonly unknown[]; hooks: readonly unknown[] }): Promise<{ isRefused: boolean; said: string } | null> {
  try {
    const result = await applyThere(actor, raw);
    return result.ok ? null : { isRefused: true, said: result.refusal.message };
  } catch (error) {
    if (!isTooLong(error) && (isDatabaseAway(error) || isContention(error))) throw error;
    console.error(`connector ${raw.connector}:`, error);
    return { isRefused: false, said: "" };
  }
}

/** Did the step outlive its transaction? Fewer at once may not. */
function isTooLong(error: unknown): boolean {
  return error instanceof Error && error.message.includes("expired transaction");
}
