import type { Tx } from "@/lib/db/client";
import { settleSuggestions } from "@/lib/db/sql/suggestions";
import { outcomeOfBatch } from "@/lib/domain/finding/batch";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { entryOf, openSuggestionDesk, suggestionTargets, type SuggestionAnswer, type SuggestionTargets } from "@/lib/gate/suggestions";

/**
 * Settles suggestions without following them: `{environment, items: [{suggestion, version?}], note?}`. The findings stay as they are, each
 * gets an entry that names the suggestion. What is settled already or stale is skipped with its reason; strict refuses.
 */
export function ignoreSuggestions(actor: Actor, raw: unknown): Promise<Result<SuggestionAnswer>> {
  return commit(actor, { act: "finding.decide", input: suggestionTargets, work, timeout: 120_000 }, raw);
}

async function work(tx: Tx, asked: SuggestionTargets, context: Context): Promise<Result<Change<SuggestionAnswer>>> {
  const taken = await openSuggestionDesk(tx, asked);
  if (!taken.ok) return taken;
  const { desk, open } = taken.value;
  const ids = new Map(desk.known.map(({ id, state }) => [state.number, id]));

  const settled = open.map(({ id }) => id);
  const answer = { ...outcomeOfBatch({ moves: [], requested: [], skipped: [...desk.skipped] }, context.actionId, context.now), settled };

  const [first] = desk.skipped;
  if (asked.strict && first) return { ok: false, refusal: first.refusal };
  const said = { note: asked.note ?? null, many: asked.many };
  const [entry, ...rest] = open.map((one) => entryOf(one, ids.get(one.finding) ?? 0, "suggestion.ignored", said));
  if (!entry) return ok({ unchanged: answer });

  return ok({
    trail: [entry, ...rest],
    write: async (writing) => {
      await settleSuggestions(writing, asked.environment, settled, "ignored", context.actor.name);
      return answer;
    },
  });
}
