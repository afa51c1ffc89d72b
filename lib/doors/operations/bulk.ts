import { z } from "zod";
import { bulkRecord, bulkStarted } from "@/lib/domain/records/bulk";
import { note, number, responseBody, tagsBody } from "@/lib/domain/finding/input";
import { SEVERITIES } from "@/lib/domain/finding/words";
import { environmentPath, nothing, operation, recordPath } from "../operation";
import { evidence } from "./findings";

const MAX_BULK = 10_000;

const bulkAction = z.strictObject({
  ...responseBody.partial({ response: true }).omit({ version: true, evidence: true }).shape,
  evidence,
  severity: z.enum(SEVERITIES).nullish().describe("Asks a note: why."),
  assignee: z.email().max(254).nullable().optional(),
  tags: tagsBody.omit({ version: true }).strict().nullish(),
});

const shown = {
  method: "get", tag: "bulk", act: "finding.read", summary: "How far a bulk action is, and what it left alone",
  params: recordPath, query: nothing, body: nothing, status: 200, answer: bulkRecord,
} as const;
const undone = {
  method: "post", tag: "bulk", act: "finding.revert", summary: "Takes a bulk action back, finding by finding",
  params: recordPath, query: nothing, body: nothing, status: 202, answer: bulkStarted,
} as const;

export const bulk = {
  startBulk: operation({
    method: "post", path: "/environments/{env}/findings/bulk", tag: "bulk", act: "finding.bulk", summary: "One action on many findings; what cannot take part is skipped",
    params: environmentPath, query: nothing, status: 202, answer: bulkStarted,
    body: z.strictObject({ selection: z.strictObject({ numbers: z.array(number).min(1).max(MAX_BULK) }), action: bulkAction, note: note.nullish() }),
  }),
  getBulk: operation({ ...shown, path: "/environments/{env}/bulk/{id}" }),
  undoBulk: operation({ ...undone, path: "/environments/{env}/bulk/{id}/undo" }),
  // The same two below the call that started it, for whoever follows that address.
  getBulkOfFindings: operation({ ...shown, path: "/environments/{env}/findings/bulk/{id}" }),
  undoBulkOfFindings: operation({ ...undone, path: "/environments/{env}/findings/bulk/{id}/undo" }),
};
