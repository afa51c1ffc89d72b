import type { Tx } from "@/lib/db/client";
import { changesSince, movesSince, type Change } from "@/lib/db/sql/finding-changes";
import { namesOf } from "@/lib/db/sql/finding-trail";
import type { Skip } from "@/lib/domain/finding/batch";
import { fieldChanges, foldChanges, peopleIn, type FieldChange } from "@/lib/domain/finding/field-changes";
import { allowedTransitions } from "@/lib/domain/finding/governance";
import type { Known } from "@/lib/domain/finding/move";
import { GOVERNANCE_LABELS } from "@/lib/domain/finding/words";
import { spokenInstant } from "@/lib/domain/instant";
import type { Refusal } from "@/lib/domain/refusal";

/** A finding that moved past the version that somebody saw. */
type Stale = { finding: Known; seen: number };
/** An entry of the log since then, newest first among others; `changes` in words, where its texts were read. */
type Entry = Change & { changes?: readonly FieldChange[] };

/** Above so many the log's texts stay unread: nobody reads the differences of a thousand, each says its status and its fields. */
const MOST_TOLD = 50;

/**
 * Why each of these is not decided on: who moved it since, when, and what from what to what, as the screen tells it. `changes` of a refusal
 * are the entries of the log since then, newest first, at most twenty.
 */
export async function staleSkips(tx: Tx, environment: number, stale: readonly Stale[]): Promise<Skip[]> {
  const since = stale.map(({ finding, seen }) => ({ id: finding.id, version: seen }));
  const entries = stale.length > MOST_TOLD ? await changesSince(tx, environment, since) : await toldSince(tx, environment, since);
  return stale.map(({ finding: { id, state } }) => ({ number: state.number, refusal: staleRefusal(state, entries.filter(({ finding }) => finding === id)) }));
}

async function toldSince(tx: Tx, environment: number, since: readonly { id: number; version: number }[]): Promise<Entry[]> {
  const moves = await movesSince(tx, environment, since);
  const names = await namesOf(tx, moves.flatMap(({ before, after }) => peopleIn(before, after)));
  const nameOf = (person: number) => names.get(person) ?? "Somebody";
  return moves.map(({ before, after, ...entry }) => ({ ...entry, changes: fieldChanges(before, after, nameOf) })).reverse();
}

function staleRefusal({ version, governance }: Known["state"], entries: readonly Entry[]): Refusal {
  const more = {
    next: "Look at it as it is now, then decide again.",
    changes: entries.map(({ version: v, at, by, action, from, to, fields, changes }) => ({ version: v, at: at.toISOString(), by, action, from, to, fields, ...(changes ? { changes } : {}) })),
    allowed: allowedTransitions(governance, "person"),
  };
  const [newest] = entries;
  if (!newest) return { code: "stale", message: `This finding is at version ${version}.`, ...more };
  const what = statusWords(entries) ?? fieldWords(entries) ?? newest.fields.join(", ");
  return { code: "stale", message: `${newest.by} changed it at ${spokenInstant(newest.at)}: ${what}.`, ...more };
}

function statusWords(entries: readonly Entry[]): string | null {
  const hops = entries.filter(({ to }) => to !== null);
  const from = hops.at(-1)?.from;
  const to = hops[0]?.to;
  return from && to ? `status ${GOVERNANCE_LABELS[from]} → ${GOVERNANCE_LABELS[to]}` : null;
}

function fieldWords(entries: readonly Entry[]): string | null {
  const told = foldChanges([...entries].reverse().flatMap(({ changes }) => changes ?? []));
  return told.map(({ field, from, to }) => `${field} ${from ?? "–"} → ${to ?? "–"}`).join("; ") || null;
}
