import { expect, test } from "vitest";
import { tag } from "@/lib/commands/findings/tag";
import { prisma } from "@/lib/db/client";
import { loggedOn } from "@/lib/db/sql/finding-actions";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

test("a finding that an action never touched has no memory of it, and one that it touched knows what it did not do", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment, "analyst", "Ann");
  const [touched, beside] = (await makeFindings(await makeScope(environment), 2)).map(({ id, number }) => ({ id, number }));
  if (!touched || !beside) throw new Error("two findings");
  done(await tag(ann, { environment, items: [{ number: beside.number }], add: ["lab"], remove: [] }));
  const { actionId } = done(await tag(ann, { environment, items: [{ number: touched.number }], add: ["dmz"], remove: [] }));
  const remembered = await loggedOn(prisma, environment, actionId ?? "", [touched.id, beside.id]);
  expect(remembered.map(({ finding, tickets, asks, retest }) => ({ finding, tickets, asks, retest }))).toEqual([{ finding: touched.id, tickets: false, asks: false, retest: false }]);
});
