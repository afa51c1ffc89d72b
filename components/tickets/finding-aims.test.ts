import { expect, test } from "vitest";
import { rowOf } from "@/lib/domain/remediation/machine";
import { REMEDIATIONS } from "@/lib/domain/ticket/words";
import { aimsFrom } from "./finding-aims";

test("the menu offers no way that is refused: a shipped fix is not shipped again, and what is proved is nobody's to move", () => {
  expect(Object.fromEntries(REMEDIATIONS.map((remediation) => [remediation, aimsFrom(remediation).map(({ to }) => to)]))).toEqual({
    open: ["in_progress", "resolved"], in_progress: ["resolved", "open"], resolved: ["in_progress"], verified: [], reopened: ["in_progress", "resolved"],
  });
  for (const remediation of REMEDIATIONS) for (const { to } of aimsFrom(remediation)) expect(rowOf(remediation, to, "person")).toBeDefined();
});
