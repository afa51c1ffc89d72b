import { z } from "zod";
import { BULK_CATEGORIES } from "@/lib/domain/bulk/words";
import { BULK_EXPORTS } from "@/lib/domain/bulk/sheet";
import { bulkFilter } from "@/lib/domain/bulk/input";
import { BULK_OUTCOMES, bulkItemsRecord, bulkListRecord, bulkRecord, bulkStarted } from "@/lib/domain/records/bulk";
import { note, number, responseBody, tagsBody } from "@/lib/domain/finding/input";
import { MAX_LISTED } from "@/lib/domain/finding/limits";
import { MODULE_STATES } from "@/lib/domain/module/table";
import { ROUTES, SEVERITIES } from "@/lib/domain/finding/words";
import type { Download } from "../download";
import { environmentPath, nothing, operation, page, recordPath } from "../operation";
import { evidence } from "./findings";

const bulkAction = z.strictObject({
  ...responseBody.partial({ response: true }).omit({ version: true, evidence: true }).shape,
  evidence,
  severity: z.enum(SEVERITIES).nullish().describe("Asks a note: why."),
  assignee: z.email().max(254).nullable().optional(),
  tags: tagsBody.omit({ version: true }).strict().nullish(),
  route: z.enum(ROUTES).nullish().describe("How the work is handed over; the note says why."),
  state: z.enum(MODULE_STATES).nullable().optional().describe("What its module says of it: a takedown, relevance. Null takes it back."),
  keep: z.boolean().nullish().describe("Looked at again: the decision stands, and the flag for re-review goes. Asks a note, and goes with no response."),
});

const shown = {
  method: "get", tag: "bulk", act: "finding.read", summary: "How far a bulk action is, and what it left alone",
  params: recordPath, query: nothing, body: nothing, status: 200, answer: bulkRecord,
} as const;
const undone = {
  method: "post", tag: "bulk", act: "finding.revert", summary: "Takes a bulk action back, finding by finding",
  params: recordPath, query: nothing, body: nothing, status: 202, answer: bulkStarted,
} as const;

const steered = { method: "post", tag: "bulk", act: "finding.bulk", params: recordPath, query: nothing, body: nothing, status: 202, answer: bulkStarted } as const;
const confirm = z.number().int().min(0).max(2_147_483_647).nullish().describe("How many findings it will act on; of a filter it must be said above 1,000. Another number is refused with the true one.");
const selection = z.union([
  z.strictObject({ numbers: z.array(number).min(1).max(MAX_LISTED) }),
  z.strictObject({ filter: bulkFilter.describe("Parameters as in GET …/findings; managers only. The findings are frozen as they stand now."), expected: confirm }),
]);

export const bulk = {
  startBulk: operation({
    method: "post", path: "/environments/{env}/findings/bulk", tag: "bulk", act: "finding.bulk", summary: "One action on many findings, named or found by a filter; what cannot take part is skipped. By filter it runs in the background",
    params: environmentPath, query: nothing, status: 202, answer: bulkStarted,
    body: z.strictObject({
      selection, action: bulkAction, note: note.nullish(), confirm,
      preview: z.boolean().default(false).describe("Freeze and show it only: GET bulk/{id} tells what would become of the findings, POST bulk/{id}/start begins it."),
    }),
  }),
  listBulks: operation({
    method: "get", path: "/environments/{env}/bulk", tag: "bulk", act: "finding.read", summary: "Bulk actions, newest first",
    params: environmentPath, query: z.strictObject(page), body: nothing, status: 200, answer: bulkListRecord,
  }),
  getBulk: operation({ ...shown, path: "/environments/{env}/bulk/{id}" }),
  listBulkItems: operation({
    method: "get", path: "/environments/{env}/bulk/{id}/items", tag: "bulk", act: "finding.read", summary: "Its findings, by what becomes or became of them, each with the reason",
    params: recordPath, query: z.strictObject({ ...page, code: z.enum(BULK_CATEGORIES).optional(), outcome: z.enum(BULK_OUTCOMES).optional() }), body: nothing, status: 200, answer: bulkItemsRecord,
  }),
  downloadBulk: operation({
    method: "get", path: "/environments/{env}/bulk/{id}/result", tag: "bulk", act: "finding.read", summary: "Its findings as a file",
    params: recordPath, query: z.strictObject({ format: z.enum(["csv", "jsonl"]).default("csv") }), body: nothing, status: 200, answer: z.custom<Download>(), download: Object.values(BULK_EXPORTS),
  }),
  startPreviewedBulk: operation({ ...steered, path: "/environments/{env}/bulk/{id}/start", summary: "Begins what was shown", body: z.strictObject({ confirm }) }),
  pauseBulk: operation({ ...steered, path: "/environments/{env}/bulk/{id}/pause", summary: "Halts it after the chunk that is being written" }),
  resumeBulk: operation({ ...steered, path: "/environments/{env}/bulk/{id}/resume", summary: "Goes on where it was halted" }),
  cancelBulk: operation({ ...steered, path: "/environments/{env}/bulk/{id}/cancel", summary: "Ends it; what is done stays and can be taken back" }),
  undoBulk: operation({ ...undone, path: "/environments/{env}/bulk/{id}/undo" }),
  // The same two below the call that started it, for whoever follows that address.
  getBulkOfFindings: operation({ ...shown, path: "/environments/{env}/findings/bulk/{id}" }),
  undoBulkOfFindings: operation({ ...undone, path: "/environments/{env}/findings/bulk/{id}/undo" }),
};
