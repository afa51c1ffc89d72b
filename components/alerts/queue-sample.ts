import type { AlertsPage, FindingRow, QueueCounts } from "@/lib/domain/views/alerts";
import { wholeTab } from "@/lib/domain/views/queue-address";

/** A queue to test with: of rows and page only what moves when somebody decides or reads on. Never drawn. */
export const NO_COUNTS: QueueCounts = {
  tabs: { needs_review: 0, investigating: 0, accepted_risk: 0, closed: 0, all: 0 }, responses: { needs_review: 0, investigating: 0, accepted_risk: 0, closed: 0 },
  unassigned: 0, chips: { re_review: 0, live: 0, waiting: 0, expiring: 0, requested: 0 },
};

const isRow = (row: unknown): row is FindingRow => typeof row === "object" && row !== null && "number" in row;
const isPage = (page: unknown): page is AlertsPage => typeof page === "object" && page !== null && "rows" in page;

export function rowOf(number: number): FindingRow {
  const row: unknown = { number, version: 0, title: `Finding ${number}`, scannerStatus: "open", governance: "open", response: "needs_review", assignee: null, tags: [], closeReason: null, moduleState: null, route: null, requested: null, reReview: null, verification: "none", kev: false, severity: { technical: "high", calibrated: "high", effective: "high" } };
  if (!isRow(row)) throw new Error("no row");
  return row;
}

export function pageOf(rows: readonly FindingRow[], more: Partial<AlertsPage> = {}): AlertsPage {
  const page: unknown = { filter: wholeTab("needs_review"), me: { id: 1, name: "Ann", email: "ann@example.test", initials: "AN", role: "analyst" }, rows, nextCursor: null, previousCursor: null, offset: 0, at: null, counts: NO_COUNTS, total: rows.length, ...more };
  if (!isPage(page)) throw new Error("no page");
  return page;
}
