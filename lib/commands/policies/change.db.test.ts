import { expect, test } from "vitest";
import { changePolicy } from "@/lib/commands/policies/change";
import { prisma } from "@/lib/db/client";
import { policyOf } from "@/lib/db/policy";
import { changePolicy as writePolicy, makeEnvironment, makeMember } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";

const many = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `w${from + n}`);

test("a brake set tighter holds the next scan, leaves the rest of the policy alone, and is a version of its own in the log", async () => {
  const environment = await makeEnvironment();
  await writePolicy(environment, { undo_hours: 2, acceptance: { accepted_bands: 2 } });
  const max = await makeMember(environment, "manager", "Max");
  await imported({ environment, takenAt: new Date(Date.now() - 3_600_000), sees: many(0, 10) });

  const before = await policyOf(prisma, environment);
  const changed = await changePolicy(max, { environment, import: { brake_least: 5 }, version: before.version });
  expect(changed).toMatchObject({ ok: true, value: { version: before.version + 1, import: { mode: "apply", brake_percent: 20, brake_least: 5 } } });
  expect((await policyOf(prisma, environment)).decisions).toMatchObject({ undoHours: 2, acceptedBands: 2, approvalRequired: false });
  expect(await changePolicy(max, { environment, import: { brake_least: 7 }, version: before.version })).toMatchObject({ ok: false, refusal: { code: "stale" } });
  expect(await changePolicy(max, { environment, import: { brake_least: 5 } })).toMatchObject({ ok: true, value: { version: before.version + 1 } });
  expect(await prisma.auditEvent.count({ where: { environmentId: environment, action: "environment.policy_changed" } })).toBe(1);

  expect(await imported({ environment, takenAt: new Date(), sees: many(5, 10) })).toMatchObject({ status: "held", unseen: 5 });
});

test("an analyst may not, and a share above a hundred is none", async () => {
  const environment = await makeEnvironment();
  expect(await changePolicy(await makeMember(environment, "analyst"), { environment, import: { mode: "preview" } })).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
  expect(await changePolicy(await makeMember(environment, "manager"), { environment, import: { brake_percent: 101 } })).toMatchObject({ ok: false, refusal: { code: "invalid" } });
});

test("four eyes on acceptances hold from the next one on; what imports follow stays", async () => {
  const environment = await makeEnvironment();
  const max = await makeMember(environment, "manager");
  await changePolicy(max, { environment, import: { brake_least: 7 } });
  expect(await changePolicy(max, { environment, acceptance: { approval_required: true } })).toMatchObject({ ok: true, value: { version: 2, import: { brake_least: 7 }, acceptance: { approval_required: true, max_days: 365 } } });
  expect(await policyOf(prisma, environment)).toMatchObject({ decisions: { approvalRequired: true }, imports: { brakeLeast: 7 } });
});

test("how fixes are proved is policy too: another limit leaves the deployment window as it was, and no attempt at all is none", async () => {
  const environment = await makeEnvironment();
  const max = await makeMember(environment, "manager");
  await changePolicy(max, { environment, tickets: { deployment_hours: 0, security_team: "secops@example.test" } });
  expect(await changePolicy(max, { environment, tickets: { max_attempts: 2 } })).toMatchObject({ ok: true, value: { version: 2, tickets: { max_attempts: 2, deployment_hours: 0, record_verified: false } } });
  expect((await policyOf(prisma, environment)).tickets).toEqual({ maxAttempts: 2, deploymentHours: 0, autoRetest: true, recordVerified: false, fourEyes: false, securityTeam: "secops@example.test" });
  expect(await changePolicy(max, { environment, tickets: { max_attempts: 0 } })).toMatchObject({ ok: false, refusal: { code: "invalid" } });
});
