import { z } from "zod";
import { FILTER_PARAMETERS } from "@/lib/domain/filter/input";
import { amendBody, assignBody, evidenceItem, keepBody, MAX_EVIDENCE, note, responseBody, revertBody, routeBody, severityBody, stateBody, tagsBody, transitionBody, version } from "@/lib/domain/finding/input";
import { FINDING_EXPORTS } from "@/lib/domain/finding/sheet-out";
import { eventListRecord } from "@/lib/domain/records/event";
import { findingCountsRecord, findingDetailRecord, findingListRecord } from "@/lib/domain/records/finding";
import type { Download } from "../download";
import { environmentPath, findingPath, nothing, operation, page } from "../operation";

const value = z.union([z.string().max(2_000), z.array(z.string().max(2_000)).max(50)]).optional();
const filters = Object.fromEntries(FILTER_PARAMETERS.map((name) => [name, value]));

/** One proof or several. */
export const evidence = z.union([evidenceItem.transform((one) => [one]), z.array(evidenceItem).max(MAX_EVIDENCE)]).nullish();

const read = { method: "get", tag: "findings", act: "finding.read", body: nothing, status: 200 } as const;
const write = { method: "post", tag: "findings", params: findingPath, query: nothing, status: 200, answer: findingDetailRecord } as const;

export const findings = {
  listFindings: operation({
    ...read, path: "/environments/{env}/findings", summary: "Findings by filter, sorted, page by page; `severity=high,critical` or `q=severity:high,critical asset:web-3`",
    params: environmentPath, query: z.looseObject({ ...filters, limit: page.limit, cursor: page.cursor }), answer: findingListRecord,
  }),
  countFindings: operation({
    ...read, path: "/environments/{env}/findings/counts", summary: "Exact counts of the tabs and of the responses, of what a filter leaves",
    params: environmentPath, query: z.looseObject(filters), answer: findingCountsRecord,
  }),
  exportFindings: operation({
    ...read, path: "/environments/{env}/findings/export", act: "finding.export", summary: "All findings that a filter leaves, as they stand at one moment, streamed: CSV that a spreadsheet opens safely, or JSON Lines",
    params: environmentPath, query: z.looseObject({ ...filters, format: z.enum(["csv", "jsonl"]).default("csv") }), download: Object.values(FINDING_EXPORTS), answer: z.custom<Download>(),
  }),
  getFinding: operation({
    ...read, path: "/environments/{env}/findings/{number}", summary: "All of one finding", params: findingPath, query: nothing, answer: findingDetailRecord,
  }),
  transitionFinding: operation({
    ...write, path: "/environments/{env}/findings/{number}/transition", act: "finding.decide", summary: "One step through the transition table",
    body: transitionBody.extend({ evidence }).strict(),
  }),
  respondToFinding: operation({
    ...write, path: "/environments/{env}/findings/{number}/response", act: "finding.decide", summary: "Sets the response by the shortest legal path",
    body: responseBody.extend({ evidence }).strict(),
  }),
  keepDecision: operation({
    ...write, path: "/environments/{env}/findings/{number}/keep", act: "finding.review", summary: "Keeps the decision of a finding that is flagged for re-review, with a note; the flag goes", body: keepBody.strict(),
  }),
  amendDecision: operation({
    ...write, path: "/environments/{env}/findings/{number}/amend", act: "finding.amend", summary: "Puts the standing decision right without a change of status: reason, follow-up date, original, evidence or the note alone; the note says why, and a flag for re-review goes",
    body: amendBody.extend({ evidence }).strict(),
  }),
  assignFinding: operation({
    ...write, path: "/environments/{env}/findings/{number}/assign", act: "finding.assign", summary: "Assigns it to a member, or to nobody", body: assignBody.strict(),
  }),
  calibrateFinding: operation({
    ...write, path: "/environments/{env}/findings/{number}/severity", act: "finding.calibrate", summary: "Sets the team's severity, with its reason", body: severityBody.strict(),
  }),
  addEvidence: operation({
    ...write, path: "/environments/{env}/findings/{number}/evidence", act: "finding.evidence", summary: "Attaches what proves the fix",
    body: z.strictObject({ ...evidenceItem.shape, version: version.nullish() }),
  }),
  tagFinding: operation({
    ...write, path: "/environments/{env}/findings/{number}/tags", act: "finding.tag", summary: "Adds and removes tags", body: tagsBody.strict(),
  }),
  approveAcceptance: operation({
    ...write, path: "/environments/{env}/findings/{number}/acceptance/approve", act: "acceptance.approve", summary: "Applies the acceptance that somebody else asked for; the token is one made for a person",
    body: z.strictObject({ note: note.nullish(), version: version.nullish() }),
  }),
  refuseAcceptance: operation({
    ...write, path: "/environments/{env}/findings/{number}/acceptance/refuse", act: "acceptance.approve", summary: "Refuses it, with a note; the finding stays as it is, and the token is one made for a person",
    body: z.strictObject({ note: note.min(1), version: version.nullish() }),
  }),
  setFindingState: operation({
    ...write, path: "/environments/{env}/findings/{number}/state", act: "finding.set_state", summary: "Says how it stands in its module beside the response (live, taken_down, relevant …); null takes that back", body: stateBody.strict(),
  }),
  routeFinding: operation({
    ...write, path: "/environments/{env}/findings/{number}/route", act: "finding.route", summary: "Says how its work is handed over, with the reason: a ticket, a batch, on record only, or paused", body: routeBody.strict(),
  }),
  revertFinding: operation({
    ...write, path: "/environments/{env}/findings/{number}/revert", act: "finding.revert", summary: "Takes back the newest action, named by any of its events", body: revertBody.strict(),
  }),
  auditFinding: operation({
    ...read, tag: "audit", path: "/environments/{env}/findings/{number}/audit", summary: "Its events and detection changes, newest first",
    params: findingPath, query: z.strictObject(page), answer: eventListRecord,
  }),
};
