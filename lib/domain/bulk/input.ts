import { z } from "zod";
import { decisionFields, email, number, tagName, version } from "@/lib/domain/finding/input";
import { MAX_LISTED, MAX_TAGS } from "@/lib/domain/finding/limits";
import { MODULE_STATES } from "@/lib/domain/module/table";
import { RESPONSES, ROUTES, SEVERITIES } from "@/lib/domain/finding/words";

const names = z.array(tagName).max(MAX_TAGS).default([]);

/** What a bulk action does to each finding: one act or several, in the words of the code; dates as ISO 8601. An act that it does not know is refused, never left out. */
export const bulkAction = z
  .strictObject({
    response: z.enum(RESPONSES).nullish(),
    ...decisionFields,
    severity: z.enum(SEVERITIES).nullish(),
    assignee: z.union([number, email]).nullable().optional(),
    tags: z.strictObject({ add: names, remove: names }).nullish(),
    state: z.enum(MODULE_STATES).nullable().optional(),
    route: z.enum(ROUTES).nullish(),
    /** the decision stands: clears the flag for re-review */
    keep: z.boolean().nullish(),
  })
  .refine(({ response, severity, assignee, tags, state, route, keep }) => response || severity || assignee !== undefined || tags || state !== undefined || route || keep, {
    message: "Say what to do: response, severity, assignee, tags, state, route or keep.",
  })
  .refine(({ response, keep }) => !(response && keep), { path: ["keep"], message: "Keep the decision or set another response, one of the two." });
export type BulkAsked = z.output<typeof bulkAction>;

const parameter = z.union([z.string().max(2_000), z.array(z.string().max(2_000)).max(50)]);

/** The parameters of a filter as an address holds them; they are read when the set is frozen. */
export const bulkFilter = z.record(z.string().max(100), parameter).refine((asked) => Object.keys(asked).length <= 60, { message: "Too many parameters." });

/** Which findings: those of a list, each with the version that the caller saw, or all that a filter finds. */
export const bulkChoice = {
  environment: number,
  filter: bulkFilter.nullish(),
  items: z.array(z.object({ number, version: version.nullish() })).min(1).max(MAX_LISTED).nullish(),
};

/** The note may stand beside the action as well as in it. */
export function withNote<Asked extends { action: BulkAsked; note?: string | null | undefined }>(asked: Asked): Asked {
  return { ...asked, action: { ...asked.action, note: asked.action.note ?? asked.note ?? null } };
}

/** The action as it is stored, so that it can be read again by the same schema. */
export function storedAction(asked: BulkAsked): Record<string, unknown> {
  return { ...asked, expiresAt: asked.expiresAt?.toISOString() ?? null, followUpOn: asked.followUpOn?.toISOString() ?? null };
}
