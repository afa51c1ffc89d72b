import { expect, test } from "vitest";
import { shareFindings } from "@/lib/commands/findings/share";
import { prisma } from "@/lib/db/client";
import { MAX_SELECTION } from "@/lib/domain/finding/limits";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

test("as many as can be ticked can be shared, each with its entry; one more is refused before anything is told", async () => {
  const environment = await makeEnvironment();
  const made = await makeFindings(await makeScope(environment), MAX_SELECTION + 1);
  const [ann, ben] = [await makeMember(environment, "analyst", "Ann"), await makeMember(environment, "viewer", "Ben")];
  const items = made.map(({ number }) => ({ number }));
  expect(await shareFindings(ann, { environment, items, people: [ben.personId] })).toMatchObject({ ok: false, refusal: { code: "invalid", errors: [{ message: "Share at most 1,000 findings at once, or a view of them." }] } });
  expect(await prisma.auditEvent.count({ where: { environmentId: environment, action: "finding.shared" } })).toBe(0);
  expect(await shareFindings(ann, { environment, items: items.slice(1), people: [ben.personId] })).toEqual({ ok: true, value: { shared: 1_000, people: 1 } });
  expect(await prisma.auditEvent.count({ where: { environmentId: environment, action: "finding.shared" } })).toBe(1_000);
});
