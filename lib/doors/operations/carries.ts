import { z } from "zod";
import { bulkStarted } from "@/lib/domain/records/bulk";
import { carryListRecord, carryRecord } from "@/lib/domain/records/carry";
import { version } from "@/lib/domain/finding/input";
import { environmentPath, nothing, operation, page, recordPath } from "../operation";

const id = z.coerce.number().int().min(1).max(2_147_483_647);

export const carries = {
  listCarries: operation({
    method: "get", path: "/environments/{env}/carries", tag: "findings", act: "finding.read", summary: "New findings that look like decided ones that vanished",
    params: environmentPath, query: z.strictObject({ scan: id.optional(), outcome: z.enum(["open", "carried", "dismissed"]).optional(), ...page }), body: nothing, status: 200, answer: carryListRecord,
  }),
  carryDecision: operation({
    method: "post", path: "/environments/{env}/carries/{id}/carry", tag: "findings", act: "finding.decide", summary: "Carries the decision over to the new finding, by the transition table",
    params: recordPath, query: nothing, status: 200, answer: carryRecord,
    body: z.strictObject({ version: version.nullish().describe("Of the new finding, as you saw it."), from_version: version.nullish().describe("Of the old one.") }),
  }),
  dismissCarry: operation({
    method: "post", path: "/environments/{env}/carries/{id}/dismiss", tag: "findings", act: "finding.decide", summary: "Says that the two are not the same",
    params: recordPath, query: nothing, body: nothing, status: 200, answer: carryRecord,
  }),
  carryAllOfScan: operation({
    method: "post", path: "/environments/{env}/scans/{id}/carries", tag: "scans", act: "finding.bulk", summary: "Carries over all that a scan proposes, as one bulk action; 10,000 at most",
    params: recordPath, query: nothing, body: nothing, status: 202, answer: bulkStarted,
  }),
};
