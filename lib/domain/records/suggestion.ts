import { z } from "zod";
import { SUGGESTION_OUTCOMES, SUGGESTS } from "@/lib/domain/finding/suggestion";
import { moment } from "@/lib/domain/records/finding";
import { REFUSAL_CODES } from "@/lib/domain/refusal";

const n = z.number().int();

export const suggestionRecord = z.object({
  id: n,
  finding: n.describe("The number of the finding."),
  suggests: z.enum(SUGGESTS),
  reason: z.string().describe("Who states what, and when: one sentence."),
  source: z.string().describe("Where it comes from: vex."),
  scan: n.nullable().describe("The import that brought it."),
  rests_on: z.object({
    author: z.string().nullable(), status: z.string().nullable(), justification: z.string().nullable(), note: z.string().nullable(), vulnerability: z.string().nullable(),
    products: z.array(z.string()).max(10), product_count: n,
  }).describe("The statement as it stands in its document; of its products the first ones."),
  said_at: moment.nullable(),
  made_at: moment,
  outcome: z.enum(SUGGESTION_OUTCOMES).nullable(),
  settled_at: moment.nullable(),
  settled_by: z.string().nullable(),
}).meta({ id: "Suggestion" });
export type SuggestionRecord = z.output<typeof suggestionRecord>;

export const suggestionListRecord = z.object({
  items: z.array(suggestionRecord).max(500), next_cursor: z.string().nullable(), total: n,
  counts: z.array(z.object({ suggests: z.enum(SUGGESTS), outcome: z.enum(SUGGESTION_OUTCOMES).nullable(), count: n })).max(50).describe("All that the filter holds, by kind and outcome."),
}).meta({ id: "SuggestionList" });
export type SuggestionListRecord = z.output<typeof suggestionListRecord>;

export const suggestionAnswerRecord = z.object({
  settled: z.array(n).max(1_000).describe("The suggestions that are settled now."),
  action_id: z.string().nullable().describe("What a revert of the findings names; null where none moved."),
  changed: z.array(n).max(1_000).describe("Numbers of the findings that moved."),
  skipped: z.array(z.object({ number: n, code: z.enum(REFUSAL_CODES), why: z.string() })).max(2_000),
  undo_until: moment.nullable(),
}).meta({ id: "SuggestionAnswer" });
export type SuggestionAnswerRecord = z.output<typeof suggestionAnswerRecord>;
