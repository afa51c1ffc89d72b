import { applyThere } from "@/lib/commands/tickets/apply-there";
import type { Report } from "@/lib/domain/ticket/there";
import type { Actor } from "@/lib/gate/actor";

/** What a webhook comes to: its reports, or what is known of it without any. */
export type ReadHook = { id: number; reports: readonly Report[]; outcome: string | null; mayWait: boolean };

type Where = { environment: number; connector: number };

/**
 * Applies what webhooks told, many at once. Where one of them stands in the way of the others they are parted until it is alone: then it is settled with the
 * reason, or waits (`isLast` says whether it has waited long enough).
 */
export async function applyHooks(actor: Actor, where: Where, hooks: readonly ReadHook[], isLast: (hook: number) => boolean): Promise<void> {
  if (hooks.length === 0) return;
  const reports = hooks.flatMap(({ id, reports: told }) => told.map((one) => ({ ...one, hook: id })));
  const trouble = await tried(actor, { ...where, reports, hooks: hooks.map(({ id, outcome, mayWait }) => ({ id, outcome, mayWait })) });
  if (trouble === null) return;
  const [first] = hooks;
  if (hooks.length > 1) {
    const half = Math.ceil(hooks.length / 2);
    await applyHooks(actor, where, hooks.slice(0, half), isLast);
    await applyHooks(actor, where, hooks.slice(half), isLast);
  } else if (first && first.reports.length > 0 && (trouble.isRefused || isLast(first.id))) {
    await applyHooks(actor, where, [{ ...first, reports: [], outcome: (trouble.isRefused ? `refused: ${trouble.said}` : "it could not be read").slice(0, 300) }], isLast);
  }
}

/** Why it was not applied; null: it was. */
async function tried(actor: Actor, raw: Where & { reports: readonly unknown[]; hooks: readonly unknown[] }): Promise<{ isRefused: boolean; said: string } | null> {
  try {
    const result = await applyThere(actor, raw);
    return result.ok ? null : { isRefused: true, said: result.refusal.message };
  } catch (error) {
    console.error(`connector ${raw.connector}:`, error);
    return { isRefused: false, said: "" };
  }
}
