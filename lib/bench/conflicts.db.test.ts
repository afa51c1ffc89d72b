import { expect, test } from "vitest";
import { fight, WRONGS } from "@/lib/bench/conflicts";
import { on, value } from "@/lib/bench/databases";
import { prisma } from "@/lib/db/client";
import { makeEnvironment, makeFindings, makeScope } from "@/lib/testing/make";
import { call, makeToken } from "@/lib/testing/rest";

test("300 decisions of eight clients at once on three findings: some are taken, the rest are 409, and the log is one unbroken line for each", async () => {
  const environment = await makeEnvironment();
  await makeFindings(await makeScope(environment), 3);
  const tokens = await Promise.all(Array.from({ length: 8 }, () => makeToken(environment, "analyst")));
  const send = (client: number, finding: number, body: Record<string, unknown>) =>
    call("POST", `/api/v1/environments/${environment}/findings/${finding}/transition`, { token: tokens[client]?.token ?? "", body });

  const { taken, lost, other } = await fight({ clients: 8, decisions: 300, findings: [1, 2, 3], seed: 7, send });
  expect(other).toEqual({});
  expect(taken + lost).toBe(300);
  expect(Math.min(taken, lost)).toBeGreaterThan(30);
  expect(await prisma.auditEvent.groupBy({ by: ["actionId"], where: { environmentId: environment, findingId: { not: null } } })).toHaveLength(taken);
  for (const [what, { sql, values }] of Object.entries(WRONGS)) expect(await on(process.env.DATABASE_URL ?? "", (client) => value(client, sql, values)), what).toBe("0");
});
