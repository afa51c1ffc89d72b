import type { CloseReason, Governance, ScannerStatus, Severity, Verification } from "@/lib/domain/finding/words";
import type { Destination, Priority, Remediation, Sync, TicketState, TicketTab } from "@/lib/domain/ticket/words";
import type { EvidenceView, TimelinePage } from "./finding";
import type { EnvironmentView, Instant, Me, PersonView } from "./shell";

/** A ticket as a row of its list. */
export type TicketRow = {
  number: number; title: string; state: TicketState; reopenCount: number; closeReason: CloseReason | null;
  severity: Severity; priority: Priority; remediation: Remediation; attempts: number; findingCount: number;
  /** numbers of its first findings */
  findings: readonly number[];
  assignee: string | null; team: string | null; dueOn: Instant | null; retestAt: Instant | null; followUpOn: Instant | null;
  destination: Destination; connector: string | null;
  external: { key: string; url: string | null; status: string | null; isDone: boolean } | null;
  sync: Sync; drift: readonly string[]; proposal: string | null;
  createdAt: Instant; updatedAt: Instant; closedAt: Instant | null; version: number;
};

export const TICKET_SORTS = ["severity", "updated", "created"] as const;
export type TicketSort = (typeof TICKET_SORTS)[number];

/** What the list of tickets shows; stands in its address. */
export type TicketFilter = {
  tab: TicketTab; search: string; sort: TicketSort; severity: readonly Severity[]; priority: readonly Priority[]; remediation: readonly Remediation[];
  destination: readonly Destination[]; assignee: string | null; finding: number | null; cursor: string | null;
};

export type TicketsPage = {
  environment: EnvironmentView; me: Me; now: Instant; people: readonly PersonView[]; connectors: readonly DestinationChoice[];
  filter: TicketFilter; counts: Readonly<Record<TicketTab, number>>; rows: readonly TicketRow[]; nextCursor: string | null; total: number;
};

/** Where a ticket may go; `connector` null: it stays here. `trouble`: why it cannot take one now. */
export type DestinationChoice = { connector: number | null; destination: Destination; name: string; trouble: string | null };

/** A finding of a ticket, both of its axes and how far its fix is. */
export type TicketFindingView = {
  number: number; title: string; asset: string; severity: Severity; scanner: ScannerStatus; governance: Governance; verification: Verification; version: number;
  remediation: Remediation; attempts: number; autoRetest: boolean; retestAt: Instant | null; escalatedAt: Instant | null; evidenceCount: number;
  retest: RetestView | null; acknowledgedAt: Instant | null;
};

export type RetestView = { id: number; finding: number; status: "requested" | "passed" | "failed" | "cancelled"; dueAt: Instant; requestedBy: string; settledBy: string | null; settledAt: Instant | null; note: string | null; scan: number | null };

export type CheckView = { position: number; label: string; tickedBy: string | null; tickedAt: Instant | null };

/** One field in which finding, what was sent last and what stands over there do not agree. */
export type DriftView = { field: string; ours: string | null; sent: string | null; theirs: string | null };

/** What still waits for somebody, in order of weight; `act` names what ends it. */
export type TicketTask = { kind: "complete_acceptance" | "record_disposition" | "follow_up" | "close_here" | "reopen_proposed" | "drift" | "send_failed" | "in_doubt" | "gone" | "merged"; text: string; findings: readonly number[] };

export type TicketDetail = TicketRow & {
  description: string; notes: string | null; reopenReason: string | null; cc: readonly string[]; labels: readonly string[]; createdBy: string; gaps: readonly string[];
  mergedInto: number | null; splitFrom: number | null; payloadHash: string | null; url: string;
  linked: readonly TicketFindingView[]; unlinked: readonly { number: number; title: string; at: Instant }[];
  checks: readonly CheckView[]; evidence: readonly (EvidenceView & { finding: number })[]; drifts: readonly DriftView[]; tasks: readonly TicketTask[];
  deliveries: readonly DeliveryView[]; timeline: TimelinePage;
};

export type TicketPage = { environment: EnvironmentView; me: Me; now: Instant; people: readonly PersonView[]; connectors: readonly DestinationChoice[]; maxAttempts: number; ticket: TicketDetail };

/** A ticket as a finding shows it. */
export type FindingTicketView = Pick<TicketRow, "number" | "title" | "state" | "reopenCount" | "closeReason" | "remediation" | "attempts" | "assignee" | "external" | "sync" | "destination" | "createdAt" | "closedAt" | "version"> & { isLinked: boolean };

/** What may be put on a ticket. `isNamed`: it was asked for by its number; `isHere`: it is on it already; `ticket`: another open one that it has. */
export type LinkOffer = { number: number; title: string; asset: string; severity: Severity; isNamed: boolean; isHere: boolean; ticket: number | null };
/** An open ticket to merge with; `shared`: how many findings both have. */
export type MergeOffer = { number: number; title: string; severity: Severity; findingCount: number; shared: number };
/** `findings`: those that were named, and those alike where they were asked for. */
export type LinkOffers = { findings: readonly LinkOffer[]; missing: readonly number[] };

/** What making tickets of a selection would do: one group is one ticket. */
export type TicketPreview = {
  groups: readonly { title: string; findings: readonly number[]; severity: Severity; description: string; gaps: readonly string[] }[];
  /** findings that are left out, and why; `override`: a note lets them in */
  left: readonly { number: number; why: string; ticket: number | null; override: boolean }[];
  /** the request that the destination would get for the first group, word by word; null: it stays here */
  request: { method: string; address: string; headers: Readonly<Record<string, string>>; body: string } | null;
};

/** One delivery to a tracker. */
export type DeliveryView = {
  id: number; ticket: number; title: string; connector: string; destination: Destination; kind: "create" | "update" | "close" | "reopen" | "comment"; status: "pending" | "sending" | "in_doubt" | "failed" | "sent" | "cancelled";
  attempts: number; dueAt: Instant; askedAt: Instant | null; settledAt: Instant | null; error: string | null;
};
