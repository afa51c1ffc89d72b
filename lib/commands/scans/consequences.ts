import type { Tx } from "@/lib/db/client";
import { duplicatesOf, flag, foldLegacy, moveClocks, reopen, seenResolved, type Duplicate, type LegacyFold, type Newcomer, type SeenResolved } from "@/lib/db/sql/scan-decisions";
import { legacyEntry } from "@/lib/domain/finding/legacy-code";
import { ORIGINAL_REOPENED, redetection, SEEN_AGAIN } from "@/lib/domain/finding/redetection";
import type { DecisionPolicy } from "@/lib/domain/finding/state";
import type { TrailEntry } from "@/lib/gate/commit";

/** Resolutions that a scan contradicts, as ids and with all that their entries need. */
export type Contradictions = {
  reopened: readonly number[];
  flagged: readonly number[];
  resolved: readonly SeenResolved[];
  duplicates: readonly Duplicate[];
};

/** Asks the domain about each resolved finding that the scan sees: keep, reopen or flag. One that is flagged already stays so. */
export async function contradictions(tx: Tx, { environment }: { environment: number }, policy: DecisionPolicy): Promise<Contradictions> {
  const seen = await seenResolved(tx);
  const verdict = (finding: SeenResolved) => redetection({ governance: "resolved", ...finding, lastScanned: null }, finding.takenAt, policy);
  const reopened = seen.filter((finding) => verdict(finding) === "reopen");
  const flagged = seen.filter((finding) => verdict(finding) === "flag" && finding.reReview === null);
  const duplicates = await duplicatesOf(tx, environment, reopened.map(({ number }) => number));
  return { reopened: reopened.map(({ id }) => id), flagged: flagged.map(({ id }) => id), resolved: [...reopened, ...flagged], duplicates };
}

/** What follows from a scan for decisions: entries of the log, and the writes that they announce. */
export type Consequences = { trail: readonly TrailEntry[]; contradictions: Contradictions; folds: readonly LegacyFold[] };

export function followUps(found: Contradictions, newcomers: readonly Newcomer[], scan: number, now: Date): Consequences {
  const reopened = new Set(found.reopened);
  const folds = newcomers.map((one) => ({ ...one, entry: legacyEntry(one.code, now) })).filter(({ entry }) => entry.governance !== "open");
  return {
    trail: [
      ...found.resolved.map((finding) => (reopened.has(finding.id) ? regressed(finding, scan) : seenAgain(finding, scan))),
      ...found.duplicates.map((duplicate) => originalReopened(duplicate, scan)),
      ...folds.map((fold) => folded(fold, scan)),
    ],
    contradictions: found,
    folds: folds.map(({ id, entry }) => ({ id, governance: entry.governance, acceptedUntil: entry.acceptedUntil, reReview: entry.reReview })),
  };
}

/** The writes, after the entries. Clocks move last: they look at the status that the others left. */
export async function writeConsequences(tx: Tx, at: { environment: number; now: Date; acceptedBands: number }, done: Consequences): Promise<void> {
  await reopen(tx, done.contradictions.reopened, at.now);
  await flag(tx, done.contradictions.flagged, SEEN_AGAIN);
  await flag(tx, done.contradictions.duplicates.map(({ id }) => id), ORIGINAL_REOPENED);
  await foldLegacy(tx, at.environment, done.folds, at.acceptedBands, at.now);
  await moveClocks(tx, at.now);
}

/** The old decision stays in plain view: who took it, when, as what and why. */
function before({ closeReason, decidedAt, decidedBy, reason, note, verification }: SeenResolved) {
  return { governance_status: "resolved", close_reason: closeReason, decided_at: decidedAt, decided_by: decidedBy, reason, note, verification };
}

function regressed(finding: SeenResolved, scan: number): TrailEntry {
  const { id, number, version, takenAt, closeReason, decidedBy } = finding;
  return {
    action: "finding.regressed",
    record: { type: "finding", number },
    finding: { id, version: version + 1, fields: ["status", "reason", "follow_up", "re_review", "verification", "response_time", "sla"] },
    hop: { from: "resolved", to: "reopened" },
    before: before(finding),
    after: { governance_status: "reopened", close_reason: null, seen_at: takenAt },
    reason: `Seen again by scan ${scan}, after it was resolved${closeReason === null ? "" : ` as ${closeReason}`}${decidedBy === null ? "" : ` by ${decidedBy}`}.`,
    scan,
    bySystem: true,
  };
}

function seenAgain(finding: SeenResolved, scan: number): TrailEntry {
  const { id, number, version } = finding;
  return {
    action: "finding.re_review_flagged",
    record: { type: "finding", number },
    finding: { id, version: version + 1, fields: ["re_review"] },
    before: before(finding),
    after: { re_review: SEEN_AGAIN },
    reason: SEEN_AGAIN,
    scan,
    bySystem: true,
  };
}

function originalReopened({ id, number, version, original }: Duplicate, scan: number): TrailEntry {
  return {
    action: "finding.re_review_flagged",
    record: { type: "finding", number },
    finding: { id, version: version + 1, fields: ["re_review"] },
    before: { re_review: null },
    after: { re_review: ORIGINAL_REOPENED, duplicate_of: original },
    reason: ORIGINAL_REOPENED,
    scan,
    bySystem: true,
  };
}

const ACCEPTED_FIELDS = ["status", "acceptance", "re_review", "response_time", "sla"];

function folded({ id, number, code, entry }: Newcomer & { entry: ReturnType<typeof legacyEntry> }, scan: number): TrailEntry {
  return {
    action: "finding.legacy_folded",
    record: { type: "finding", number },
    finding: { id, version: 1, fields: entry.governance === "accepted_risk" ? ACCEPTED_FIELDS : ["status", "response_time", "sla"] },
    hop: { from: "open", to: entry.governance },
    before: { legacy_code: code },
    after: { governance_status: entry.governance, accepted_until: entry.acceptedUntil, re_review: entry.reReview },
    reason: `Taken over from the old status code ${code}.`,
    scan,
    bySystem: true,
  };
}
