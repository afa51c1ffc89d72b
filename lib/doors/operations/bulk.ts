import { bulkRecord, bulkStarted } from "@/lib/domain/records/bulk";
import { bulkBody } from "@/lib/domain/bulk/input";
import { environmentPath, nothing, operation, recordPath } from "../operation";

export const bulk = {
  startBulk: operation({
    method: "post", path: "/environments/{env}/findings/bulk", tag: "bulk", act: "finding.bulk", summary: "One action on many findings",
    params: environmentPath, query: nothing, body: bulkBody, status: 202, answer: bulkStarted,
  }),
  getBulk: operation({
    method: "get", path: "/environments/{env}/findings/bulk/{id}", tag: "bulk", act: "finding.read", summary: "How far a bulk action is, and what it left alone",
    params: recordPath, query: nothing, body: nothing, status: 200, answer: bulkRecord,
  }),
  undoBulk: operation({
    method: "post", path: "/environments/{env}/findings/bulk/{id}/undo", tag: "bulk", act: "finding.revert", summary: "Takes a bulk action back, finding by finding",
    params: recordPath, query: nothing, body: nothing, status: 202, answer: bulkStarted,
  }),
};
