import { describe, expect, it } from "vitest";
import { decide, type By, type Decision } from "@/lib/domain/finding/decide";
import { allowedTransitions, isInTab, isLiveInClosed, responseOf, tabOf } from "@/lib/domain/finding/governance";
import type { FindingState } from "@/lib/domain/finding/state";
import { GOVERNANCE_STATUSES, RESPONSES, SCANNER_STATUSES, TABS, type Governance } from "@/lib/domain/finding/words";
import { context, days, finding, hours } from "@/lib/testing/finding-state";

const ACTORS = ["person", "automation", "system", "clock", "importer"] as const satisfies readonly By[];

/** The table written a second time, as a grid: p person, a automation, s system, c clock, "." nobody. */
const GRID: Record<Governance, string> = {
  //               open in_progress false_positive accepted_risk resolved reopened
  open: "           .   pa          pa             pa            ps       . ",
  in_progress: "    p   .           p              p             ps       . ",
  false_positive: " p   .           .              .             .        . ",
  accepted_risk: "  pc  .           .              p             .        . ",
  resolved: "       p   .           .              .             .        s ",
  reopened: "       .   p           p              p             ps       . ",
};

const LETTER = { person: "p", automation: "a", system: "s", clock: "c", importer: "i" } as const;

function isDrawn(from: Governance, to: Governance, by: By): boolean {
  const cell = GRID[from].trim().split(/\s+/)[GOVERNANCE_STATUSES.indexOf(to)] ?? "";
  return cell.includes(LETTER[by]);
}

/** A finding in this status with everything that the status carries, and nothing in the way of any guard. */
function standing(governance: Governance): FindingState {
  const accepted = governance === "accepted_risk";
  return finding({ governance, acceptedUntil: accepted ? hours(0.5) : null, decidedAt: hours(0) });
}

/** A decision that satisfies every guard. */
function complete(to: Governance): Decision {
  return { to, note: "Checked by hand.", proved: true, ...(to === "accepted_risk" ? { expiresAt: days(30) } : {}) };
}

const mandate = { ownerId: 1, approverId: 2 };
const cells = GOVERNANCE_STATUSES.flatMap((from) => GOVERNANCE_STATUSES.flatMap((to) => ACTORS.map((by) => ({ from, to, by }))));

describe("the transition table", () => {
  it.each(cells)("$from to $to by $by", ({ from, to, by }) => {
    const decided = decide(standing(from), complete(to), context({ by, automation: mandate }));

    expect(decided.ok).toBe(isDrawn(from, to, by));
    if (decided.ok) {
      expect(decided.value.hops).toEqual([{ from, to }]);
      expect(decided.value.after.governance).toBe(to);
    } else if (from === to && !isDrawn(from, to, by) && from !== "accepted_risk") {
      expect(decided.refusal.code).toBe("conflict");
    } else {
      expect(decided.refusal).toMatchObject({ code: "illegal", allowed: allowedTransitions(from, by) });
    }
  });

  it("offers exactly the statuses that the grid draws", () => {
    for (const from of GOVERNANCE_STATUSES)
      for (const by of ACTORS) expect(allowedTransitions(from, by)).toEqual(GOVERNANCE_STATUSES.filter((to) => isDrawn(from, to, by)));
  });

  it("never lets a person reopen, whatever the status", () => {
    expect(GOVERNANCE_STATUSES.filter((from) => allowedTransitions(from, "person").includes("reopened"))).toEqual([]);
  });
});

describe("response and tabs", () => {
  it("shows every status as exactly one response, and every response stands for at least one status", () => {
    const behind = Object.fromEntries(RESPONSES.map((response) => [response, GOVERNANCE_STATUSES.filter((status) => responseOf(status) === response)]));
    expect(behind).toEqual({ needs_review: ["open", "reopened"], investigating: ["in_progress"], accepted_risk: ["accepted_risk"], closed: ["false_positive", "resolved"] });
  });

  const pairs = SCANNER_STATUSES.flatMap((scanner) => GOVERNANCE_STATUSES.map((governance) => ({ scanner, governance })));

  it.each(pairs)("$scanner and $governance stands in one tab beside All", ({ scanner, governance }) => {
    const tabs = TABS.filter((tab) => isInTab(tab, scanner, governance));
    expect(tabs).toEqual([tabOf(scanner, governance), "all"]);

    const union = responseOf(governance) === "closed" || scanner === "closed";
    expect(isInTab("closed", scanner, governance)).toBe(union);
    for (const tab of ["needs_review", "investigating", "accepted_risk"] as const)
      expect(isInTab(tab, scanner, governance)).toBe(responseOf(governance) === tab && scanner !== "closed");
  });

  it("keeps a dispositioned finding that is still detected in sight", () => {
    expect(isLiveInClosed("open", "resolved")).toBe(true);
    expect(isLiveInClosed("new", "false_positive")).toBe(true);
    expect(isLiveInClosed("closed", "resolved")).toBe(false);
    expect(isLiveInClosed("open", "accepted_risk")).toBe(false);
  });
});
