import { describe, expect, it } from "vitest";
import { responseOf } from "@/lib/domain/finding/governance";
import { foldCode, foldLabel, legacyEntry } from "@/lib/domain/finding/legacy-code";
import { RESPONSE_CODES, RESPONSES } from "@/lib/domain/finding/words";
import { days, NOON } from "@/lib/testing/finding-state";

describe("old codes", () => {
  it.each([
    [null, "needs_review"],
    [0, "needs_review"],
    [1, "investigating"],
    [9, "investigating"],
    [2, "accepted_risk"],
    [4, "accepted_risk"],
    [3, "closed"],
    [5, "closed"],
    ["10", "closed"],
    [6, "needs_review"],
    ["constructor", "needs_review"],
  ] as const)("%s is %s, in the list as on arrival", (code, response) => {
    expect(foldCode(code)).toBe(response);
    expect(responseOf(legacyEntry(code, NOON).governance)).toBe(response);
  });

  it("arrive as decisions that somebody still has to own", () => {
    expect(legacyEntry(5, NOON)).toEqual({ governance: "resolved", acceptedUntil: null, reReview: null, rawCode: null });
    expect(legacyEntry(2, NOON)).toMatchObject({ governance: "accepted_risk", acceptedUntil: days(90), rawCode: null });
    expect(legacyEntry(2, NOON).reReview).toContain("2");
  });

  it("keep what they said where it means nothing here", () => {
    expect(legacyEntry("77", NOON)).toEqual({ governance: "open", acceptedUntil: null, reReview: null, rawCode: "77" });
    expect(legacyEntry("toString", NOON).rawCode).toBe("toString");
  });
});

describe("old words in filters", () => {
  it.each([
    ["None", "needs_review"],
    ["To Be Closed", "closed"],
    ["PUBLIC", "accepted_risk"],
    [" Reviewed ", "closed"],
    ["Reopened", "needs_review"],
  ] as const)("%s means %s", (label, response) => expect(foldLabel(label)).toBe(response));

  it("do not hide the words of today, and invent nothing", () => {
    for (const response of RESPONSES) expect(foldLabel(response)).toBe(response);
    expect(foldLabel("constructor")).toBeNull();
  });
});

it("gives each response its stable code", () => {
  expect(RESPONSES.map((response) => RESPONSE_CODES[response])).toEqual([0, 1, 2, 3]);
});
