import fc from "fast-check";
import { expect, test } from "vitest";
import { GOVERNANCE_STATUSES, ROUTES, SEVERITIES, type Route } from "@/lib/domain/finding/words";
import { finding, NOON } from "@/lib/testing/finding-state";
import { route } from "./route";

const to = (decision: Route) => ({ to: decision, reason: "Agreed with the platform team." });
const ready = { governance: "in_progress", calibratedAt: NOON, teamSeverity: "high", assigneeId: 7 } as const;

/** What a refusal says of a route; null: it is taken. */
const why = (over: Parameters<typeof finding>[0], decision: Route) => {
  const answer = route(finding(over), to(decision));
  return answer.ok ? null : (answer.refusal.errors?.[0]?.message ?? answer.refusal.message);
};

test("what is triaged, calibrated and owned is handed over; nothing else of it changes", () => {
  const before = finding(ready);
  const answer = route(before, to("sprint_batch"));
  expect(answer).toMatchObject({ ok: true, value: { route: "sprint_batch", governance: "in_progress", slaStartedAt: before.slaStartedAt, firstResponseAt: null } });
  expect(why({ ...ready, route: "sprint_batch" }, "sprint_batch")).toBe("Already there: Sprint batch.");
});

test.each([
  ["nobody has triaged it", { ...ready, governance: "open" }, /triaged/],
  ["it came back", { ...ready, governance: "reopened" }, /triaged/],
  ["its severity is the scanner's alone", { ...ready, calibratedAt: null }, /calibrated/],
  ["nobody owns it", { ...ready, assigneeId: null }, /owns/],
] as const)("while %s it can be paused, not handed over", (_why, over, said) => {
  for (const decision of ["ticket", "sprint_batch", "quarterly_batch"] as const) expect(why(over, decision)).toMatch(said);
  expect(why(over, "paused")).toBeNull();
});

test("the owner of its asset owns it", () => {
  expect(why({ ...ready, assigneeId: null, assetOwned: true }, "ticket")).toBeNull();
});

test.each([
  ["informational", { ...ready, teamSeverity: "info" }],
  ["under an exception", { ...ready, governance: "accepted_risk" }],
  ["a false positive", { ...ready, governance: "false_positive" }],
  ["on an asset that goes next year", { ...ready, assetDecommissionedOn: new Date("2027-03-01") }],
] as const)("what is %s can only stay on record", (_what, over) => {
  for (const decision of ROUTES.filter((each) => each !== "record_only")) expect(why(over, decision)).toMatch(/only stay on record/);
  expect(why(over, "record_only")).toBeNull();
});

test("whatever a finding is: without a reason it is never routed, and staying on record is never refused but for being so", () => {
  fc.assert(fc.property(fc.constantFrom(...GOVERNANCE_STATUSES), fc.constantFrom(...SEVERITIES), fc.boolean(), fc.option(fc.constantFrom(...ROUTES), { nil: null }), (governance, technical, assetOwned, standing) => {
    const given = finding({ governance, technical, assetOwned, route: standing });
    expect(route(given, { to: "paused", reason: "  " }).ok).toBe(false);
    expect(route(given, to("record_only")).ok).toBe(standing !== "record_only");
  }));
});
