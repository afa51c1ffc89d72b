import type { AuditAction } from "@/lib/domain/audit/actions";
import { legacyEntry, type LegacyEntry } from "@/lib/domain/finding/legacy-code";
import { ORIGINAL_REOPENED, redetection, SEEN_AGAIN } from "@/lib/domain/finding/redetection";
import type { DecisionPolicy } from "@/lib/domain/finding/state";
import type { CloseReason, Governance } from "@/lib/domain/finding/words";

/** So many findings at a time are decided and told in the log: however many a scan concerns, memory stays as it is. */
export const AT_A_TIME = 1_000;

/** A resolved finding that a scan sees, being its newest: what the verdict on it rests on. */
export type Sighted = {
  id: number;
  takenAt: Date;
  closeReason: CloseReason | null;
  decidedAt: Date | null;
  reReview: string | null;
};

/** The same with who resolved it and why. */
export type SeenResolved = Sighted & {
  number: number;
  version: number;
  verification: string;
  decidedBy: string | null;
  reason: string | null;
  note: string | null;
};

/** A duplicate whose original is reopened. */
export type Duplicate = { id: number; number: number; version: number; original: number };

/** A finding that arrives with the status code of an older system. */
export type Newcomer = { id: number; number: number; code: string };

/** Resolutions that a scan contradicts: those that the system reopens, and those that policy only flags. */
export type Contradicted<T extends Sighted = SeenResolved> = { reopened: readonly T[]; flagged: readonly T[] };

/** Asks of each what the policy does to its decision. One that is flagged already stays so. */
export function contradictedBy<T extends Sighted>(seen: readonly T[], policy: Pick<DecisionPolicy, "redetection">): Contradicted<T> {
  const verdict = (finding: T) => redetection({ governance: "resolved", ...finding, lastScanned: null }, finding.takenAt, policy);
  return {
    reopened: seen.filter((finding) => verdict(finding) === "reopen"),
    flagged: seen.filter((finding) => verdict(finding) === "flag" && finding.reReview === null),
  };
}

/** An entry of the log, by the system, as the gate takes it. */
export type Entry = {
  action: AuditAction;
  record: { type: "finding"; number: number };
  finding: { id: number; version: number; fields: readonly string[] };
  hop?: { from: Governance; to: Governance };
  before: unknown;
  after: unknown;
  reason: string;
  scan: number;
  bySystem: true;
};

export type Fold = Newcomer & { entry: LegacyEntry };

/** Old codes that say more than "needs review", each with how its finding arrives. */
export function foldsOf(newcomers: readonly Newcomer[], now: Date): Fold[] {
  return newcomers.map((one) => ({ ...one, entry: legacyEntry(one.code, now) })).filter(({ entry }) => entry.governance !== "open");
}

/** The entries of resolutions that fall or are flagged. */
export function contradictions({ reopened, flagged }: Contradicted, scan: number): Entry[] {
  return [...reopened.map((finding) => regressed(finding, scan)), ...flagged.map((finding) => seenAgain(finding, scan))];
}

/** The old decision stays in plain view: who took it, when, as what and why. */
function before({ closeReason, decidedAt, decidedBy, reason, note, verification }: SeenResolved) {
  return { governance_status: "resolved", close_reason: closeReason, decided_at: decidedAt, decided_by: decidedBy, reason, note, verification };
}

function regressed(finding: SeenResolved, scan: number): Entry {
  const { id, number, version, takenAt, closeReason, decidedBy } = finding;
  const as = closeReason === null ? "" : ` as ${closeReason}`;
  const by = decidedBy === null ? "" : ` by ${decidedBy}`;
  return {
    action: "finding.regressed",
    record: { type: "finding", number },
    finding: { id, version: version + 1, fields: ["status", "reason", "follow_up", "re_review", "verification", "response_time", "sla"] },
    hop: { from: "resolved", to: "reopened" },
    before: before(finding),
    after: { governance_status: "reopened", close_reason: null, seen_at: takenAt },
    reason: `Seen again by scan ${scan}, after it was resolved${as}${by}.`,
    scan,
    bySystem: true,
  };
}

function seenAgain(finding: SeenResolved, scan: number): Entry {
  return { ...flag(finding, scan, SEEN_AGAIN), before: before(finding), after: { re_review: SEEN_AGAIN } };
}

/** The entry of a duplicate whose original is reopened. */
export function originalReopened(duplicate: Duplicate, scan: number): Entry {
  const after = { re_review: ORIGINAL_REOPENED, duplicate_of: duplicate.original };
  return { ...flag(duplicate, scan, ORIGINAL_REOPENED), before: { re_review: null }, after };
}

function flag({ id, number, version }: Pick<Duplicate, "id" | "number" | "version">, scan: number, reason: string) {
  const action = "finding.re_review_flagged" as const;
  const record = { type: "finding" as const, number };
  return { action, record, finding: { id, version: version + 1, fields: ["re_review"] }, reason, scan, bySystem: true as const };
}

const ACCEPTED_FIELDS = ["status", "acceptance", "re_review", "response_time", "sla"];

/** The entry of a finding that arrives with an old code. */
export function folded({ id, number, code, entry }: Fold, scan: number): Entry {
  return {
    action: "finding.legacy_folded",
    record: { type: "finding", number },
    finding: { id, version: 1, fields: entry.governance === "accepted_risk" ? ACCEPTED_FIELDS : ["status", "response_time", "sla"] },
    hop: { from: "open", to: entry.governance },
    before: { governance_status: "open", legacy_code: code },
    after: { governance_status: entry.governance, accepted_until: entry.acceptedUntil, re_review: entry.reReview },
    reason: `Taken over from the old status code ${code}.`,
    scan,
    bySystem: true,
  };
}

/** A finding that a scan knows again by its rule and text in another place. */
export type Moved = { id: number; number: number; was: string; location: string };

/** A fact of detection, not a decision: it has no version, and nothing of it can be taken back. */
export function movesOf(moved: readonly Moved[], scan: number) {
  return moved.map(({ id, number, was, location }) => ({
    action: "finding.moved" as const,
    record: { type: "finding" as const, number },
    finding: { id, version: null, fields: [] },
    before: { location: was },
    after: { location },
    reason: `Scan ${scan} sees the same weakness here and no longer there.`,
    scan,
    bySystem: true as const,
  }));
}
