import type { EvidenceFile } from "@/lib/domain/evidence/file";
import type { CloseReason, EvidenceKind, Governance, Severity, Tab, Verification } from "@/lib/domain/finding/words";
import type { Exposure, Sensitivity } from "@/lib/domain/asset/words";
import type { TimelineKind } from "@/lib/domain/audit/timeline";
import type { CarryView, TwinView } from "./carry";
import type { SuggestionView } from "./suggestion";
import type { FindingRow, QueuePolicy } from "./alerts";
import type { FindingTicketView } from "./tickets";
import type { EnvironmentView, Instant, Me, PersonView } from "./shell";

export type EvidenceView = { id: number; kind: EvidenceKind; reference: string | null; note: string | null; approver: string | null; addedBy: string; at: Instant; file?: EvidenceFile | null };

/** One of the four steps of custody, and the proof where policy asks for one; `at` null is a gap, `label` says what fills it ("T-101", "Patched") or what it waits for. */
export type ChainStep = { step: "matched" | "ticket_created" | "ticket_closed" | "disposition" | "verified"; at: Instant | null; label: string | null };

export type ShareView = { to: string; isMe: boolean; by: string; note: string | null; at: Instant };

export type RelatedFinding = { number: number; title: string; asset: string; severity: Severity; why: "same rule" | "same asset" };

/** Others of the same kind beside one, itself not counted; `isMore`: there are more than were counted. */
type Beside = { count: number; isMore: boolean };

/** What stands around a finding, and how the team decided before: on others of its rule (`number` and `by` of the newest), and on itself. */
export type NeighboursView = {
  found: readonly RelatedFinding[];
  sameRule: Beside;
  sameAsset: Beside;
  precedents: readonly { governance: Governance; reason: CloseReason | null; count: number; number: number; by: string | null; at: Instant | null }[];
  /** `entry`: the anchor in its timeline; `revoked`: it was taken back */
  dispositions: readonly { reason: string; by: string; at: Instant; entry: string; revoked: boolean }[];
  /** how often scans lost sight of it and saw it again */
  returns: { gone: number; back: number; last: Instant | null };
};

/** One action on a finding: its hops folded, its text plain. */
export type TimelineEntry = {
  /** stable, the anchor of the permalink ("e1234" for an event, "s218-3" for a detection change) */
  id: string;
  at: Instant;
  actor: { type: "user" | "token" | "automation" | "connector" | "system"; name: string; initials: string };
  kind: TimelineKind;
  /** audit action ("finding.transition") */
  action: string;
  /** the action in words, without the actor: "recorded the disposition", "scan 218 sees it again" */
  headline: string;
  hops: readonly { from: Governance; to: Governance }[];
  /** what changed, one line per field: "Severity: High → Critical" */
  changes: readonly { field: string; before: string | null; after: string | null }[];
  /** the headline says what matters of the changes: they are shown when somebody opens them */
  isFolded?: boolean;
  reason: string | null;
  note: string | null;
  evidence: string | null;
  /** what was attached with it */
  files?: readonly EvidenceFile[];
  sequences: readonly string[];
  /** id to hand to revertAction, null when it cannot be undone by this person now */
  revocable: string | null;
  bulkId: string | null;
};

/** `marked`: the entry that an address asks for; `startsAt`: these begin with it, newer ones are left out. */
export type TimelinePage = { entries: readonly TimelineEntry[]; nextCursor: string | null; marked?: string | null; startsAt?: boolean };

export type FindingDetail = FindingRow & {
  description: string | null;
  observation: string | null;
  remediation: string | null;
  references: readonly string[];
  ghsa: readonly string[];
  /** computed: what the vector gives by the standard's own rules; the report's score may be another */
  cvss: { version: string; vector: string | null; score: number | null; computed: number | null } | null;
  /** the status code of an older system that it came with, as the report gave it */
  legacyCode: string | null;
  /** the scanner's own word for the severity */
  severityWord: string | null;
  /** when the tool itself says that it first saw it */
  toolFirstSeen: Instant | null;
  /** editions of the catalogues that kev and epss come from; null: none is loaded */
  catalogues: { kev: Instant | null; epss: Instant | null };
  evidence: readonly EvidenceView[];
  verification: Verification;
  /** the tickets that carry the work on it, and those that it was parted from, newest first */
  tickets: readonly FindingTicketView[];
  chain: readonly ChainStep[];
  allowedTransitions: readonly Governance[];
  /** what it ranks by beside its severity; `percentile` and `score` from 0 to 1 */
  rank: {
    calibratedBy: string | null; calibratedWhy: string | null;
    kev: { cve: string; addedOn: Instant | null; dueOn: Instant | null; ransomware: boolean } | null;
    epss: { cve: string; percentile: number } | null;
    asset: { exposure: Exposure; sensitivity: Sensitivity; owner: string | null; team: string | null };
  };
  /** "why is this here?": the rule, the timestamps, the events and who moved it last, one sentence each */
  why: readonly string[];
  neighbours: NeighboursView;
  ruleName: string | null;
  lastScanned: Instant | null;
  acceptance: { by: string; approver: string | null; justification: string | null; until: Instant } | null;
  /** an acceptance that waits for an approver; `actionId` is what taking it back names, `isMine` whether the reader asked for it */
  request: { by: string; isMine: boolean; at: Instant; until: Instant; justification: string | null; actionId: string } | null;
  calibratedAt: Instant | null;
  duplicateOf: number | null;
  /** an open proposal: this new finding looks like one that was decided */
  carry: CarryView | null;
  /** the findings that share a decision with this one because somebody carried it over */
  carriedFrom: number | null;
  carriedTo: readonly number[];
  /** what others state about it, open ones first */
  suggestions: readonly SuggestionView[];
  /** the same weakness as other detectors see it */
  twins: readonly TwinView[];
  /** whom it was shared with, by whom and why, newest first */
  shares: readonly ShareView[];
  isBookmarked: boolean;
  timeline: TimelinePage;
};

/** "Why is this here?" of one row. Instants stand in the lines as ISO 8601; `entry` is the anchor of the newest act of people in the timeline. */
export type WhyView = { number: number; title: string; tab: Tab; lines: readonly string[]; last: { by: string; at: Instant; what: string; entry: string } | null };

/** A finding on a page of its own. */
export type FindingPage = {
  environment: EnvironmentView;
  me: Me;
  now: Instant;
  people: readonly PersonView[];
  policy: QueuePolicy;
  finding: FindingDetail;
};
