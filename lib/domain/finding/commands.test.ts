import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expire } from "@/lib/domain/finding/acceptance";
import { calibrate } from "@/lib/domain/finding/calibrate";
import { changedFields } from "@/lib/domain/finding/changed-fields";
import { decide, type By, type Decision, type DecisionContext, type Outcome } from "@/lib/domain/finding/decide";
import { edge, isActive, isDetected } from "@/lib/domain/finding/governance";
import { peopleState } from "@/lib/domain/finding/outcome";
import { revert } from "@/lib/domain/finding/revert";
import { DEFAULT_POLICY, type FindingState } from "@/lib/domain/finding/state";
import { CLOSE_REASONS, EVIDENCE_KINDS, GOVERNANCE_STATUSES, RESPONSES, SCANNER_STATUSES, SEVERITIES } from "@/lib/domain/finding/words";
import { DEFAULT_SLA } from "@/lib/domain/sla/table";
import { days, finding, hours } from "@/lib/testing/finding-state";

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const rest = fc.record({
  reason: maybe(fc.constantFrom(...CLOSE_REASONS)),
  note: maybe(fc.constantFrom("", "Checked.")),
  expiresAt: maybe(fc.integer({ min: -50, max: 10_000 }).map((count) => hours(count))),
  duplicateOf: maybe(fc.integer({ min: 41, max: 43 })),
  followUpOn: maybe(fc.integer({ min: -50, max: 900 }).map((count) => hours(count))),
  addsEvidence: maybe(fc.subarray([...EVIDENCE_KINDS])),
});
const decision: fc.Arbitrary<Decision> = fc.oneof(
  fc.tuple(fc.constantFrom(...GOVERNANCE_STATUSES), rest).map(([to, more]) => ({ to, ...more })),
  fc.tuple(fc.constantFrom(...RESPONSES), rest).map(([response, more]) => ({ response, ...more })),
);
/** Mostly meaningful ones, so that walks go far; the rest is noise. */
const sensible: fc.Arbitrary<Decision> = fc.constantFrom<Decision[]>(
  { response: "investigating", note: "Mine." },
  { response: "closed", reason: "patched", note: "Done." },
  { response: "closed", reason: "false_positive", note: "Not reachable." },
  { response: "closed", reason: "decommissioned" },
  { response: "needs_review", note: "Not convinced." },
  { to: "reopened" },
  { response: "accepted_risk", expiresAt: hours(4_000), note: "Until the replacement." },
);
const by = fc.constantFrom<By[]>("person", "person", "person", "automation", "system", "clock", "importer");
const step = fc.record({ decision: fc.oneof(decision, sensible, sensible), by, wait: fc.integer({ min: 0, max: 300 }), scanner: fc.constantFrom(...SCANNER_STATUSES) });
const policy = fc.record({
  evidenceRequired: fc.subarray([...SEVERITIES]),
  acceptedEvidence: fc.subarray([...EVIDENCE_KINDS]),
  approvalRequired: fc.boolean(),
  maxAcceptanceDays: fc.integer({ min: 1, max: 400 }),
});

type Visit = { before: FindingState; decision: Decision; context: DecisionContext; outcome: Outcome };

/** Walks a finding through commands by anybody; hands every accepted one to the story. */
function walk(steps: readonly { decision: Decision; by: By; wait: number; scanner: FindingState["scanner"] }[], rules: Partial<typeof DEFAULT_POLICY>, see: (visit: Visit) => void) {
  let state = finding({ assetDecommissionedOn: days(90) });
  let now = hours(0);
  for (const { decision: asked, by: actor, wait, scanner } of steps) {
    now = hours(wait, now);
    const context = { now, by: actor, policy: { ...DEFAULT_POLICY, ...rules }, sla: DEFAULT_SLA };
    const before = { ...state, scanner };
    const result = decide(before, asked, context);
    if (!result.ok) continue;
    see({ before, decision: asked, context, outcome: result.value });
    state = { ...before, ...result.value.after, version: before.version + result.value.hops.length };
  }
}

const walks = fc.tuple(fc.array(step, { maxLength: 25 }), policy);

describe("whatever anybody does, in any order", () => {
  it("reaches no illegal state", () => {
    fc.assert(
      fc.property(walks, ([steps, rules]) => {
        walk(steps, rules, ({ before, context, outcome: { after, requested, accepts } }) => {
          if (requested) return expect(after).toEqual(peopleState(before));
          expect(after.acceptedUntil !== null).toBe(after.governance === "accepted_risk");
          if (accepts !== null) expect(accepts > context.now).toBe(true);
          expect(after.closeReason === "duplicate").toBe(after.duplicateOf !== null);
          expect(after.duplicateOf).not.toBe(before.number);
          if (after.closeReason === "vendor_notified") expect(after.followUpOn).not.toBeNull();
          if (after.closeReason === "decommissioned") expect(before.assetDecommissionedOn?.getTime()).toBeLessThanOrEqual(context.now.getTime());
          if (after.verification !== "none") expect(after.governance).toBe("resolved");
          expect(after.decidedAt === null).toBe(after.governance === "open" || after.governance === "reopened");
        });
      }),
      { numRuns: 300 },
    );
  });

  it("walks hops that join, and that are all in the table for whoever walks them", () => {
    fc.assert(
      fc.property(walks, ([steps, rules]) => {
        walk(steps, rules, ({ before, context, outcome: { hops, after } }) => {
          hops.forEach((hop, place) => {
            expect(hop.from).toBe(place === 0 ? before.governance : hops[place - 1]?.to);
            expect(edge(hop.from, hop.to, context.by)).toBeDefined();
          });
          expect(after.governance).toBe(hops.at(-1)?.to ?? before.governance);
        });
      }),
    );
  });

  it("leaves the clocks as the end state asks", () => {
    fc.assert(
      fc.property(walks, ([steps, rules]) => {
        walk(steps, rules, ({ before, outcome: { after, requested } }) => {
          if (requested) return;
          const runs = isActive(after.governance) && isDetected(before.scanner);
          expect(after.slaPausedAt === null).toBe(runs);
          if (runs) expect(after.resolveBy).not.toBeNull();
          if (after.governance === "accepted_risk") expect(after.resolveBy).toBeNull();
        });
      }),
    );
  });

  it("lets any action be taken back to exactly what stood before", () => {
    fc.assert(
      fc.property(walks, ([steps, rules]) => {
        walk(steps, rules, ({ before, context: { now }, outcome }) => {
          const action = { id: "it", actorId: 1, at: now, before: peopleState(before) };
          const asked = { now, actorId: 1, isManager: false, windowHours: 24, newestActionId: "it", sightedAt: null };
          const back = revert({ ...before, ...outcome.after }, action, asked);
          const expired = before.acceptedUntil !== null && before.acceptedUntil <= now;
          expect(back.ok).toBe(!expired);
          if (back.ok) expect(changedFields(peopleState(before), back.value.after)).toEqual([]);
        });
      }),
    );
  });

  it("ends an acceptance at its expiry and not before", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 1, max: 4_000 }), (lasts, later) => {
        const context = { now: hours(0), policy: DEFAULT_POLICY, sla: DEFAULT_SLA };
        const accepted = decide(finding(), { to: "accepted_risk", expiresAt: hours(lasts), note: "For now." }, { ...context, by: "person" });
        if (!accepted.ok) throw new Error(accepted.refusal.message);
        expect(expire({ ...finding(), ...accepted.value.after }, { ...context, now: hours(later) }).ok).toBe(later >= lasts);
      }),
    );
  });

  it("never changes a decision by a calibration", () => {
    fc.assert(
      fc.property(walks, fc.constantFrom(...SEVERITIES), ([steps, rules], severity) => {
        walk(steps, rules, ({ before, context, outcome }) => {
          const state = { ...before, ...outcome.after };
          const calibrated = calibrate(state, { severity, reason: "Internet-facing." }, context);
          if (!calibrated.ok) throw new Error(calibrated.refusal.message);
          const changed = changedFields(peopleState(state), calibrated.value);
          expect(changed.filter((field) => field !== "severity" && field !== "sla")).toEqual([]);
        });
      }),
    );
  });
});
