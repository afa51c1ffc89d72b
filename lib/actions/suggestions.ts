"use server";

import { fieldsOf, SIGNED_OUT, withFreshRows } from "@/lib/actions/fresh-rows";
import { applySuggestions as apply } from "@/lib/commands/suggestions/apply";
import { ignoreSuggestions as ignore } from "@/lib/commands/suggestions/ignore";
import { currentActor } from "@/lib/doors/session";
import { ok, type Result } from "@/lib/domain/refusal";
import type { SuggestionDone, SuggestionsView, SuggestionTarget } from "@/lib/domain/views/suggestion";
import { suggestionsOfScan, suggestionTargetsOf } from "@/lib/queries/suggestions";

/** The screens' doors to suggestions, as lib/domain/views/suggestion.ts describes them. */

export async function applySuggestions(raw: unknown): Promise<Result<SuggestionDone>> {
  const actor = await currentActor();
  if (!actor) return SIGNED_OUT;
  const done = await apply(actor, raw);
  if (!done.ok) return done;
  const fresh = await withFreshRows(actor, fieldsOf(raw), done);
  return fresh.ok ? ok({ ...fresh.value, settled: done.value.settled.length }) : fresh;
}

export async function ignoreSuggestions(raw: unknown): Promise<Result<SuggestionDone>> {
  const actor = await currentActor();
  if (!actor) return SIGNED_OUT;
  const done = await ignore(actor, raw);
  if (!done.ok) return done;
  const fresh = await withFreshRows(actor, fieldsOf(raw), done);
  return fresh.ok ? ok({ ...fresh.value, settled: done.value.settled.length }) : fresh;
}

export async function loadSuggestions(raw: unknown): Promise<Result<SuggestionsView>> {
  const actor = await currentActor();
  return actor ? suggestionsOfScan(actor, raw) : SIGNED_OUT;
}

export async function loadTargets(raw: unknown): Promise<Result<{ items: SuggestionTarget[] }>> {
  const actor = await currentActor();
  return actor ? suggestionTargetsOf(actor, raw) : SIGNED_OUT;
}
