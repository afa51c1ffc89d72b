import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/clock";
import { roleIn } from "@/lib/gate/actor";
import { moveClock } from "@/lib/testing/clock";
import { makeEnvironment, makeFinding, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

test("a made finding stands as an import leaves it, in each scanner status", async () => {
  const scope = await makeScope(await makeEnvironment());
  for (const scanner of ["new", "open", "closed"] as const) {
    const { id } = await makeFinding(scope, { scanner });
    expect(await prisma.finding.findUnique({ where: { id } })).toMatchObject({ scannerStatus: scanner, governanceStatus: "open", version: 0 });
  }
  expect((await makeFindings(scope, 3)).map((finding) => finding.number)).toEqual([4, 5, 6]);
});

test("a member acts in one environment, and the clock of a test database moves", async () => {
  const here = await makeEnvironment();
  const ana = await makeMember(here, "analyst", "Ana");
  expect(roleIn(ana, here)).toBe("analyst");
  const before = await databaseNow(prisma);
  await moveClock(86_400_000);
  expect((await databaseNow(prisma)).getTime() - before.getTime()).toBeGreaterThanOrEqual(86_400_000);
});
