import { describe, expect, it } from "vitest";
import { redetection, type Decided } from "@/lib/domain/finding/redetection";
import { CLOSE_REASONS, GOVERNANCE_STATUSES, type CloseReason } from "@/lib/domain/finding/words";
import { days } from "@/lib/testing/finding-state";

const reopen = { redetection: "reopen" } as const;

function resolved(closeReason: CloseReason | null, over: Partial<Decided> = {}): Decided {
  return { governance: "resolved", closeReason, decidedAt: days(10), lastScanned: days(9), ...over };
}

describe("a decided finding is seen again", () => {
  it.each([
    ["patched", "reopen"],
    ["decommissioned", "reopen"],
    [null, "reopen"],
    ["mitigated", "keep"],
    ["duplicate", "keep"],
  ] as const)("resolved as %s: %s", (reason, expected) => {
    expect(redetection(resolved(reason), days(11), reopen)).toBe(expected);
  });

  it.each(GOVERNANCE_STATUSES.filter((status) => status !== "resolved"))("%s keeps its decision whatever the reason", (governance) => {
    for (const reason of [null, ...CLOSE_REASONS]) expect(redetection(resolved(reason, { governance }), days(11), reopen)).toBe("keep");
  });

  it("is flagged, not reopened, where policy says so; what is kept is not even flagged", () => {
    expect(redetection(resolved("patched"), days(11), { redetection: "flag" })).toBe("flag");
    expect(redetection(resolved("duplicate"), days(11), { redetection: "flag" })).toBe("keep");
  });

  it("is contradicted only by a scan taken after the decision", () => {
    expect(redetection(resolved("patched"), days(9.5), reopen)).toBe("keep");
    expect(redetection(resolved("patched"), days(10), reopen)).toBe("keep");
  });

  it("is not contradicted by a scan that is older than one which no longer saw it", () => {
    expect(redetection(resolved("patched", { lastScanned: days(20) }), days(15), reopen)).toBe("keep");
    expect(redetection(resolved("patched", { lastScanned: days(20) }), days(21), reopen)).toBe("reopen");
  });
});
