import { expect, test } from "vitest";
import { respond } from "@/lib/commands/findings/respond";
import { revert } from "@/lib/commands/findings/revert";
import { prisma } from "@/lib/db/client";
import type { BatchOutcome } from "@/lib/domain/finding/batch";
import type { Result } from "@/lib/domain/refusal";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

const actionOf = (answer: Result<BatchOutcome>) => (answer.ok ? (answer.value.actionId ?? undefined) : undefined);

test("an undo never leaves findings that duplicate one another in a circle", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment, "analyst", "Ann");
  await makeFindings(await makeScope(environment), 3);
  const duplicate = (number: number, duplicateOf: number) => respond(ann, { environment, items: [{ number }], response: "closed", reason: "duplicate", duplicateOf });
  const originals = async () => (await prisma.finding.findMany({ where: { environmentId: environment }, orderBy: { number: "asc" } })).map(({ duplicateOf }) => duplicateOf);

  await duplicate(1, 2);
  const cleared = await respond(ann, { environment, items: [{ number: 1 }], response: "needs_review", note: "They differ." });
  await duplicate(3, 1);
  const turned = await duplicate(2, 3);
  expect(turned, "what is a duplicate itself is no original").toMatchObject({ ok: false, refusal: { code: "invalid" } });
  const direct = await duplicate(2, 1);
  expect(await revert(ann, { environment, actionId: actionOf(cleared) })).toMatchObject({
    ok: true, value: { changed: [], skipped: [{ number: 1, code: "conflict", why: "F-2 has become a duplicate of this one: neither would be the record any more." }] },
  });
  expect(await originals()).toEqual([null, 1, 1]);

  await revert(ann, { environment, actionId: actionOf(direct) });
  expect(await revert(ann, { environment, actionId: actionOf(cleared) }), "nothing stands in its way any more").toMatchObject({ ok: true, value: { changed: [1] } });
  expect(await originals()).toEqual([2, null, 1]);
});
