import fc from "fast-check";
import { expect, test } from "vitest";
import { differences, snapshotOf, stateOf } from "@/lib/domain/finding/snapshot";
import type { PeopleState } from "@/lib/domain/finding/state";
import { CLOSE_REASONS, GOVERNANCE_STATUSES, ROUTES, SEVERITIES, VERIFICATIONS } from "@/lib/domain/finding/words";
import { MODULE_STATES } from "@/lib/domain/module/table";

const date = fc.date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

const people: fc.Arbitrary<PeopleState> = fc.record({
  governance: fc.constantFrom(...GOVERNANCE_STATUSES),
  closeReason: maybe(fc.constantFrom(...CLOSE_REASONS)),
  acceptedUntil: maybe(date),
  acceptanceId: maybe(fc.nat()),
  duplicateOf: maybe(fc.nat()),
  followUpOn: maybe(date),
  reReview: maybe(fc.string()),
  verification: fc.constantFrom(...VERIFICATIONS),
  teamSeverity: maybe(fc.constantFrom(...SEVERITIES)),
  calibratedAt: maybe(date),
  assigneeId: maybe(fc.nat()),
  tags: fc.array(fc.string(), { maxLength: 5 }),
  moduleState: maybe(fc.constantFrom(...MODULE_STATES)),
  route: maybe(fc.constantFrom(...ROUTES)),
  firstResponseAt: maybe(date),
  acknowledgedAt: maybe(date),
  decidedAt: maybe(date),
  slaStartedAt: date,
  slaPausedAt: maybe(date),
  acknowledgeBy: maybe(date),
  resolveBy: maybe(date),
});

test("whatever people may have decided, the log gives it back exactly, through JSON and all", () => {
  fc.assert(fc.property(people, (state) => {
    expect(stateOf(JSON.parse(JSON.stringify(snapshotOf(state))))).toEqual(state);
  }));
});

test("a state and its differences to another make that other", () => {
  fc.assert(fc.property(people, people, (one, other) => {
    expect(stateOf({ ...snapshotOf(one), ...differences(one, other) })).toEqual(other);
  }));
});

test("a retired body is no state", () => {
  for (const nothing of [null, {}, { governance_status: "open" }]) expect(stateOf(nothing)).toBeNull();
});
