import { z } from "zod";
import { note, number, version } from "@/lib/domain/finding/input";
import { MAX_SELECTION } from "@/lib/domain/finding/limits";
import { SUGGESTION_OUTCOMES } from "@/lib/domain/finding/suggestion";
import { suggestionAnswerRecord, suggestionListRecord } from "@/lib/domain/records/suggestion";
import { environmentPath, nothing, operation, page, recordPath } from "../operation";

const id = z.coerce.number().int().min(1).max(2_147_483_647);
const one = z.strictObject({ version: version.nullish().describe("Of the finding, as you saw it."), note: note.nullish() });
const many = z.strictObject({ ids: z.array(number).min(1).max(MAX_SELECTION), note: note.nullish() });
const common = { method: "post", tag: "findings", act: "finding.decide", query: nothing, status: 200, answer: suggestionAnswerRecord } as const;

export const suggestions = {
  listSuggestions: operation({
    method: "get", path: "/environments/{env}/suggestions", tag: "findings", act: "finding.read", summary: "What statements of others suggest about findings",
    params: environmentPath, query: z.strictObject({ finding: id.optional(), scan: id.optional(), outcome: z.enum(["open", ...SUGGESTION_OUTCOMES]).optional(), ...page }), body: nothing, status: 200, answer: suggestionListRecord,
  }),
  applySuggestion: operation({ ...common, path: "/environments/{env}/suggestions/{id}/apply", summary: "Follows a suggestion, by the transition table", params: recordPath, body: one }),
  ignoreSuggestion: operation({ ...common, path: "/environments/{env}/suggestions/{id}/ignore", summary: "Settles a suggestion without following it", params: recordPath, body: one }),
  applySuggestions: operation({ ...common, path: "/environments/{env}/suggestions/apply", summary: "Follows many; what may not be followed is skipped with its reason", params: environmentPath, body: many }),
  ignoreSuggestions: operation({ ...common, path: "/environments/{env}/suggestions/ignore", summary: "Settles many without following them", params: environmentPath, body: many }),
};
