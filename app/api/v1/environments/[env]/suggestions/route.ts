import { endpoint } from "@/lib/doors/endpoint";
import { suggestions } from "@/lib/doors/operations/suggestions";
import { listSuggestions } from "@/lib/queries/suggestions";

export const GET = endpoint(suggestions.listSuggestions, ({ actor, params, query }) => listSuggestions(actor, { environment: params.env, ...query }));
