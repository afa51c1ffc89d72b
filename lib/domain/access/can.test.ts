import { describe, expect, it } from "vitest";
import { ACTS, can, lowerRole, ROLES, type Act, type Role } from "@/lib/domain/access/can";

const acts = Object.keys(ACTS).filter((act): act is Act => act in ACTS);
/** What only the person who does it sees: their own views and stars. */
const OWN: readonly Act[] = ["view.save", "finding.bookmark"];
const may = (role: Role) => acts.filter((act) => can(role, act));

describe("who may do what", () => {
  it("lets somebody without a membership do nothing at all", () => {
    expect(acts.filter((act) => can(undefined, act))).toEqual([]);
  });

  it("lets a viewer read, keep views and stars of their own, and no more", () => {
    expect(may("viewer").every((act) => act.endsWith(".read") || act === "finding.export" || OWN.includes(act))).toBe(true);
    expect(can("viewer", "audit.read")).toBe(false);
  });

  it("lets an auditor read everything, export and verify, and change nothing of others", () => {
    expect(acts.filter((act) => act.endsWith(".read")).every((act) => can("auditor", act))).toBe(true);
    expect(may("auditor").every((act) => /\.(read|export|verify)$/.test(act) || OWN.includes(act))).toBe(true);
    expect(can("auditor", "audit.export")).toBe(true);
    expect(can("auditor", "audit.verify")).toBe(true);
  });

  it.each([
    ["viewer", "analyst"],
    ["analyst", "manager"],
    ["manager", "admin"],
    ["viewer", "auditor"],
  ] as const)("gives whatever a %s may to the %s too", (lower, higher) => {
    expect(may(lower).filter((act) => !can(higher, act))).toEqual([]);
  });

  it.each([
    ["finding.decide", ["analyst", "manager", "admin"]],
    ["finding.evidence", ["analyst", "manager", "admin"]],
    ["scan.import", ["analyst", "manager", "admin"]],
    ["finding.bulk_filter", ["manager", "admin"]],
    ["acceptance.approve", ["manager", "admin"]],
    ["policy.manage", ["manager", "admin"]],
    ["finding.revert_any", ["manager", "admin"]],
    ["people.manage", ["admin"]],
    ["token.manage", ["admin"]],
    ["token.make", ["admin"]],
    ["retention.manage", ["admin"]],
    ["audit.read", ["manager", "auditor", "admin"]],
  ] as const)("%s: %s", (act, roles) => {
    expect(ROLES.filter((role) => can(role, act))).toEqual(roles);
  });
});

describe("what two roles may both", () => {
  it.each(ROLES.flatMap((one) => ROLES.map((other) => [one, other] as const)))("%s and %s: never more than either", (one, other) => {
    const lower = lowerRole(one, other);
    expect(may(lower).filter((act) => !can(one, act) || !can(other, act))).toEqual([]);
    expect(lower).toBe(lowerRole(other, one));
  });

  it("is the lower of a line, and a viewer's where neither holds the other", () => {
    expect([lowerRole("admin", "analyst"), lowerRole("manager", "manager"), lowerRole("admin", "auditor"), lowerRole("auditor", "manager")]).toEqual(["analyst", "manager", "auditor", "viewer"]);
  });
});
