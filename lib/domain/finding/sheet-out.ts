import { stringify } from "csv-stringify/sync";
import { safeCell } from "@/lib/domain/csv-cell";
import type { FindingRecord } from "@/lib/domain/records/finding";

/** The ways in which findings go out, with the media type of each. JSON Lines is the lossless form, in the shape of the REST interface. */
export const FINDING_EXPORTS = { csv: "text/csv; charset=utf-8", jsonl: "application/x-ndjson" } as const;
export type FindingExport = keyof typeof FINDING_EXPORTS;

export function isExport(value: unknown): value is FindingExport {
  return typeof value === "string" && Object.hasOwn(FINDING_EXPORTS, value);
}

type Cell = string | number | null;

/** One row for each column of the sheet. */
const COLUMNS: Readonly<Record<string, (finding: FindingRecord) => Cell>> = {
  number: ({ number }) => `F-${number}`,
  title: ({ title }) => title,
  asset: ({ asset }) => asset,
  detector: ({ detector }) => detector,
  rule: ({ rule }) => rule,
  location: ({ location }) => location,
  category: ({ category }) => category,
  severity: ({ severity }) => severity.calibrated,
  technical_severity: ({ severity }) => severity.technical,
  effective_severity: ({ severity }) => severity.effective,
  scanner_status: ({ scanner_status }) => scanner_status,
  response: ({ response }) => response,
  response_code: ({ response_code }) => response_code,
  governance_status: ({ governance_status }) => governance_status,
  close_reason: ({ close_reason }) => close_reason,
  verification: ({ verification }) => verification,
  module_state: ({ module_state }) => module_state,
  route: ({ route }) => route,
  accepted_until: ({ accepted_until }) => accepted_until,
  re_review: ({ re_review }) => re_review?.reason ?? null,
  duplicate_of: ({ duplicate_of }) => (duplicate_of === null ? null : `F-${duplicate_of}`),
  assignee: ({ assignee }) => assignee,
  tickets: ({ tickets }) => tickets.map((number) => `T-${number}`).join(", "),
  tags: ({ tags }) => tags.join(", "),
  cve: ({ cve }) => cve.join(", "),
  cwe: ({ cwe }) => cwe.map((id) => `CWE-${id}`).join(", "),
  cvss: ({ cvss }) => cvss?.score ?? null,
  cvss_vector: ({ cvss }) => cvss?.vector ?? null,
  kev: ({ kev }) => String(kev),
  epss: ({ epss }) => epss,
  added_on: ({ added_on }) => added_on,
  last_seen_on: ({ last_seen_on }) => last_seen_on,
  last_scanned: ({ last_scanned }) => last_scanned,
  sla: ({ sla }) => sla.state,
  acknowledge_by: ({ sla }) => sla.acknowledge_by,
  resolve_by: ({ sla }) => sla.resolve_by,
  follow_up_on: ({ follow_up_on }) => follow_up_on,
  version: ({ version }) => version,
  description: ({ description }) => description,
  url: ({ url }) => url,
};

function linesOf(findings: readonly FindingRecord[]): string {
  return stringify(findings.map((finding) => Object.values(COLUMNS).map((cell) => safeCell(cell(finding)))));
}

/** The text of an export, piece by piece as its batches are read. A spreadsheet opens the CSV without running anything. */
export async function* findingsText(format: FindingExport, batches: AsyncIterable<readonly FindingRecord[]>): AsyncGenerator<string> {
  if (format === "csv") yield stringify([Object.keys(COLUMNS)]);
  for await (const batch of batches) yield format === "csv" ? linesOf(batch) : batch.map((finding) => `${JSON.stringify(finding)}\n`).join("");
}
