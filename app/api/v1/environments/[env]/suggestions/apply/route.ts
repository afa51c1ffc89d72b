import { applySuggestions } from "@/lib/commands/suggestions/apply";
import { endpoint } from "@/lib/doors/endpoint";
import { suggestions } from "@/lib/doors/operations/suggestions";
import { answerRecord } from "@/lib/queries/suggestions";

export const POST = endpoint(suggestions.applySuggestions, async ({ actor, params: { env }, body: { ids, note } }) =>
  answerRecord(await applySuggestions(actor, { environment: env, items: ids.map((suggestion) => ({ suggestion })), note, many: true })));
