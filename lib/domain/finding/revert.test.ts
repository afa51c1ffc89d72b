import { describe, expect, it } from "vitest";
import { assign } from "@/lib/domain/finding/ownership";
import { decide, type Decision } from "@/lib/domain/finding/decide";
import { peopleState } from "@/lib/domain/finding/outcome";
import { revert, type LoggedAction, type RevertContext } from "@/lib/domain/finding/revert";
import type { FindingState } from "@/lib/domain/finding/state";
import { context, days, finding, hours } from "@/lib/testing/finding-state";

const ANNA = 1;
const BEN = 2;

/** Anna decides; gives the finding afterwards and her action as the log remembers it. */
function acted(before: FindingState, decision: Decision): { state: FindingState; action: LoggedAction } {
  const result = decide(before, decision, context());
  if (!result.ok) throw new Error(result.refusal.message);
  const version = before.version + result.value.hops.length;
  const action = { id: "a1", actorId: ANNA, at: hours(1), before: peopleState(before) };
  return { state: { ...before, ...result.value.after, version }, action };
}

function undo(over: Partial<RevertContext> = {}): RevertContext {
  return { now: hours(2), actorId: ANNA, isManager: false, windowHours: 24, newestActionId: "a1", sightedAt: null, ...over };
}

const busy = finding({
  ...{ governance: "accepted_risk", closeReason: "risk_accepted", acceptedUntil: days(1), acceptanceId: 9 },
  ...{ assigneeId: BEN, tags: ["edge", "pci"], reReview: "Ticket reopened.", firstResponseAt: hours(0), decidedAt: hours(0) },
  ...{ slaPausedAt: hours(0), resolveBy: null },
});

describe("taking an action back", () => {
  it("restores every column exactly, through hops that no edge leads back", () => {
    const { state, action } = acted(busy, { response: "closed", reason: "patched" });
    expect(state).toMatchObject({ governance: "resolved", version: 2, acceptedUntil: null, reReview: null });

    const result = revert(state, action, undo());
    expect(result).toEqual({ ok: true, value: { hop: { from: "resolved", to: "accepted_risk" }, after: peopleState(busy) } });
  });

  it("logs no hop where no status had moved", () => {
    const before = finding();
    const assigned = assign(before, BEN, context());
    if (!assigned.ok) throw new Error("not assigned");
    const action = { id: "a1", actorId: ANNA, at: hours(1), before: peopleState(before) };
    expect(revert({ ...before, ...assigned.value }, action, undo())).toMatchObject({ ok: true, value: { hop: null, after: { assigneeId: null, firstResponseAt: null } } });
  });

  it.each([
    ["something newer stands on it", undo({ newestActionId: "a2" }), "conflict", "Something newer"],
    ["the window has passed", undo({ now: hours(25.1) }), "conflict", "for 24 hours"],
    ["it is somebody else's", undo({ actorId: BEN }), "forbidden", "Only whoever acted"],
    ["the acceptance has expired in between", undo({ now: hours(24) }), "conflict", "has expired"],
  ])("is refused when %s", (_when, asked, code, why) => {
    const { state, action } = acted(busy, { response: "closed", reason: "patched" });
    expect(revert(state, action, asked)).toMatchObject({ ok: false, refusal: { code, message: expect.stringContaining(why) } });
  });

  it("is open to a manager, and to the last second of the window", () => {
    const { state, action } = acted(finding(), { to: "in_progress" });
    expect(revert(state, action, undo({ actorId: BEN, isManager: true })).ok).toBe(true);
    expect(revert(state, action, undo({ now: hours(25) })).ok).toBe(true);
  });

  it("is refused when a later scan contradicts what it would go back to", () => {
    const closed = finding({ governance: "resolved", closeReason: "patched", decidedAt: hours(0) });
    const { state, action } = acted(closed, { response: "needs_review", note: "Let me look." });
    expect(revert(state, action, undo({ sightedAt: hours(1.5) }))).toMatchObject({ ok: false, refusal: { code: "conflict" } });
    expect(revert(state, action, undo({ sightedAt: hours(-1) })).ok).toBe(true);
  });
});
