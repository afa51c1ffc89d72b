import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { assign } from "@/lib/commands/findings/assign";
import { respond } from "@/lib/commands/findings/respond";
import { revert } from "@/lib/commands/findings/revert";
import { prisma } from "@/lib/db/client";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

test("a decision that is sent again under its key, eight at once, is done once and answers alike", async () => {
  const environment = await makeEnvironment();
  await makeFindings(await makeScope(environment), 2);
  const ann = await makeMember(environment, "analyst", "Ann");
  const asked = { environment, items: [{ number: 1, version: 0 }, { number: 2, version: 5 }], response: "closed", reason: "patched", key: randomUUID() };
  const answers = await Promise.all(Array.from({ length: 8 }, () => respond(ann, asked)));
  for (const answer of answers) expect(answer).toMatchObject({ ok: true, value: { changed: [1], skipped: [{ number: 2, code: "stale" }], undoUntil: expect.any(String) } });
  expect(new Set(answers.map((answer) => answer.ok && answer.value.actionId)).size).toBe(1);
  expect(await prisma.auditEvent.count({ where: { environmentId: environment, action: "finding.transitioned" } })).toBe(1);

  const [first] = answers;
  if (!first?.ok) return;
  const undo = { environment, actionId: first.value.actionId, key: randomUUID() };
  expect([await revert(ann, undo), await revert(ann, undo)]).toMatchObject([{ ok: true, value: { changed: [1] } }, { ok: true, value: { changed: [1] } }]);
  expect(await prisma.auditEvent.count({ where: { environmentId: environment, action: "finding.reverted" } })).toBe(1);
});

test("a key is its sender's own, and what changed nothing is decided anew", async () => {
  const environment = await makeEnvironment();
  await makeFindings(await makeScope(environment), 2);
  const [ann, max] = [await makeMember(environment, "analyst", "Ann"), await makeMember(environment, "analyst", "Max")];
  const key = randomUUID();
  expect(await assign(ann, { environment, items: [{ number: 1, version: 9 }], assignee: ann.personId, key })).toMatchObject({ ok: true, value: { changed: [] } });
  expect(await assign(ann, { environment, items: [{ number: 1, version: 0 }], assignee: ann.personId, key })).toMatchObject({ ok: true, value: { changed: [1] } });
  expect(await assign(max, { environment, items: [{ number: 2, version: 0 }], assignee: max.personId, key })).toMatchObject({ ok: true, value: { changed: [2] } });
  expect(await assign(max, { environment, items: [{ number: 2 }], assignee: null, key: "not a key" })).toMatchObject({ ok: false, refusal: { code: "invalid" } });
});
