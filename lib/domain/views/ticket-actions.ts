import type { CloseReason } from "@/lib/domain/finding/words";
import type { RefusalCode, Result } from "@/lib/domain/refusal";
import type { Grouping } from "@/lib/domain/ticket/input";
import type { Priority } from "@/lib/domain/ticket/words";
import type { Seen } from "./actions";
import type { TimelinePage } from "./finding";
import type { Instant } from "./shell";
import type { DestinationChoice, LinkOffers, MergeOffer, TicketFilter, TicketPage, TicketPreview, TicketsPage } from "./tickets";

/** What an act on tickets did: their numbers, those left alone and why, and the findings that it touched. */
export type TicketsChanged = { actionId: string | null; changed: readonly number[]; skipped: readonly { number: number; code: RefusalCode; why: string }[]; findings: readonly number[] };

/** The tickets that were made, and the findings that have none and why. */
export type TicketsMadeView = {
  tickets: readonly { number: number; findings: readonly number[] }[];
  left: readonly { number: number; code: RefusalCode; why: string; ticket: number | null; override: boolean }[];
};

export type CreateTicketsInput = {
  environment: number; items: readonly Seen[]; grouping: Grouping; connector: number | null;
  title?: string; description?: string; assignee?: number | null; team?: string; cc?: readonly string[]; priority?: Priority; labels?: readonly string[]; dueOn?: Instant;
  insist?: boolean; override?: string;
};

export type CloseTicketsInput = { environment: number; items: readonly Seen[]; reason: CloseReason; notes?: string; justification?: string; followUpOn?: Instant };

/** What is left out stays as it is; null takes it away. */
export type EditTicketInput = { environment: number; number: number; version: number; title?: string; description?: string; assignee?: number | null; team?: string | null; cc?: readonly string[]; priority?: Priority; labels?: readonly string[]; dueOn?: Instant | null; followUpOn?: Instant | null };

/** What makes tickets of findings, from wherever findings are. */
export type TicketMaking = {
  previewTickets: (raw: CreateTicketsInput) => Promise<Result<TicketPreview>>;
  createTickets: (raw: CreateTicketsInput) => Promise<Result<TicketsMadeView>>;
  loadDestinations: (raw: { environment: number }) => Promise<Result<readonly DestinationChoice[]>>;
};

/** What closes tickets and opens them again. */
export type TicketDeeds = {
  closeTickets: (raw: CloseTicketsInput) => Promise<Result<TicketsChanged>>;
  reopenTickets: (raw: { environment: number; items: readonly Seen[]; reason: string; insist?: boolean }) => Promise<Result<TicketsChanged>>;
};

/** The doors of the list of tickets. */
export type TicketListActions = TicketDeeds & { loadTickets: (raw: TicketFilter & { environment: number }) => Promise<Result<TicketsPage>> };

type Changed = Promise<Result<unknown>>;
type OneTicket = { environment: number; ticket: number };
type OneFinding = { environment: number; finding: number };
type OnFindings = OneTicket & { version: number; findings: readonly number[] };
type OneDrift = OneTicket & { field: string; note?: string };

/** The doors of the page of one ticket; one that may be missing is not offered while it is. */
export type TicketPageActions = TicketDeeds & {
  editTicket: (raw: EditTicketInput) => Promise<Result<TicketsChanged>>;
  tickCheck: (raw: OneTicket & { position: number; ticked: boolean }) => Changed;
  dismissProposal: (raw: OneTicket & { note: string }) => Changed;
  linkOffers: (raw: OneTicket & { named: readonly number[]; alike: boolean }) => Promise<Result<LinkOffers>>;
  linkFindings: (raw: OnFindings & { insist?: boolean; note?: string }) => Promise<Result<TicketsChanged>>;
  unlinkFindings: (raw: OnFindings & { note?: string }) => Promise<Result<TicketsChanged>>;
  splitTicket: (raw: OnFindings & { title?: string }) => Promise<Result<TicketsChanged>>;
  mergeTickets: (raw: { environment: number; into: number; version: number; from: readonly { number: number; version: number }[]; note?: string }) => Promise<Result<TicketsChanged>>;
  mergeOffers: (raw: OneTicket & { search: string }) => Promise<Result<readonly MergeOffer[]>>;
  loadTicket: (raw: { environment: number; number: number }) => Promise<Result<TicketPage>>;
  loadTicketTimeline: (raw: { environment: number; number: number; cursor: string | null }) => Promise<Result<TimelinePage>>;
  requestRetests?: (raw: { environment: number; items: readonly number[]; dueAt?: Instant; note?: string }) => Promise<Result<{ retests: readonly unknown[]; left: readonly { why: string }[] }>>;
  settleRetest?: (raw: OneFinding & { passed: boolean; note: string; reference?: string }) => Changed;
  cancelRetest?: (raw: OneFinding & { note: string }) => Changed;
  moveRemediation?: (raw: OneTicket & { findings: readonly number[]; to: "open" | "in_progress" | "resolved"; note?: string }) => Changed;
  retryDelivery?: (raw: { environment: number; delivery: number; insist?: boolean }) => Changed;
  cancelDelivery?: (raw: { environment: number; delivery: number }) => Changed;
  sendAnew?: (raw: OneTicket & { note?: string; insist?: boolean }) => Changed;
  linkByHand?: (raw: OneTicket & { key: string; url?: string }) => Changed;
  acceptDrift?: (raw: OneDrift) => Changed;
  pushBack?: (raw: OneDrift) => Changed;
  recordDrift?: (raw: OneDrift) => Changed;
};
