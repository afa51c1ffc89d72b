import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { policyOf } from "@/lib/db/policy";
import { DEFAULT_POLICY } from "@/lib/domain/finding/state";
import { DEFAULT_TICKET_POLICY } from "@/lib/domain/remediation/policy";
import { DEFAULT_IMPORT_POLICY } from "@/lib/domain/scan/brake";
import { DEFAULT_SLA } from "@/lib/domain/sla/table";
import { changePolicy, makeEnvironment } from "@/lib/testing/make";

test("an environment without a policy decides by the defaults; the newest version wins and leaves the rest as it was", async () => {
  const environment = await makeEnvironment();
  expect(await policyOf(prisma, environment)).toEqual({ version: 0, decisions: DEFAULT_POLICY, sla: DEFAULT_SLA, imports: DEFAULT_IMPORT_POLICY, tickets: DEFAULT_TICKET_POLICY });

  await changePolicy(environment, { undo_hours: 2 });
  await changePolicy(environment, { acceptance: { max_days: 30 }, sla: { critical: { acknowledge_hours: 1, resolve_hours: null } } });
  const { version, decisions, sla } = await policyOf(prisma, environment);
  expect({ version, decisions }).toEqual({ version: 2, decisions: { ...DEFAULT_POLICY, maxAcceptanceDays: 30 } });
  expect(sla.windows.critical).toEqual({ acknowledge: 3_600_000, resolve: null });
  expect(sla.windows.high).toEqual(DEFAULT_SLA.windows.high);
});
