import { applySuggestions } from "@/lib/commands/suggestions/apply";
import { endpoint } from "@/lib/doors/endpoint";
import { suggestions } from "@/lib/doors/operations/suggestions";
import { answerRecord } from "@/lib/queries/suggestions";

export const POST = endpoint(suggestions.applySuggestion, async ({ actor, params: { env, id }, body: { version, note } }) =>
  answerRecord(await applySuggestions(actor, { environment: env, items: [{ suggestion: id, version }], note, strict: true })));
