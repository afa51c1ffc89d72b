import { ignoreSuggestions } from "@/lib/commands/suggestions/ignore";
import { endpoint } from "@/lib/doors/endpoint";
import { suggestions } from "@/lib/doors/operations/suggestions";
import { answerRecord } from "@/lib/queries/suggestions";

export const POST = endpoint(suggestions.ignoreSuggestion, async ({ actor, params: { env, id }, body: { version, note } }) =>
  answerRecord(await ignoreSuggestions(actor, { environment: env, items: [{ suggestion: id, version }], note, strict: true })));
