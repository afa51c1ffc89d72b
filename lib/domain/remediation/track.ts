import { rowOf, type Cause, type Mover } from "@/lib/domain/remediation/machine";
import type { TicketPolicy } from "@/lib/domain/remediation/policy";
import { REMEDIATIONS, type Remediation } from "@/lib/domain/ticket/words";

const HOUR = 3_600_000;

/** How far the fix of one finding in one ticket is. */
export type Track = {
  remediation: Remediation;
  /** Verifications that failed. */
  attempts: number;
  autoRetest: boolean;
  /** Not looked at before: the deployment window. Null: no fix waits for its proof. */
  retestAt: Date | null;
  /** When it was last handed to the security team. */
  escalatedAt: Date | null;
};

/** A track that somebody moves: to where, why, when, and whether the fix shall be looked at again by itself. */
export type Moving = { to: Remediation; cause?: Cause | undefined; by: Mover; now: Date; autoRetest?: boolean | undefined };

export type Moved = Track & { escalates: boolean };

/**
 * Moves a track by the table; null: the table has no such way. A fix waits out the deployment window before it is looked at, a failure costs an
 * attempt and reaches the security team once there are as many as the policy allows, and each time after that.
 */
export function moveTrack(track: Track, moving: Moving, policy: Pick<TicketPolicy, "maxAttempts" | "deploymentHours" | "autoRetest">): Moved | null {
  const row = rowOf(track.remediation, moving.to, moving.by, moving.cause);
  if (!row) return null;
  const autoRetest = moving.autoRetest ?? (row.cause === "fix" ? policy.autoRetest : track.autoRetest);
  const moved: Track = { ...track, remediation: row.to, autoRetest, retestAt: row.cause === "fix" ? retestAfter(moving.now, policy) : null };
  if (row.cause !== "failure") return { ...moved, escalates: false };
  const attempts = track.attempts + 1;
  const escalates = attempts >= policy.maxAttempts;
  return { ...moved, attempts, escalatedAt: escalates ? moving.now : track.escalatedAt, escalates };
}

/** When a fix that is ready now may be looked at. */
export function retestAfter(now: Date, { deploymentHours }: Pick<TicketPolicy, "deploymentHours">): Date {
  return new Date(now.getTime() + deploymentHours * HOUR);
}

/** What a ticket shows: the worst of its findings; open where it has none. */
export function worstOf(all: readonly Remediation[]): Remediation {
  return REMEDIATIONS.find((one) => all.includes(one)) ?? "open";
}
