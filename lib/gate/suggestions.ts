import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { lockSuggestions, suggestionsById, type StoredSuggestion } from "@/lib/db/sql/suggestions";
import type { BatchOutcome, Skip } from "@/lib/domain/finding/batch";
import { note, number, version } from "@/lib/domain/finding/input";
import { MAX_SELECTION } from "@/lib/domain/finding/limits";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { TrailEntry } from "@/lib/gate/commit";
import { openDesk, type Desk } from "@/lib/gate/findings";

/** Which suggestions, each with the version of its finding as the caller saw it; without: whatever is current. `many`: as one action on a list. */
export const suggestionTargets = z.object({
  environment: z.number().int().positive(),
  items: z.array(z.object({ suggestion: number, version: version.nullish() })).min(1).max(MAX_SELECTION),
  note: note.nullish(),
  strict: z.boolean().default(false),
  many: z.boolean().default(false),
});
export type SuggestionTargets = z.output<typeof suggestionTargets>;

/** What an action on suggestions did: on findings as every batch says it, and the suggestions that are settled by it. */
export type SuggestionAnswer = BatchOutcome & { settled: readonly number[] };

/** Open suggestions with the findings they are about, all held; what is settled already or stale is put aside with the reason. */
export type SuggestionDesk = { desk: Desk; open: readonly StoredSuggestion[] };

/** Findings are held first, then their suggestions: an import goes the same way. Refuses `missing` where one of them is not here. */
export async function openSuggestionDesk(tx: Tx, { environment, items }: SuggestionTargets): Promise<Result<SuggestionDesk>> {
  const versions = new Map(items.map((item) => [item.suggestion, item.version ?? null]));
  const ids = [...versions.keys()];
  const there = await suggestionsById(tx, environment, ids);
  const missing = ids.find((id) => !there.some((one) => one.id === id));
  if (missing !== undefined) return refuse("missing", `There is no suggestion ${missing} here.`);
  const findings = new Map<number, number | null>();
  for (const { id, finding } of there) findings.set(finding, findings.get(finding) ?? versions.get(id) ?? null);
  const desk = await openDesk(tx, environment, [...findings].map(([finding, seen]) => ({ number: finding, version: seen })));

  const held = await lockSuggestions(tx, environment, ids);
  const settled = held.filter(({ outcome }) => outcome !== null).map(({ finding, outcome, settledBy }): Skip => ({
    number: finding, refusal: { code: "conflict", message: outcome === "superseded" ? "A newer statement has taken its place." : `${settledBy ?? "Somebody"} has ${outcome ?? "settled"} it already.` },
  }));
  const known = new Set(desk.known.map(({ state }) => state.number));
  return ok({ desk: { ...desk, skipped: [...settled, ...desk.skipped] }, open: held.filter(({ outcome, finding }) => outcome === null && known.has(finding)) });
}

/** What an entry about a suggestion says of it. */
export function detailsOf({ id, suggests, source, scan, restsOn }: StoredSuggestion, many: boolean) {
  return { suggestion: id, suggests, source, author: restsOn.author ?? null, scan, many };
}

/** The entry of a suggestion that moves nothing: it is ignored, or agreed with. */
export function entryOf(suggestion: StoredSuggestion, finding: number, action: "suggestion.applied" | "suggestion.ignored", said: { note: string | null; many: boolean }): TrailEntry {
  return {
    action, record: { type: "finding", number: suggestion.finding }, finding: { id: finding, version: null, fields: [] },
    after: detailsOf(suggestion, said.many), reason: suggestion.reason, note: said.note,
  };
}
