import { z } from "zod";
import type { currentActor } from "@/lib/doors/session";
import type { BatchOutcome } from "@/lib/domain/finding/batch";
import { ok, refuse, type Refused, type Result } from "@/lib/domain/refusal";
import type { BulkOutcome } from "@/lib/domain/views/actions";
import { queueCounts, queueRows } from "@/lib/queries/queue";

type Actor = NonNullable<Awaited<ReturnType<typeof currentActor>>>;

/** The answer to a call without a session. */
export const SIGNED_OUT: Refused = refuse("unauthenticated", "You are signed out.", { next: "Sign in again; what you typed is still here." });

/** More rows than a screen holds are not sent back: it asks for them as it scrolls. */
const MOST_ROWS = 1_000;

/** What a browser sent, as fields to be read by a schema; anything else has none. */
export function fieldsOf(raw: unknown): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).catch({}).parse(raw);
}

/** The one finding of a form as the list of one that commands take. */
export function asList({ number, version, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return { ...rest, items: [{ number, version }] };
}

/** What an action did, with the rows that it moved or found moved, and the counts, as they stand now. */
export async function withFreshRows(actor: Actor, { environment }: Record<string, unknown>, done: Result<BatchOutcome>): Promise<Result<BulkOutcome>> {
  if (!done.ok) return done;
  const { actionId, changed, requested, skipped, undoUntil } = done.value;
  const stale = skipped.filter(({ code }) => code !== "missing").map(({ number }) => number);
  const numbers = [...changed, ...requested, ...stale].slice(0, MOST_ROWS);

  const rows = await queueRows(actor, { environment, numbers });
  if (!rows.ok) return rows;
  const counts = await queueCounts(actor, { environment });
  if (!counts.ok) return counts;
  return ok({
    actionId,
    changed: changed.length,
    requested: requested.length,
    skipped: skipped.map(({ number, why, code }) => ({ number, why, code })),
    undoUntil,
    rows: rows.value,
    counts: counts.value,
  });
}
