import fc from "fast-check";
import { expect, test } from "vitest";
import { allowedMoves, REMEDIATION_TABLE, rowOf, type Cause, type Mover } from "@/lib/domain/remediation/machine";
import { DEFAULT_TICKET_POLICY } from "@/lib/domain/remediation/policy";
import { moveTrack, worstOf, type Track } from "@/lib/domain/remediation/track";
import { REMEDIATIONS, type Remediation } from "@/lib/domain/ticket/words";

const NOW = new Date("2027-01-01T00:00:00Z");
const NEW: Track = { remediation: "open", attempts: 0, autoRetest: true, retestAt: null, escalatedAt: null };
const policy = DEFAULT_TICKET_POLICY;

test("nobody says that a fix is verified: evidence does, and a tracker reopens nothing: it takes back what it had said itself", () => {
  for (const from of REMEDIATIONS) {
    expect(allowedMoves(from, "person")).not.toContain("verified");
    expect(allowedMoves(from, "connector")).not.toContain("verified");
    expect(rowOf(from, "reopened", "connector", "reopening")).toBeUndefined();
  }
  expect(allowedMoves("verified", "connector")).toEqual([]);
  expect(allowedMoves("resolved", "system")).toEqual(["reopened", "verified"]);
  expect(allowedMoves("verified", "person")).toEqual(["reopened"]);
});

test("a person who reopens spends no attempt, a failed retest does, and only where a fix was claimed", () => {
  const fixed = moveTrack(NEW, { to: "resolved", by: "person", now: NOW }, policy);
  expect(fixed).toMatchObject({ remediation: "resolved", retestAt: new Date("2027-01-02T00:00:00Z"), autoRetest: true });
  if (!fixed) throw new Error("The table lost its way.");
  expect(moveTrack(fixed, { to: "reopened", cause: "reopening", by: "person", now: NOW }, policy)).toMatchObject({ attempts: 0, retestAt: null });
  expect(moveTrack(fixed, { to: "reopened", cause: "failure", by: "system", now: NOW }, policy)).toMatchObject({ attempts: 1, retestAt: null, escalates: false });
  expect(moveTrack(NEW, { to: "reopened", cause: "failure", by: "system", now: NOW }, policy)).toBeNull();
});

const asked = fc.record({ to: fc.constantFrom(...REMEDIATIONS), by: fc.constantFrom<Mover>("person", "connector", "system"), cause: fc.option(fc.constantFrom<Cause>("work", "fix", "reopening", "proof", "failure"), { nil: undefined }) });

test("however it is moved: only a fix waits for a retest, attempts count failures, the limit always reaches the security team", () => {
  fc.assert(fc.property(fc.array(asked, { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (moves, maxAttempts) => {
    let track = NEW;
    let failures = 0;
    for (const [at, move] of moves.entries()) {
      const now = new Date(NOW.getTime() + at);
      const moved = moveTrack(track, { ...move, now }, { ...policy, maxAttempts });
      expect(moved !== null).toBe(rowOf(track.remediation, move.to, move.by, move.cause) !== undefined);
      if (moved === null) continue;
      const failed = moved.attempts > track.attempts;
      failures += failed ? 1 : 0;
      expect(moved.attempts).toBe(failures);
      expect(moved.escalates).toBe(failed && failures >= maxAttempts);
      if (failed) expect([move.by, moved.remediation]).toEqual(["system", "reopened"]);
      expect(moved.retestAt !== null).toBe(moved.remediation === "resolved");
      if (moved.remediation === "verified") expect(move.by).toBe("system");
      track = moved;
    }
    expect(track.escalatedAt !== null).toBe(failures >= maxAttempts);
  }), { numRuns: 300 });
});

test("a ticket shows the worst of its findings, in the order in which the database ranks them", () => {
  expect(worstOf([])).toBe("open");
  fc.assert(fc.property(fc.array(fc.constantFrom<Remediation>(...REMEDIATIONS), { minLength: 1 }), (all) => {
    const worst = worstOf(all);
    return all.includes(worst) && all.every((one) => REMEDIATIONS.indexOf(one) >= REMEDIATIONS.indexOf(worst));
  }));
});

test("every way of the table leads somewhere else, and every state can be left", () => {
  for (const { from, to } of REMEDIATION_TABLE) expect(from).not.toContain(to);
  for (const state of REMEDIATIONS) expect(REMEDIATION_TABLE.some(({ from }) => from.includes(state))).toBe(true);
});
