import { ignoreSuggestions } from "@/lib/commands/suggestions/ignore";
import { endpoint } from "@/lib/doors/endpoint";
import { suggestions } from "@/lib/doors/operations/suggestions";
import { answerRecord } from "@/lib/queries/suggestions";

export const POST = endpoint(suggestions.ignoreSuggestions, async ({ actor, params: { env }, body: { ids, note } }) =>
  answerRecord(await ignoreSuggestions(actor, { environment: env, items: ids.map((suggestion) => ({ suggestion })), note, many: true })));
