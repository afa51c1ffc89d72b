import { expect, test } from "vitest";
import { assign } from "@/lib/commands/findings/assign";
import { respond } from "@/lib/commands/findings/respond";
import { tag } from "@/lib/commands/findings/tag";
import { prisma } from "@/lib/db/client";
import { movesOf } from "@/lib/queries/moves";
import { queueChanges } from "@/lib/queries/changes";
import { readQueue } from "@/lib/domain/views/read-queue";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

async function ground() {
  const environment = await makeEnvironment();
  await makeFindings(await makeScope(environment), 4);
  const [ann, ben] = [await makeMember(environment, "analyst", "Ann"), await makeMember(environment, "analyst", "Ben")];
  return { environment, ann, ben };
}

const codes = (answer: Awaited<ReturnType<typeof tag>>) => (answer.ok ? [answer.value.changed, answer.value.skipped.map(({ code }) => code)] : answer.refusal.code);
const first = { number: 1, version: 0 };

test("tags and an assignment go on top of what others did meanwhile; a decision does not, nor an assignment against an assignment", async () => {
  const { environment, ann, ben } = await ground();
  await respond(ben, { environment, items: [{ number: 1 }], response: "investigating" });
  await tag(ben, { environment, items: [{ number: 1 }], add: ["theirs"] });

  expect(codes(await tag(ann, { environment, items: [first], add: ["mine"] }))).toEqual([[1], []]);
  expect(await prisma.finding.findFirst({ where: { environmentId: environment, number: 1 } })).toMatchObject({ tags: ["theirs", "mine"], version: 3 });
  expect(codes(await assign(ann, { environment, items: [first], assignee: ann.personId }))).toEqual([[1], []]);
  expect(codes(await assign(ben, { environment, items: [first], assignee: ben.personId }))).toEqual([[], ["stale"]]);
  expect(codes(await respond(ann, { environment, items: [first], response: "closed", reason: "patched" }))).toEqual([[], ["stale"]]);
  expect(codes(await tag(ann, { environment, items: [first], add: ["strict"], strict: true })), "who names a version strictly means it").toBe("stale");
  expect(codes(await tag(ann, { environment, items: [{ number: 1, version: 99 }], add: ["never"] })), "nobody saw a version to come").toEqual([[], ["stale"]]);
});

test("what moved meanwhile is told as who changed what, from what to what, each act once", async () => {
  const { environment, ann, ben } = await ground();
  await assign(ben, { environment, items: [{ number: 1 }, { number: 2 }], assignee: ann.personId });
  await respond(ben, { environment, items: [{ number: 1 }], response: "closed", reason: "patched", note: "Shipped.", evidence: [{ kind: "commit", reference: "a1b2c3" }] });
  await respond(ann, { environment, items: [{ number: 1 }], response: "accepted_risk", expiresAt: "2027-03-01T00:00:00Z", note: "For now." });

  const moved = await movesOf(ann, { environment, seen: [first, { number: 2, version: 1 }, { number: 3, version: 0 }] });
  expect(moved.ok && moved.value.map(({ row, moves }) => [row.number, row.version, row.response, moves.map(({ by, changes }) => [by, ...changes.map(({ field, from, to }) => `${field}: ${from} → ${to}`)])])).toEqual([
    [1, expect.any(Number), "accepted_risk", [
      ["Ann", "Status: Resolved → Accepted risk", "Accepted until: null → 2027-03-01", "Reason: Patched → Risk accepted"],
      ["Ben", "Evidence: null → Commit reference", "Status: Open → Resolved", "Reason: null → Patched"],
      ["Ben", "Assignee: null → Ann"],
    ]],
  ]);
});

test("a screen that asks what became of its rows gets them as they stand, who moved them, exact counts, and what is new for its queue alone", async () => {
  const { environment, ann, ben } = await ground();
  await respond(ben, { environment, items: [{ number: 1 }, { number: 3 }], response: "investigating" });
  await respond(ben, { environment, items: [{ number: 1 }], response: "needs_review" });
  const asked = { environment, filter: readQueue({ tab: "investigating" }), seen: [first, { number: 2, version: 0 }], unknown: [3, 4] };
  expect(await queueChanges(ann, asked)).toMatchObject({
    ok: true,
    value: {
      rows: expect.arrayContaining([expect.objectContaining({ number: 1, version: 2 }), expect.objectContaining({ number: 2, version: 0 })]),
      moved: [{ number: 1, by: "Ben" }], total: 1, arrived: [3], counts: { tabs: { needs_review: 3, investigating: 1, all: 4 } },
    },
  });
});
