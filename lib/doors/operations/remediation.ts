import { z } from "zod";
import { evidenceFile } from "@/lib/domain/evidence/file";
import { remediationRecord, retestRecord } from "@/lib/domain/records/retest";
import { remediationBody, retestBody, retestCancelBody, retestResultBody } from "@/lib/domain/remediation/input";
import type { Download } from "../download";
import { environmentPath, findingPath, nothing, operation, recordPath } from "../operation";

const path = "/environments/{env}/retests";
const write = { method: "post", tag: "tickets", act: "retest.request", params: recordPath, query: nothing, status: 200, answer: retestRecord } as const;

export const remediation = {
  requestRetest: operation({ ...write, path, params: environmentPath, status: 201, summary: "Asks for the fix of a finding to be looked at again; people settle it, or the next covering scan after it is due", body: retestBody }),
  getRetest: operation({ method: "get", path: `${path}/{id}`, tag: "tickets", act: "finding.read", params: recordPath, query: nothing, body: nothing, status: 200, summary: "One retest", answer: retestRecord }),
  settleRetest: operation({ ...write, path: `${path}/{id}/result`, summary: "Records what a retest by hand found: passed is evidence, failed reopens", body: retestResultBody }),
  cancelRetest: operation({ ...write, path: `${path}/{id}/cancel`, summary: "Calls a retest off that stands", body: retestCancelBody }),
  moveRemediation: operation({
    method: "post", path: "/environments/{env}/tickets/{number}/remediation", tag: "tickets", act: "ticket.write", summary: "Says how far the fix is: in_progress, resolved (ready to be verified) or open again; only evidence verifies it",
    params: findingPath, query: nothing, body: remediationBody, status: 200, answer: remediationRecord,
  }),
  addEvidenceFile: operation({
    method: "post", path: "/environments/{env}/evidence/files", tag: "findings", act: "finding.evidence", summary: "Takes a file of at most 10 MiB that proves something; its id goes into a piece of evidence within a day. X-File-Name says what it is called",
    params: environmentPath, query: nothing, body: nothing, upload: "report", status: 201, answer: evidenceFile,
  }),
  getEvidenceFile: operation({
    method: "get", path: "/environments/{env}/evidence/files/{id}", tag: "findings", act: "finding.read", summary: "A file of evidence, as bytes to keep and never to show",
    params: recordPath, query: nothing, body: nothing, download: ["application/octet-stream"], status: 200, answer: z.custom<Download>(),
  }),
};
